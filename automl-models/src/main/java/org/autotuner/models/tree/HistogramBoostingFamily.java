package org.autotuner.models.tree;

import java.util.List;
import java.util.Optional;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.models.rounds.BoosterEncoding;
import org.autotuner.models.rounds.BoostingLoop;
import org.autotuner.models.rounds.Rounds;
import org.autotuner.prepare.Preparation;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.Task;

/**
 * Gradient boosted trees in plain Java, grown leaf by leaf on histograms (Friedman 2001; Ke and others, LightGBM, NeurIPS
 * 2017): what is left of boosting where no native library loads. Rounds are chosen by early stopping; the deadline is asked
 * within each tree; equal data, settings and seed give equal models for any number of threads. Stateless and thread-safe.
 */
public final class HistogramBoostingFamily implements ModelFamily {

    static final RealParameter LEARNING_RATE =
            Parameter.reals("learning_rate", 0.005, 0.3).log().withDefault(0.05);
    static final IntParameter LEAVES =
            Parameter.ints("num_leaves", 2, 256).log().withDefault(31);
    static final IntParameter MIN_ROWS =
            Parameter.ints("min_data_in_leaf", 1, 64).log().withDefault(20);
    static final RealParameter FEATURES =
            Parameter.reals("feature_fraction", 0.4, 1).withDefault(1.0);
    static final RealParameter ROWS =
            Parameter.reals("bagging_fraction", 0.5, 1).withDefault(1.0);
    static final RealParameter L2 = Parameter.reals("lambda_l2", 0, 2).withDefault(0.0);

    private static final SearchSpace SPACE =
            SearchSpace.of(LEARNING_RATE, LEAVES, MIN_ROWS, FEATURES, ROWS, L2, BoosterEncoding.ENCODING);

    private static final int CUTS = 253;
    private static final int TIMED_ROUNDS = 8;
    private static final double FASTEST_RATE = 0.3;

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

    @Override
    public SearchSpace space(DataShape shape) {
        return SPACE;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        return List.of(SPACE.defaults());
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return BoosterEncoding.plan(configuration.getOrDefault(BoosterEncoding.ENCODING));
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        double rounds = Rounds.expected(configuration.get(LEARNING_RATE), shape.task());
        double columns =
                Math.max(4, BoosterEncoding.features(configuration.getOrDefault(BoosterEncoding.ENCODING), shape));
        double leaves = Math.sqrt(configuration.get(LEAVES) / 31.0);
        int outputs = shape.task().outputs();
        double perRound = shape.rows() * columns * outputs * 10e-9 * leaves + 3e-4;
        double bytes = shape.rows() * (columns + 28.0 + 12.0 * outputs)
                + Math.min(256e6, configuration.get(LEAVES) * columns * 256 * 8);
        return new CostEstimate(0.02 + shape.rows() * columns * 60e-9 + rounds * perRound, (long) bytes, true);
    }

    @Override
    public Configuration adapt(Configuration configuration, TrainingData data, FitContext context) {
        double seconds = context.secondsShare();
        if (Double.isInfinite(seconds)) {
            return configuration;
        }
        long start = System.nanoTime();
        try (HistogramBooster booster = booster(data.withValidation(null), configuration, context)) {
            double setup = (System.nanoTime() - start) * 1e-9;
            double perRound = booster.secondsPerRound(TIMED_ROUNDS, 0.1 * seconds, context.deadline());
            double rate = Rounds.affordable(
                    configuration.get(LEARNING_RATE), seconds - Math.min(setup, seconds), perRound, data.task());
            return configuration.with(LEARNING_RATE, Math.min(FASTEST_RATE, rate));
        }
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        context.deadline().check();
        TrainingData used = context.steps() > 0 ? data.withValidation(null) : data;
        try (HistogramBooster booster = booster(used, configuration, context)) {
            return BoostingLoop.run(booster, used, context, configuration.get(LEARNING_RATE));
        }
    }

    private static HistogramBooster booster(TrainingData data, Configuration configuration, FitContext context) {
        GrowthSettings growth = new GrowthSettings(
                configuration.get(LEAVES),
                0,
                configuration.get(MIN_ROWS),
                1e-3,
                configuration.getOrDefault(L2),
                0,
                10,
                10);
        HistogramBooster.Settings settings = new HistogramBooster.Settings(
                configuration.get(LEARNING_RATE),
                growth,
                CUTS,
                configuration.getOrDefault(ROWS),
                configuration.getOrDefault(FEATURES),
                new PointLoss.Squared());
        return new HistogramBooster(data, settings, context);
    }
}
