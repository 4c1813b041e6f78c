package org.autotuner.models.boost;

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
        return XgBoostSpace.of(shape);
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        return XgBoostSpace.startingPoints(shape);
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return BoosterEncoding.plan(configuration, XgBoostSpace.ENCODING);
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        double rounds = Rounds.expected(configuration.get(XgBoostSpace.LEARNING_RATE), shape.task());
        double columns = BoosterEncoding.features(configuration, XgBoostSpace.ENCODING, shape);
        int outputs = shape.task().outputs();
        int depth = configuration.get(XgBoostSpace.MAX_DEPTH);
        double cells = shape.rows() * columns;
        // Near 4.4 ms a round on adult (33k x 14), 3.4 ms on diamonds (40k x 9), 27 ms on a synthetic 50k x 50.
        double leaves = Math.min(shape.rows(), Math.pow(2, depth));
        double round = outputs * (200e-6 + cells * depth * 1.5e-9 + leaves * columns * 1e-6);
        double bytes = cells * 10 + shape.rows() * outputs * 24.0 + leaves * columns * 256 * 16;
        return new CostEstimate(0.02 + cells * 20e-9 + rounds * round, (long) bytes, true);
    }

    @Override
    public Configuration adapt(Configuration configuration, TrainingData data, FitContext context) {
        double share = context.secondsShare();
        if (Double.isInfinite(share)) {
            return configuration;
        }
        long start = System.nanoTime();
        try (XgBoost booster =
                new XgBoost(data.withValidation(null), XgBoostSpace.parameters(configuration), context.seed())) {
            double perRound = booster.secondsPerRound(TIMED_ROUNDS, share / 10, context.deadline());
            double setup = (System.nanoTime() - start) * 1e-9 - TIMED_ROUNDS * perRound;
            return adapted(configuration, data.task(), share - Math.max(0, setup), perRound);
        }
    }

    private static Configuration adapted(Configuration configuration, Task task, double seconds, double perRound) {
        double wanted = configuration.get(XgBoostSpace.LEARNING_RATE);
        double rate = Rounds.affordable(wanted, seconds, perRound, task);
        int depth = configuration.get(XgBoostSpace.MAX_DEPTH);
        if (rate > XgBoostSpace.MAX_RATE && depth > XgBoostSpace.MIN_DEPTH) {
            // Even the largest rate does not fit: each level fewer saves nearly a third.
            int fewer = (int) Math.ceil(Math.log(rate / XgBoostSpace.MAX_RATE) / Math.log(1.4));
            double rows = Math.min(0.6, configuration.get(XgBoostSpace.SUBSAMPLE));
            return configuration
                    .with(XgBoostSpace.LEARNING_RATE, XgBoostSpace.MAX_RATE)
                    .with(XgBoostSpace.MAX_DEPTH, Math.max(XgBoostSpace.MIN_DEPTH, depth - fewer))
                    .with(XgBoostSpace.SUBSAMPLE, rows);
        }
        return configuration.with(XgBoostSpace.LEARNING_RATE, Math.min(XgBoostSpace.MAX_RATE, rate));
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        return BoostingLoop.fit(
                rows -> new XgBoost(rows, XgBoostSpace.parameters(configuration), context.seed()),
                data,
                context,
                configuration.get(XgBoostSpace.LEARNING_RATE));
    }
}
