package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autotuner.model.Constraints;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.models.rounds.BoosterEncoding;
import org.autotuner.models.rounds.BoostingLoop;
import org.autotuner.models.rounds.LeafWise;
import org.autotuner.models.rounds.Rounds;
import org.autotuner.prepare.Preparation;
import org.autotuner.space.Configuration;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * Gradient boosted trees in plain Java, grown leaf by leaf on histograms (Friedman 2001; Ke and others, LightGBM, NeurIPS
 * 2017): what is left of boosting where no native library loads. Rounds are chosen by early stopping; the deadline is asked
 * within each tree; equal data, settings and seed give equal models for any number of threads. Stateless and thread-safe.
 */
public final class HistogramBoostingFamily implements ModelFamily {

    /** Whether always the most promising leaf is split, or all of a level before those of the next. */
    static final OrdinalParameter<String> GROWTH = Parameter.ordinal("grow_policy", "leaf_wise", "depth_wise");

    private static final List<Parameter<?>> TREES = List.of(
            LeafWise.LEARNING_RATE, LeafWise.LEAVES, LeafWise.MIN_ROWS, LeafWise.FEATURES, LeafWise.ROWS, LeafWise.L2);

    private final @Nullable ValueLoss loss;

    /** For all tasks; of real values the loss follows the metric. */
    public HistogramBoostingFamily() {
        this.loss = null;
    }

    /** Lowers this where a real value is predicted. */
    public HistogramBoostingFamily(ValueLoss loss) {
        this.loss = loss;
    }

    @Override
    public String id() {
        return "histogram-boosting";
    }

    @Override
    public Optional<String> standsInFor() {
        return Optional.of("lightgbm");
    }

    @Override
    public boolean supports(Task task) {
        return true;
    }

    /** Along numbers, and for one value or two classes. */
    @Override
    public boolean obeys(Constraints constraints) {
        return true;
    }

    /** Of features of two columns or of a number's levels nobody knows how they keep to constraints. */
    @Override
    public SearchSpace space(DataShape shape) {
        List<Parameter<?>> parameters = new ArrayList<>(TREES);
        if (shape.constraints().isNone()) {
            parameters.addAll(List.of(GROWTH, BoosterEncoding.ENCODING));
        }
        if (BoosterEncoding.hasArithmetic(shape)) {
            parameters.add(BoosterEncoding.ARITHMETIC);
        }
        if (hasLines(shape)) {
            parameters.add(LeafWise.LEAF);
        }
        return SearchSpace.of(parameters);
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        Configuration defaults = space(shape).defaults();
        List<Configuration> points = new ArrayList<>(List.of(defaults));
        if (hasLines(shape)) {
            points.add(LeafWise.linear(defaults)
                    .with(LeafWise.LEARNING_RATE, 0.06)
                    .with(LeafWise.LEAVES, 15)
                    .with(LeafWise.FEATURES, 0.8)
                    .with(LeafWise.ROWS, 0.9));
        }
        if (BoosterEncoding.hasArithmetic(shape)) {
            points.add(BoosterEncoding.arithmetic(defaults, true, shape)
                    .with(LeafWise.LEAVES, 16)
                    .with(LeafWise.FEATURES, 0.6));
        }
        return points;
    }

    /** Nobody knows how lines keep to constraints. */
    private static boolean hasLines(DataShape shape) {
        return shape.constraints().isNone() && LeafWise.hasLines(shape);
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return BoosterEncoding.plan(configuration, BoosterEncoding.ENCODING);
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        double rounds = Rounds.expected(configuration.get(LeafWise.LEARNING_RATE), shape.task());
        double columns = Math.max(4, BoosterEncoding.features(configuration, BoosterEncoding.ENCODING, shape));
        double leaves = Math.sqrt(configuration.get(LeafWise.LEAVES) / 31.0)
                * (Double.isNaN(LeafWise.lineL2(configuration)) ? 1 : 1.5);
        int outputs = shape.task().outputs();
        double perRound = shape.rows() * columns * outputs * 10e-9 * leaves + 3e-4;
        long bytes = HeapUse.of(shape).histogramBoosting(columns, configuration, rounds);
        return new CostEstimate(0.02 + shape.rows() * columns * 60e-9 + rounds * perRound, bytes, true);
    }

    @Override
    public Configuration adapt(Configuration configuration, TrainingData data, FitContext context) {
        return configuration.with(
                LeafWise.LEARNING_RATE,
                TimeShare.learningRate(
                        rows -> booster(rows, configuration, context),
                        data,
                        context,
                        configuration.get(LeafWise.LEARNING_RATE)));
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        return BoostingLoop.fit(
                rows -> booster(rows, configuration, context),
                data,
                context,
                configuration.get(LeafWise.LEARNING_RATE));
    }

    private HistogramBooster booster(TrainingData data, Configuration configuration, FitContext context) {
        GrowthSettings growth = new GrowthSettings(
                configuration.get(LeafWise.LEAVES),
                0,
                configuration.getOrDefault(GROWTH).equals("depth_wise"),
                configuration.get(LeafWise.MIN_ROWS),
                1e-3,
                configuration.getOrDefault(LeafWise.L2),
                0,
                10,
                10);
        HistogramBooster.Settings settings = new HistogramBooster.Settings(
                configuration.get(LeafWise.LEARNING_RATE),
                growth,
                Bins.MOST_CUTS,
                configuration.getOrDefault(LeafWise.ROWS),
                configuration.getOrDefault(LeafWise.FEATURES),
                (loss == null ? ValueLoss.of(context.metric()) : loss).on(data),
                context.constraints().isNone() ? LeafWise.lineL2(configuration) : Double.NaN);
        return HistogramBooster.of(data, settings, context);
    }
}
