package org.autotuner.models.boost;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Preparation;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.Task;

/**
 * Gradient boosted trees by XGBoost's histogram method (Chen and Guestrin 2016), one thread per fit. Rounds are chosen
 * by early stopping on the validation rows; the deadline is asked after every round. Stateless and thread-safe; needs
 * the native library (and OpenMP) for fitting only.
 */
public final class XgBoostFamily implements ModelFamily {

    private static final int TIMED_ROUNDS = 10;

    @Override
    public String id() {
        return "xgboost";
    }

    @Override
    public boolean supports(Task task) {
        return true;
    }

    @Override
    public Optional<String> unavailable() {
        return XgBoost.unavailable();
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return XgBoostSpace.SPACE;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        return XgBoostSpace.startingPoints(shape);
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return TreeEncoding.preparation(configuration.get(XgBoostSpace.ENCODING));
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        double rate = configuration.get(XgBoostSpace.LEARNING_RATE);
        double columns = TreeEncoding.features(configuration.get(XgBoostSpace.ENCODING), shape);
        int outputs = shape.task().outputs();
        double rounds = 1.3 * BudgetRate.expectedRounds(rate, outputs);
        double depth = configuration.get(XgBoostSpace.MAX_DEPTH);
        double cells = shape.rows() * columns;
        // Fitted to 4.4 ms a round on adult (33k x 14), 3.4 ms on diamonds (40k x 9), 27 ms on synthetic 50k x 50.
        double round =
                outputs * (200e-6 + cells * depth * 1.5e-9 + Math.min(shape.rows(), 1 << (int) depth) * columns * 1e-6);
        double bytes = cells * (4 + 4 + 2)
                + shape.rows() * outputs * 24.0
                + columns * 256 * 16 * Math.pow(2, Math.min(depth, 8));
        return new CostEstimate(0.02 + cells * 20e-9 + rounds * round, (long) bytes, true);
    }

    @Override
    public Configuration adapt(Configuration configuration, TrainingData data, FitContext context) {
        double share = context.secondsShare();
        if (Double.isInfinite(share)) {
            return configuration;
        }
        TrainingData alone = data.withValidation(null);
        long start = System.nanoTime();
        double perRound;
        try (XgBoost booster = new XgBoost(alone, parameters(configuration), context.seed(), false)) {
            perRound = BudgetRate.secondsPerRound(booster, TIMED_ROUNDS, share / 10, context.deadline());
        }
        double setup = Math.max(0, (System.nanoTime() - start) * 1e-9 - TIMED_ROUNDS * perRound);
        int outputs = data.task().outputs();
        double rate = configuration.get(XgBoostSpace.LEARNING_RATE);
        double needed = BudgetRate.rateThatFits(rate, outputs, perRound, share - setup);
        Configuration adapted = configuration;
        if (needed > BudgetRate.MAX_RATE && configuration.get(XgBoostSpace.MAX_DEPTH) > XgBoostSpace.MIN_DEPTH) {
            // Even the largest rate does not fit: a level fewer halves the leaves.
            int fewer = (int) Math.ceil(Math.log(needed / BudgetRate.MAX_RATE) / Math.log(1.4));
            int depth = Math.max(XgBoostSpace.MIN_DEPTH, configuration.get(XgBoostSpace.MAX_DEPTH) - fewer);
            adapted = adapted.with(XgBoostSpace.MAX_DEPTH, depth)
                    .with(XgBoostSpace.SUBSAMPLE, Math.min(0.6, configuration.get(XgBoostSpace.SUBSAMPLE)));
        }
        return adapted.with(XgBoostSpace.LEARNING_RATE, Math.max(rate, Math.min(BudgetRate.MAX_RATE, needed)));
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        context.deadline().check();
        RoundLoop loop = new RoundLoop(data, context, configuration.get(XgBoostSpace.LEARNING_RATE));
        try (XgBoost booster = new XgBoost(data, parameters(configuration), context.seed(), loop.measures())) {
            RoundLoop.Outcome outcome = loop.run(booster);
            return new BoostedModel(booster.ensemble(), outcome.curve());
        }
    }

    private static Map<String, Object> parameters(Configuration configuration) {
        return XgBoostSpace.parameters(configuration);
    }
}
