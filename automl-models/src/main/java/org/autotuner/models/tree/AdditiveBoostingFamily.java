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
import org.autotuner.models.rounds.BoostingChecks;
import org.autotuner.models.rounds.BoostingLoop;
import org.autotuner.models.rounds.LeafWise;
import org.autotuner.models.rounds.Rounds;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.Preparation;
import org.autotuner.score.AdditiveScorer;
import org.autotuner.score.Scorer;
import org.autotuner.score.TreeEnsemble;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.Task;

/**
 * Explainable boosting machines in plain Java: before the link function a sum of one function for each feature and of functions of
 * at most ten pairs of features, boosted by trees of a few leaves that ask for one feature or one pair alone (Lou, Caruana, Gehrke
 * and Hooker, Accurate intelligible models with pairwise interactions, KDD 2013; Nori, Jenkins, Koch and Caruana, InterpretML,
 * arXiv 1909.09223). Pairs are chosen on the training rows, see {@link PairFinder}. Rounds are chosen by early stopping; the
 * deadline is asked within each tree; equal data, settings and seed give equal models for any number of threads. Stateless and
 * thread-safe.
 */
public final class AdditiveBoostingFamily implements ModelFamily {

    static final int MOST_PAIRS = 10;

    static final RealParameter LEARNING_RATE =
            Parameter.reals("learning_rate", 0.01, 0.2).log().withDefault(0.05);
    static final IntParameter LEAVES = Parameter.ints("num_leaves", 2, 4).withDefault(3);
    static final IntParameter MIN_ROWS =
            Parameter.ints("min_data_in_leaf", 2, 20).log().withDefault(10);
    static final OrdinalParameter<String> ENCODING = Parameter.ordinal("encoding", "codes", "statistics");

    /** For configurations without any. */
    private static final IntParameter NO_PAIRS = Parameter.ints("pairs", 0, 0);

    /** Two features need three leaves to act together. */
    private static final int LEAVES_OF_PAIRS = 3;

    /** Trees of three leaves learn so many times less in a round than those of thirty. */
    private static final double ROUNDS_FACTOR = 4;

    @Override
    public String id() {
        return "additive";
    }

    @Override
    public boolean supports(Task task) {
        return true;
    }

    /** What it would add to an ensemble has not been seen to be worth the time of its trials. */
    @Override
    public Optional<String> onlyOnRequest() {
        return Optional.of("it is made to be followed by a person; ask for interpretable models, or for it by name");
    }

    @Override
    public boolean isInterpretable() {
        return true;
    }

    /** Along numbers, and for one value or two classes; pairs are only of columns that may act together. */
    @Override
    public boolean obeys(Constraints constraints) {
        return true;
    }

    /** Target statistics are left out under constraints: nobody knows how they keep to them. */
    @Override
    public SearchSpace space(DataShape shape) {
        List<Parameter<?>> parameters =
                new ArrayList<>(List.of(LEARNING_RATE, LEAVES, MIN_ROWS, LeafWise.FEATURES, LeafWise.ROWS));
        if (mostPairs(shape) > 0) {
            parameters.add(pairs(shape));
        }
        if (hasEncodings(shape)) {
            parameters.add(ENCODING);
        }
        return SearchSpace.of(parameters);
    }

    private static boolean hasEncodings(DataShape shape) {
        return shape.categoricalColumns() > 0 && shape.constraints().isNone();
    }

    private static int mostPairs(DataShape shape) {
        return shape.columns() < 2 ? 0 : Math.min(MOST_PAIRS, shape.columns());
    }

    private static IntParameter pairs(DataShape shape) {
        int most = mostPairs(shape);
        return Parameter.ints("pairs", 0, most).withDefault(most);
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        Configuration defaults = space(shape).defaults();
        Configuration sampled = defaults.with(LEARNING_RATE, 0.03)
                .with(LEAVES, 4)
                .with(LeafWise.FEATURES, 0.6)
                .with(LeafWise.ROWS, 0.7);
        Configuration plain = defaults.with(LEARNING_RATE, 0.1);
        return List.of(
                defaults,
                hasEncodings(shape) ? sampled.with(ENCODING, "statistics") : sampled,
                mostPairs(shape) > 0 ? plain.with(pairs(shape), 0) : plain);
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return BoosterEncoding.plan(configuration, ENCODING);
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        double rounds = ROUNDS_FACTOR * Rounds.expected(configuration.get(LEARNING_RATE), shape.task());
        double columns = Math.max(4, BoosterEncoding.features(configuration, ENCODING, shape));
        double perRow = columns * 3e-9 + 30e-9;
        double perRound = shape.rows() * perRow * shape.task().outputs() + 1e-4;
        long bytes = HeapUse.of(shape).histogramBoosting(columns, configuration, rounds);
        return new CostEstimate(0.02 + shape.rows() * columns * 60e-9 + rounds * perRound, bytes, true);
    }

    @Override
    public Configuration adapt(Configuration configuration, TrainingData data, FitContext context) {
        double rate = TimeShare.learningRate(
                rows -> booster(rows, configuration, context),
                data,
                context.withSecondsShare(context.secondsShare() / ROUNDS_FACTOR),
                configuration.get(LEARNING_RATE));
        return configuration.with(LEARNING_RATE, Math.min(LEARNING_RATE.high(), rate));
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        return BoostingLoop.fit(
                        rows -> booster(rows, configuration, context), data, context, configuration.get(LEARNING_RATE))
                .withScorers(AdditiveBoostingFamily::merged);
    }

    /** Trees as the functions that they add up to; too large ones stay trees. */
    private static Scorer merged(Scorer scorer) {
        return scorer instanceof TreeEnsemble ensemble
                ? AdditiveScorer.of(ensemble).map(Scorer.class::cast).orElse(ensemble)
                : scorer;
    }

    private static HistogramBooster booster(TrainingData data, Configuration configuration, FitContext context) {
        PointLoss loss = ValueLoss.of(context.metric()).on(data);
        BoostingChecks.check(data);
        List<int[]> pairs = PairFinder.best(data, configuration.getOrDefault(NO_PAIRS), loss, context);
        int leaves = configuration.get(LEAVES);
        GrowthSettings growth = new GrowthSettings(
                pairs.isEmpty() ? leaves : Math.max(LEAVES_OF_PAIRS, leaves),
                0,
                false,
                configuration.get(MIN_ROWS),
                1e-3,
                0,
                0,
                10,
                10);
        HistogramBooster.Settings settings = new HistogramBooster.Settings(
                configuration.get(LEARNING_RATE),
                growth,
                Bins.MOST_CUTS,
                configuration.getOrDefault(LeafWise.ROWS),
                configuration.getOrDefault(LeafWise.FEATURES),
                loss);
        List<Feature> features = data.features().features();
        return HistogramBooster.of(
                data,
                settings,
                context,
                ColumnRules.grouped(context.constraints(), features, groups(features.size(), pairs)));
    }

    /** Each feature alone, and the pairs. */
    static List<int[]> groups(int features, List<int[]> pairs) {
        List<int[]> groups = new ArrayList<>();
        for (int feature = 0; feature < features; feature++) {
            groups.add(new int[] {feature});
        }
        groups.addAll(pairs);
        return groups;
    }
}
