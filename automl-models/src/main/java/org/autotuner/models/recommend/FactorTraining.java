package org.autotuner.models.recommend;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.Deadline;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.score.FactorScorer;
import org.autotuner.score.Scorer;

/**
 * Stochastic gradient descent on biases and factors, user by user in random order. With an implicit part every item has a second
 * vector, and a user's factors are moved by the sum of those of the items that the user rated, over the root of their number
 * (SVD++: Koren, KDD 2008, equation 15). A penalty falls with the root of how often a user or item is seen, for those seen
 * often have an update of it each time. The deadline is asked after each few users. One use; not thread-safe.
 */
final class FactorTraining {

    private static final int PATIENCE = 3;
    private static final int USERS_PER_CHECK = 32;
    private static final double INITIAL_SPREAD = 0.1;
    private static final double BIAS_PENALTY = 0.02;
    /** Scorers of all epochs are kept as long as they have no more numbers than this together. */
    private static final long MOST_KEPT = 1L << 25;

    /** What is searched. */
    record Settings(int rank, double rate, double penalty, int epochs, boolean implicit) {}

    private final Ratings ratings;
    private final TrainingData data;
    private final FitContext context;
    private final Settings settings;
    private final Deadline deadline;
    private final int rank;
    private final Biases biases;
    private final float[] userFactors;
    private final float[] itemFactors;
    private final float[] implicitFactors;
    private final float[] itemPenalties;
    private final List<Integer> steps = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();
    private final List<Scorer> scorers = new ArrayList<>();

    FactorTraining(TrainingData data, FitContext context, Settings settings) {
        context.deadline().check();
        this.data = data;
        this.context = context;
        this.settings = settings;
        this.deadline = context.deadlineOfShare();
        this.ratings = Ratings.of(data);
        this.rank = settings.rank();
        this.biases = Biases.of(ratings, 10, 5);
        SplittableRandom random = new SplittableRandom(context.seed());
        userFactors = start(ratings.users, random);
        itemFactors = start(ratings.items, random);
        implicitFactors = settings.implicit() ? start(ratings.items, random) : new float[0];
        itemPenalties = new float[ratings.items];
        int[] counts = ratings.itemCounts();
        for (int item = 0; item < counts.length; item++) {
            itemPenalties[item] = penalty(counts[item]);
        }
    }

