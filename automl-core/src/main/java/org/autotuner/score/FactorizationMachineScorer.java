package org.autotuner.score;

import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.prepare.SparseRows;

/**
 * A linear model plus the products of all pairs of features, weighted by inner products of their factors (Rendle,
 * Factorization Machines, ICDM 2010, equation 5), one machine per output, then a link. Missing dense cells count as 0.
 * Immutable and thread-safe.
 */
public final class FactorizationMachineScorer implements Scorer {

    static final String TYPE = "factorization-machine";

    private final int width;
    private final int sparseWidth;
    private final int rank;
    private final double[] intercepts;
    private final double[] weights;
    private final double[] factors;
    private final Link link;

    private FactorizationMachineScorer(
            int width, int sparseWidth, int rank, double[] intercepts, double[] weights, double[] factors, Link link) {
        this.width = width;
        this.sparseWidth = sparseWidth;
        this.rank = rank;
        this.intercepts = intercepts;
        this.weights = weights;
        this.factors = factors;
        this.link = link;
    }

    /**
     * A factorization machine.
     *
     * @param width number of dense features
     * @param sparseWidth number of sparse columns
     * @param rank number of factors of a feature, at least 1
     * @param intercepts one per output, at least one
     * @param weights (width + sparseWidth) x outputs, feature by feature, dense ones first
     * @param factors (width + sparseWidth) x outputs x rank in the same order: factor r of feature f for output k lies
     *     at {@code (f * outputs + k) * rank + r}
     * @throws IllegalArgumentException if lengths or rank do not fit, there is no feature, or a number is not finite
     */
    public static FactorizationMachineScorer of(
            int width, int sparseWidth, int rank, double[] intercepts, double[] weights, double[] factors, Link link) {
        if (rank < 1) {
            throw new IllegalArgumentException("The rank must be at least 1, but is %d.".formatted(rank));
        }
        Arguments.some(intercepts, "intercepts");
        Arguments.some(weights, "weights");
        long cells = ((long) width + sparseWidth) * intercepts.length;
        Arguments.length(weights.length, cells, "weights");
        Arguments.length(factors.length, cells * rank, "factors");
        Arguments.finite(intercepts, "intercepts");
        Arguments.finite(weights, "weights");
        Arguments.finite(factors, "factors");
        return new FactorizationMachineScorer(
                width, sparseWidth, rank, intercepts.clone(), weights.clone(), factors.clone(), link);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int outputs() {
        return intercepts.length;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int sparseWidth() {
        return sparseWidth;
    }

    @Override
    public void score(FeatureRow row, double[] out) {
        int outputs = intercepts.length;
        System.arraycopy(intercepts, 0, out, 0, outputs);
        double[] sums = new double[outputs * rank];
        float[] data = row.array();
        int offset = row.offset();
        for (int f = 0; f < width; f++) {
            float x = data[offset + f];
            if (!Float.isNaN(x) && x != 0) {
                add(x, f, sums, out);
            }
        }
        SparseRows sparse = row.sparse();
        if (sparse != null) {
            int end = sparse.end(row.row());
            for (int entry = sparse.start(row.row()); entry < end; entry++) {
                if (sparse.index(entry) < sparseWidth) {
                    add(sparse.value(entry), width + sparse.index(entry), sums, out);
                }
            }
        }
        for (int k = 0; k < outputs; k++) {
            for (int r = 0; r < rank; r++) {
                double sum = sums[k * rank + r];
                out[k] += 0.5 * sum * sum;
            }
        }
        link.apply(out, outputs);
    }

    /** Adds the linear term, and of the pairs 1/2 (sum^2 - sum of squares) the latter part. */
    private void add(float x, int feature, double[] sums, double[] out) {
        int outputs = intercepts.length;
        int at = feature * outputs;
        for (int k = 0; k < outputs; k++) {
            double squares = 0;
            int factor = (at + k) * rank;
            for (int r = 0; r < rank; r++) {
                double term = factors[factor + r] * x;
                sums[k * rank + r] += term;
                squares += term * term;
            }
            out[k] += x * weights[at + k] - 0.5 * squares;
        }
    }

    @Override
    public void write(Node node) {
        link.write(node);
        node.put("width", width)
                .put("sparse_width", sparseWidth)
                .put("rank", rank)
                .put("intercepts", intercepts)
                .put("weights", weights)
                .put("factors", factors);
    }

    static final class Codec implements ScorerCodec {

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Scorer read(Node node) {
            int width = node.integer("width", 0, Checks.MAX_WIDTH);
            int sparseWidth = node.integer("sparse_width", 0, Integer.MAX_VALUE);
            double[] intercepts = node.doubles("intercepts");
            double[] weights = node.doubles("weights");
            double[] factors = node.doubles("factors");
            Checks.that(intercepts.length > 0, node, "intercepts", "is empty");
            // A rank is bounded by the array that holds it, so that a row never allocates more than the file has.
            int rank = node.integer("rank", 1, Math.max(1, factors.length));
            Checks.length(weights.length, ((long) width + sparseWidth) * intercepts.length, node, "weights");
            Checks.that(
                    Math.multiplyHigh(weights.length, (long) rank) == 0
                            && (long) weights.length * rank == factors.length,
                    node,
                    "factors",
                    "is not rank values per weight");
            Checks.that(weights.length > 0, node, "weights", "is empty");
            Checks.finite(intercepts, node, "intercepts");
            Checks.finite(weights, node, "weights");
            Checks.finite(factors, node, "factors");
            return new FactorizationMachineScorer(
                    width, sparseWidth, rank, intercepts, weights, factors, Link.read(node));
        }
    }
}
