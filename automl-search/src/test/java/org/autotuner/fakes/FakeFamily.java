package org.autotuner.fakes;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.Task;

/** A family for tests that behaves as told. Immutable; each {@code withX} returns a changed copy. */
public final class FakeFamily implements ModelFamily {

    /** The one parameter of every fake family. */
    public static final RealParameter SHARPNESS =
            Parameter.reals("sharpness", 0.5, 50).withDefault(5.0);

    /** How a fake family fits. */
    @FunctionalInterface
    public interface Fit {
        FittedModel fit(TrainingData data, Configuration configuration, FitContext context);
    }

    private final String id;
    private final Fit fit;
    private final List<Configuration> starts;
    private final CostEstimate cost;
    private final Optional<String> unavailable;
    private final Optional<String> unsuitable;
    private final Predicate<Task> supported;
    private final double timeFactor;

    private FakeFamily(
            String id,
            Fit fit,
            List<Configuration> starts,
            CostEstimate cost,
            Optional<String> unavailable,
            Optional<String> unsuitable,
            Predicate<Task> supported,
            double timeFactor) {
        this.id = id;
        this.fit = fit;
        this.starts = starts;
        this.cost = cost;
        this.unavailable = unavailable;
        this.unsuitable = unsuitable;
        this.supported = supported;
        this.timeFactor = timeFactor;
    }

    public static FakeFamily of(String id, Fit fit) {
        return new FakeFamily(
                id,
                fit,
                List.of(sharpness(5)),
                new CostEstimate(0.001, 1_000, true),
                Optional.empty(),
                Optional.empty(),
                task -> true,
                1);
    }

    public static Configuration sharpness(double value) {
        return Configuration.builder().set(SHARPNESS, value).build();
    }

    public FakeFamily startingAt(double... values) {
        List<Configuration> points =
                java.util.Arrays.stream(values).mapToObj(FakeFamily::sharpness).toList();
        return new FakeFamily(id, fit, points, cost, unavailable, unsuitable, supported, timeFactor);
    }

    public FakeFamily costing(CostEstimate given) {
        return new FakeFamily(id, fit, starts, given, unavailable, unsuitable, supported, timeFactor);
    }

    public FakeFamily unavailableFor(String reason) {
        return new FakeFamily(id, fit, starts, cost, Optional.of(reason), unsuitable, supported, timeFactor);
    }

    public FakeFamily unsuitableFor(String reason) {
        return new FakeFamily(id, fit, starts, cost, unavailable, Optional.of(reason), supported, timeFactor);
    }

    public FakeFamily supporting(Predicate<Task> given) {
        return new FakeFamily(id, fit, starts, cost, unavailable, unsuitable, given, timeFactor);
    }

    public FakeFamily withTimeFactor(double given) {
        return new FakeFamily(id, fit, starts, cost, unavailable, unsuitable, supported, given);
    }

    @Override
    public double timeFactor(DataShape shape) {
        return timeFactor;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean supports(Task task) {
        return supported.test(task);
    }

    @Override
    public Optional<String> unavailable() {
        return unavailable;
    }

    @Override
    public Optional<String> unsuitable(DataShape shape) {
        return unsuitable;
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return SearchSpace.of(SHARPNESS);
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        return starts;
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return PreparationPlan.forKernels();
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        return cost;
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        return fit.fit(data, configuration, context);
    }
}
