package org.autotuner.models.boost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.Task;

/**
 * Gradient boosted trees by LightGBM (Ke et al., NeurIPS 2017), classes, values and quantiles; leaves hold numbers or straight
 * lines. Search space after
 * TabArena, starting points after AutoGluon's portfolio of 2025 and the tuned defaults of pytabkit (Holzmueller et al.,
 * arXiv 2407.04491). The number of rounds is not a hyperparameter: it is chosen by early stopping.
 */
public final class LightGbmFamily implements ModelFamily {

    static final RealParameter L1 = Parameter.reals("lambda_l1", 0, 1).withDefault(0.0);
    static final OrdinalParameter<Boolean> EXTRA = Parameter.ordinal("extra_trees", false, true);
    static final RealParameter CATEGORY_L2 =
            Parameter.reals("cat_l2", 0.005, 10).log().withDefault(10.0);
    static final RealParameter CATEGORY_SMOOTH =
            Parameter.reals("cat_smooth", 0.001, 100).log().withDefault(10.0);

    private static final int MAX_BIN = 255;
    private static final double LINES_COST = 2;
    private static final int TIMED_ROUNDS = 8;
    private static final double SLOWEST_RATE = 0.005;
    private static final double FASTEST_RATE = 0.3;

    @Override
    public String id() {
        return "lightgbm";
    }

    @Override
    public boolean supports(Task task) {
        return true;
    }

    @Override
    public Optional<String> unavailable() {
        return LightGbmNative.problem();
    }

    @Override
    public SearchSpace space(DataShape shape) {
        List<Parameter<?>> parameters = new ArrayList<>(List.of(
                LeafWise.LEARNING_RATE,
                LeafWise.LEAVES,
                LeafWise.MIN_ROWS,
                LeafWise.FEATURES,
                LeafWise.ROWS,
                L1,
                LeafWise.L2,
                EXTRA));
        if (shape.categoricalColumns() > 0) { // else they would be axes along which nothing changes
            parameters.addAll(List.of(CATEGORY_L2, CATEGORY_SMOOTH));
        }
        parameters.add(BoosterEncoding.ENCODING);
        if (BoosterEncoding.hasArithmetic(shape)) {
            parameters.add(BoosterEncoding.ARITHMETIC);
        }
        if (LeafWise.hasLines(shape)) {
            parameters.add(LeafWise.LEAF);
        }
        return SearchSpace.of(parameters);
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        return LightGbmPortfolio.of(shape);
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
                * (Double.isNaN(LeafWise.lineL2(configuration)) ? 1 : LINES_COST);
        double perRound = shape.rows() * columns * shape.task().outputs() * 8e-9 * leaves + 2e-4;
        long bytes = (long) (shape.rows() * columns * 10)
                + (16L << 20) * shape.task().outputs() / 4;
        return new CostEstimate(0.02 + rounds * perRound, bytes, true);
    }

    @Override
    public Configuration adapt(Configuration configuration, TrainingData data, FitContext context) {
        if (Double.isInfinite(context.secondsShare())) {
            return configuration;
        }
        long start = System.nanoTime();
        try (LightGbmTraining training =
                new LightGbmTraining(data.withValidation(null), parameters(configuration, context.seed()), MAX_BIN)) {
            double setup = (System.nanoTime() - start) * 1e-9;
            double seconds = context.secondsShare();
            double perRound = training.secondsPerRound(TIMED_ROUNDS, 0.1 * seconds, context.deadline());
            return slowed(configuration, data.task(), Math.max(1, (seconds - setup) / perRound));
        }
    }

    /** Raises the learning rate until its expected rounds are affordable, and trims the trees where even 0.3 is not. */
    private static Configuration slowed(Configuration configuration, Task task, double affordableRounds) {
        double wanted = Rounds.rate(affordableRounds, task);
        double rate = Math.max(
                configuration.get(LeafWise.LEARNING_RATE), Math.min(FASTEST_RATE, Math.max(SLOWEST_RATE, wanted)));
        Configuration adapted = configuration.with(LeafWise.LEARNING_RATE, rate);
        if (wanted > 1.5 * FASTEST_RATE) {
            int leaves = (int) Math.max(4, configuration.get(LeafWise.LEAVES) * 1.5 * FASTEST_RATE / wanted);
            adapted = adapted.with(LeafWise.LEAVES, Math.min(configuration.get(LeafWise.LEAVES), leaves));
        }
        return adapted;
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        return BoostingLoop.fit(
                rows -> new LightGbmTraining(rows, parameters(configuration, context.seed()), MAX_BIN),
                data,
                context,
                configuration.get(LeafWise.LEARNING_RATE));
    }

    private static String parameters(Configuration configuration, long seed) {
        double lineL2 = LeafWise.lineL2(configuration);
        String trees = trees(configuration, seed);
        return Double.isNaN(lineL2) ? trees : trees + " linear_tree=true linear_lambda=" + lineL2;
    }

    private static String trees(Configuration configuration, long seed) {
        return String.format(
                Locale.ROOT,
                "boosting=gbdt deterministic=true force_row_wise=true seed=%d learning_rate=%s num_leaves=%d"
                        + " min_data_in_leaf=%d feature_fraction=%s bagging_fraction=%s bagging_freq=%d lambda_l1=%s"
                        + " lambda_l2=%s extra_trees=%s cat_l2=%s cat_smooth=%s min_data_per_group=10",
                seed & 0x3fffffff,
                configuration.get(LeafWise.LEARNING_RATE),
                configuration.get(LeafWise.LEAVES),
                configuration.get(LeafWise.MIN_ROWS),
                configuration.getOrDefault(LeafWise.FEATURES),
                configuration.getOrDefault(LeafWise.ROWS),
                configuration.getOrDefault(LeafWise.ROWS) < 1 ? 1 : 0,
                configuration.getOrDefault(L1),
                configuration.getOrDefault(LeafWise.L2),
                configuration.getOrDefault(EXTRA),
                configuration.getOrDefault(CATEGORY_L2),
                configuration.getOrDefault(CATEGORY_SMOOTH));
    }
}