    private float[] start(int size, SplittableRandom random) {
        float[] factors = new float[Math.multiplyExact(size, rank)];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = (float) (INITIAL_SPREAD * random.nextGaussian());
        }
        return factors;
    }

    private float penalty(int count) {
        return (float) (settings.penalty() / Math.sqrt(Math.max(1, count)));
    }

    FittedModel fit() {
        SplittableRandom random = new SplittableRandom(context.seed() + 1);
        int[] order = new int[ratings.users];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        boolean fixed = context.steps() > 0 || data.validation() == null;
        int epochs = context.steps() > 0 ? context.steps() : settings.epochs();
        long numbers = (long) (ratings.users + ratings.items) * (rank + 1);
        int every = (int) Math.max(1, numbers * epochs / MOST_KEPT);
        int worse = 0;
        boolean whole = true;
        for (int epoch = 1; epoch <= epochs && whole && worse < PATIENCE; epoch++) {
            shuffle(order, random);
            whole = pass(order);
            if (data.validation() == null || (epoch % every != 0 && epoch < epochs && whole)) {
                continue;
            }
            if (!whole && !scorers.isEmpty()) {
                break;
            }
            double error = keep(epoch);
            worse = fixed || error < best(errors.size() - 1) ? 0 : worse + 1;
            if (!context.progress().report(epoch, error)) {
                break;
            }
        }
        if (scorers.isEmpty()) {
            return FittedModel.of(scorer());
        }
        List<Scorer> kept = List.copyOf(scorers);
        return FittedModel.ofCurve(new ErrorCurve(steps, errors), kept::get);
    }

    private double best(int count) {
        return errors.subList(0, count).stream()
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** Whether the time was enough for all users. */
    private boolean pass(int[] order) {
        float[] sum = new float[rank];
        float[] moved = new float[rank];
        float[] gradient = new float[rank];
        for (int i = 0; i < order.length; i++) {
            if (i % USERS_PER_CHECK == 0 && deadline.isOver()) {
                return false;
            }
            if (ratings.start[order[i]] < ratings.start[order[i] + 1]) {
                user(order[i], sum, moved, gradient);
            }
        }
        return true;
    }

    private void user(int user, float[] sum, float[] moved, float[] gradient) {
        int from = ratings.start[user];
        int to = ratings.start[user + 1];
        float norm = (float) (1 / Math.sqrt(to - from));
        float rate = (float) settings.rate();
        float own = penalty(to - from);
        implicit(from, to, norm, sum);
        java.util.Arrays.fill(gradient, 0);
        for (int e = from; e < to; e++) {
            int item = ratings.item[e];
            int p = user * rank;
            int q = item * rank;
            float score = biases.user()[user] + biases.item()[item];
            for (int r = 0; r < rank; r++) {
                moved[r] = userFactors[p + r] + sum[r];
                score += moved[r] * itemFactors[q + r];
            }
            float error = (ratings.value[e] - score) * ratings.weight[e];
            biases.user()[user] += (float) (0.1 * rate * (error - BIAS_PENALTY * biases.user()[user]));
            biases.item()[item] += (float) (0.1 * rate * (error - BIAS_PENALTY * biases.item()[item]));
            float other = itemPenalties[item];
            for (int r = 0; r < rank; r++) {
                float factor = itemFactors[q + r];
                gradient[r] += error * factor;
                userFactors[p + r] += rate * (error * factor - own * userFactors[p + r]);
                itemFactors[q + r] += rate * (error * moved[r] - other * factor);
            }
        }
        if (settings.implicit()) {
            for (int e = from; e < to; e++) {
                int y = ratings.item[e] * rank;
                float other = itemPenalties[ratings.item[e]];
                for (int r = 0; r < rank; r++) {
                    implicitFactors[y + r] += rate * (norm * gradient[r] - other * implicitFactors[y + r]);
                }
            }
        }
    }

    /** Sum of the second vectors of a user's items, times {@code norm}. */
    private void implicit(int from, int to, float norm, float[] sum) {
        java.util.Arrays.fill(sum, 0);
        if (!settings.implicit()) {
            return;
        }
        for (int e = from; e < to; e++) {
            int y = ratings.item[e] * rank;
            for (int r = 0; r < rank; r++) {
                sum[r] += norm * implicitFactors[y + r];
            }
        }
    }

    private double keep(int epoch) {
        Scorer scorer = scorer();
        double error = java.util.Objects.requireNonNull(data.validation()).error(scorer, context.metric());
        steps.add(epoch);
        errors.add(error);
        scorers.add(scorer);
        return error;
    }

    /** The factors of now, in the target's unit, the implicit part folded into those of each user. */
    private Scorer scorer() {
        float[] users = userFactors.clone();
        float[] sum = new float[rank];
        for (int user = 0; user < ratings.users; user++) {
            int from = ratings.start[user];
            int to = ratings.start[user + 1];
            implicit(from, to, (float) (1 / Math.sqrt(Math.max(1, to - from))), sum);
            for (int r = 0; r < rank; r++) {
                users[user * rank + r] = (float) (ratings.deviation * (users[user * rank + r] + sum[r]));
            }
        }
        return FactorScorer.of(
                ratings.mean,
                ratings.low,
                ratings.high,
                rank,
                scaled(biases.user()),
                scaled(biases.item()),
                users,
                itemFactors);
    }

    private float[] scaled(float[] standardised) {
        float[] values = standardised.clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) ratings.deviation;
        }
        return values;
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }
}
