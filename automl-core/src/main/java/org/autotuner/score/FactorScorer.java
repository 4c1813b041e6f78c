package org.autotuner.score;

import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.prepare.RatingCodes;

/**
 * Biased matrix factorization (Koren, Bell and Volinsky, IEEE Computer 42, 2009, equation 4): mean plus the biases of user and
 * item plus the inner product of their factors, cut to the range of the ratings seen. Reads {@link RatingCodes}: an unknown
 * user or item has bias and factors 0. Immutable and thread-safe.
 */
public final class FactorScorer implements Scorer {

    static final String TYPE = "factors";

    private final double mean;
    private final double low;
    private final double high;
    private final int rank;
    private final float[] userBiases;
    private final float[] itemBiases;
    private final float[] userFactors;
    private final float[] itemFactors;

    private FactorScorer(
            double mean,
            double low,
            double high,
            int rank,
            float[] userBiases,
            float[] itemBiases,
            float[] userFactors,
            float[] itemFactors) {
        this.mean = mean;
        this.low = low;
        this.high = high;
        this.rank = rank;
        this.userBiases = userBiases;
        this.itemBiases = itemBiases;
        this.userFactors = userFactors;
        this.itemFactors = itemFactors;
    }

    /**
     * A factorization; arrays are copied.
     *
     * @param low smallest output
     * @param high largest output
     * @param rank number of factors, 0 for biases alone
     * @param userFactors users x rank, user by user
     * @param itemFactors items x rank
     * @throws IllegalArgumentException if lengths do not fit or a number is not finite
     */
    public static FactorScorer of(
            double mean,
            double low,
            double high,
            int rank,
            float[] userBiases,
            float[] itemBiases,
            float[] userFactors,
            float[] itemFactors) {
        Arguments.that(rank >= 0, "The rank must not be negative, but is %d.", rank);
        Arguments.that(
                Double.isFinite(mean) && Double.isFinite(low) && low <= high && Double.isFinite(high),
                "Mean %s and range %s to %s must be finite and in order.",
                mean,
                low,
                high);
        Arguments.length(userFactors.length, (long) userBiases.length * rank, "userFactors");
        Arguments.length(itemFactors.length, (long) itemBiases.length * rank, "itemFactors");
        Arguments.finite(userBiases, "userBiases");
        Arguments.finite(itemBiases, "itemBiases");
        Arguments.finite(userFactors, "userFactors");
        Arguments.finite(itemFactors, "itemFactors");
        return new FactorScorer(
                mean,
                low,
                high,
                rank,
                userBiases.clone(),
                itemBiases.clone(),
                userFactors.clone(),
                itemFactors.clone());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public int width() {
        return 2;
    }

    @Override
    public void score(FeatureRow row, double[] out) {
        int user = Checks.code(row.at(RatingCodes.USER), userBiases.length);
        int item = Checks.code(row.at(RatingCodes.ITEM), itemBiases.length);
        out[0] = cut(raw(user, item));
    }

    /** The value before it is cut; -1 is unknown. */
    double raw(int user, int item) {
        double score = mean;
        if (user >= 0) {
            score += userBiases[user];
        }
        if (item >= 0) {
            score += itemBiases[item];
        }
        if (user >= 0 && item >= 0) {
            for (int r = 0; r < rank; r++) {
                score += userFactors[user * rank + r] * itemFactors[item * rank + r];
            }
        }
        return score;
    }

    double cut(double score) {
        return Math.max(low, Math.min(high, score));
    }

    int users() {
        return userBiases.length;
    }

    int items() {
        return itemBiases.length;
    }

    @Override
    public void write(Node node) {
        node.put("mean", mean)
                .put("low", low)
                .put("high", high)
                .put("rank", rank)
                .put("user_biases", userBiases)
                .put("item_biases", itemBiases)
                .put("user_factors", userFactors)
                .put("item_factors", itemFactors);
    }

    static final class Codec implements ScorerCodec {

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Scorer read(Node node) {
            double mean = node.real("mean");
            double low = node.real("low");
            double high = node.real("high");
            Checks.finite(mean, node, "mean");
            Checks.finite(low, node, "low");
            Checks.finite(high, node, "high");
            Checks.that(low <= high, node, "low", "is above high");
            float[] userBiases = Checks.finiteFloats(node, "user_biases");
            float[] itemBiases = Checks.finiteFloats(node, "item_biases");
            float[] userFactors = Checks.finiteFloats(node, "user_factors");
            float[] itemFactors = Checks.finiteFloats(node, "item_factors");
            int rank = node.integer("rank", 0, Checks.MAX_WIDTH);
            Checks.length(userFactors.length, (long) userBiases.length * rank, node, "user_factors");
            Checks.length(itemFactors.length, (long) itemBiases.length * rank, node, "item_factors");
            return new FactorScorer(mean, low, high, rank, userBiases, itemBiases, userFactors, itemFactors);
        }
    }
}
