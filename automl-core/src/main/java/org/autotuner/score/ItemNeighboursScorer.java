package org.autotuner.score;

import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.prepare.RatingCodes;

/**
 * Item neighbourhood (Koren, Factorization Meets the Neighborhood, KDD 2008, equation 3): biases plus the user's residuals on the
 * most similar items that the user rated, averaged by similarity and shrunk towards the biases. Reads {@link RatingCodes}; an
 * unknown user or item has bias 0 and no neighbours. Immutable and thread-safe.
 */
public final class ItemNeighboursScorer implements Scorer {

    static final String TYPE = "item-neighbours";

    private final FactorScorer biases;
    private final int neighbours;
    private final double shrinkage;
    private final Rows rated;
    private final Rows similar;

    /** Rows of numbers at increasing positions. Immutable by convention: the arrays are shared and must not change. */
    public static final class Rows {

        private final int[] start;
        private final int[] index;
        private final float[] value;

        /**
         * Rows in compressed form.
         *
         * @param start rows + 1 positions: row i has the entries start[i]..start[i+1]-1
         * @param index item of each entry, increasing within a row
         * @param value residual, or similarity
         */
        public Rows(int[] start, int[] index, float[] value) {
            this.start = start;
            this.index = index;
            this.value = value;
        }

        void check(int items, String name) {
            Arguments.that(start.length > 0 && start[0] == 0, "%s: starts must begin with 0.", name);
            Arguments.length(index.length, start[start.length - 1], name);
            Arguments.length(value.length, index.length, name);
            for (int i = 1; i < start.length; i++) {
                Arguments.that(start[i] >= start[i - 1], "%s: starts must not fall.", name);
                for (int e = start[i - 1] + 1; e < Math.min(start[i], index.length); e++) {
                    Arguments.that(index[e] > index[e - 1], "%s: items must increase within a row.", name);
                }
            }
            Arguments.finite(value, name);
            for (int item : index) {
                Arguments.that(item >= 0 && item < items, "%s: item %d is not in 0..%d.", name, item, items - 1);
            }
        }
    }

    private ItemNeighboursScorer(FactorScorer biases, int neighbours, double shrinkage, Rows rated, Rows similar) {
        this.biases = biases;
        this.neighbours = neighbours;
        this.shrinkage = shrinkage;
        this.rated = rated;
        this.similar = similar;
    }

    /**
     * A neighbourhood model; the arrays are not copied.
     *
     * @param biases mean, biases and range, without factors
     * @param neighbours how many of the most similar items count, at least 1
     * @param shrinkage similarity that the biases themselves have, at least 0
     * @param rated residuals of each user
     * @param similar positive similarities of each item to others
     * @throws IllegalArgumentException if they do not fit
     */
    public static ItemNeighboursScorer of(
            FactorScorer biases, int neighbours, double shrinkage, Rows rated, Rows similar) {
        Arguments.that(neighbours >= 1, "There must be at least 1 neighbour, not %d.", neighbours);
        Arguments.that(
                shrinkage >= 0 && Double.isFinite(shrinkage), "The shrinkage must be at least 0, not %s.", shrinkage);
        Arguments.length(rated.start.length, biases.users() + 1L, "rated");
        Arguments.length(similar.start.length, biases.items() + 1L, "similar");
        rated.check(biases.items(), "rated");
        similar.check(biases.items(), "similar");
        return new ItemNeighboursScorer(biases, neighbours, shrinkage, rated, similar);
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
        int user = Checks.code(row.at(RatingCodes.USER), biases.users());
        int item = Checks.code(row.at(RatingCodes.ITEM), biases.items());
        double score = biases.raw(user, item);
        if (user >= 0 && item >= 0) {
            score += interpolated(user, item);
        }
        out[0] = biases.cut(score);
    }

    private double interpolated(int user, int item) {
        float[] weights = new float[neighbours];
        float[] residuals = new float[neighbours];
        int found = 0;
        int left = rated.start[user];
        int right = similar.start[item];
        while (left < rated.start[user + 1] && right < similar.start[item + 1]) {
            int difference = rated.index[left] - similar.index[right];
            if (difference == 0 && (found < neighbours || similar.value[right] > weights[found - 1])) {
                // Insertion into the sorted list of the best so far.
                int at = Math.min(found, neighbours - 1);
                while (at > 0 && weights[at - 1] < similar.value[right]) {
                    weights[at] = weights[at - 1];
                    residuals[at] = residuals[at - 1];
                    at--;
                }
                weights[at] = similar.value[right];
                residuals[at] = rated.value[left];
                found = Math.min(found + 1, neighbours);
            }
            left += difference <= 0 ? 1 : 0;
            right += difference >= 0 ? 1 : 0;
        }
        double sum = 0;
        double total = shrinkage;
        for (int i = 0; i < found; i++) {
            sum += (double) weights[i] * residuals[i];
            total += Math.abs(weights[i]);
        }
        return total > 0 ? sum / total : 0;
    }

    @Override
    public void write(Node node) {
        biases.write(node.child("biases"));
        node.put("neighbours", neighbours).put("shrinkage", shrinkage);
        write(rated, node.child("rated"));
        write(similar, node.child("similar"));
    }

    private static void write(Rows rows, Node node) {
        node.put("start", rows.start).put("index", rows.index).put("value", rows.value);
    }

    static final class Codec implements ScorerCodec {

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Scorer read(Node node) {
            FactorScorer biases = (FactorScorer) new FactorScorer.Codec().read(node.node("biases"));
            double shrinkage = node.real("shrinkage");
            Rows rated = rows(node.node("rated"));
            Rows similar = rows(node.node("similar"));
            // A count is bounded by the array that it looks at, so that a row never allocates more than the file has.
            int neighbours = node.integer("neighbours", 1, Math.max(1000, similar.index.length));
            try {
                return of(biases, neighbours, shrinkage, rated, similar);
            } catch (IllegalArgumentException e) {
                throw node.wrong("similar", "does not fit: " + e.getMessage());
            }
        }

        private static Rows rows(Node node) {
            return new Rows(node.ints("start"), node.ints("index"), node.floats("value"));
        }
    }
}
