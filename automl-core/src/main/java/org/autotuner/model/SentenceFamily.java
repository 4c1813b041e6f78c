package org.autotuner.model;

import java.util.List;
import java.util.Optional;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.SentencePreparation;
import org.autotuner.prepare.SentenceVectors;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * A family that sees texts as the vectors of an encoder instead of their words; all else is as the family does it. Its id
 * is the family's with {@value #SUFFIX} behind it. Stateless but for the vectors, which are computed once; thread-safe.
 */
public final class SentenceFamily implements ModelFamily {

    private static final String SUFFIX = "-sentences";

    /** Hundreds of features that all tell something take their time, and are worth it. */
    private static final double TIME_FACTOR = 2.5;

    private final ModelFamily family;
    private final SentenceVectors vectors;
    private final @Nullable String refusal;

    /**
     * The family with the vectors of a study's texts.
     *
     * @param refusal why it cannot take part, or null if it can
     */
    public SentenceFamily(ModelFamily family, SentenceVectors vectors, @Nullable String refusal) {
        this.family = family;
        this.vectors = vectors;
        this.refusal = refusal;
    }

    /** The id that a family has with sentences. */
    public static String id(ModelFamily family) {
        return family.id() + SUFFIX;
    }

    /** The shape with a number for each of a vector's numbers, and without texts. */
    private DataShape dense(DataShape shape) {
        return new DataShape(
                shape.task(),
                shape.rows(),
                shape.numericColumns() + vectors.width() * shape.textColumns(),
                shape.wholeColumns(),
                shape.categoricalColumns(),
                shape.levels(),
                0,
                0,
                shape.constraints(),
                shape.image(),
                shape.ratings());
    }

    @Override
    public String id() {
        return id(family);
    }

    @Override
    public boolean supports(Task task) {
        return family.supports(task);
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.ofNullable(refusal).or(family::unavailable);
    }

    @Override
    public Optional<String> unsuitable(DataShape shape) {
        return shape.textColumns() == 0 ? Optional.of("there is no text") : family.unsuitable(dense(shape));
    }

    @Override
    public boolean obeys(Constraints constraints) {
        return constraints.isNone();
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return family.space(dense(shape));
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        return family.startingPoints(dense(shape));
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return new SentencePreparation(family.preparation(configuration, dense(shape)), vectors);
    }

    /** With the time that the texts' vectors still take, which the first trial spends. */
    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        CostEstimate cost = family.cost(configuration, dense(shape));
        return new CostEstimate(
                cost.seconds() + vectors.secondsLeft(), cost.bytes() + vectors.bytes(), cost.interruptible());
    }

    @Override
    public double timeFactor(DataShape shape) {
        return Math.max(TIME_FACTOR, family.timeFactor(dense(shape)));
    }

    @Override
    public Configuration adapt(Configuration configuration, TrainingData data, FitContext context) {
        return family.adapt(configuration, data, context);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        return family.fit(data, configuration, context);
    }
}
