package org.autotuner.score;

import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.prepare.SparseRows;

/**
 * Weighted sums of the dense features and of the sparse columns, one per output, then a link. Missing dense cells
 * count as 0. Immutable and thread-safe.
 */
public final class LinearScorer implements Scorer {

    static final String TYPE = "linear";

    private final int width;
    private final int sparseWidth;
    private final double[] intercepts;
    private final double[] weights;
    private final Link link;

    private LinearScorer(int width, int sparseWidth, double[] intercepts, double[] weights, Link link) {
        this.width = width;
        this.sparseWidth = sparseWidth;
        this.intercepts = intercepts;
        this.weights = weights;
        this.link = link;
    }

    /**
     * A linear scorer.
     *
     * @param width number of dense features
     * @param sparseWidth number of sparse columns
     * @param intercepts one per output, at least one; copied
     * @param weights (width + sparseWidth) x outputs, feature by feature, dense ones first: the weight of feature f
     *     for output k lies at {@code f * outputs + k}; copied
     * @throws IllegalArgumentException if lengths do not fit or a number is not finite
     */
    public static LinearScorer of(int width, int sparseWidth, double[] intercepts, double[] weights, Link link) {
        Arguments.some(intercepts, "intercepts");
        Arguments.length(weights.length, ((long) width + sparseWidth) * intercepts.length, "weights");
        Arguments.finite(intercepts, "intercepts");
        Arguments.finite(weights, "weights");
        return new LinearScorer(width, sparseWidth, intercepts.clone(), weights.clone(), link);
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
        float[] data = row.array();
        int offset = row.offset();
        for (int f = 0; f < width; f++) {
            float x = data[offset + f];
            if (!Float.isNaN(x) && x != 0) {
                add(x, f, out);
            }
        }
        SparseRows sparse = row.sparse();
        if (sparse != null && sparseWidth > 0) {
            int end = sparse.end(row.row());
            for (int entry = sparse.start(row.row()); entry < end; entry++) {
                int column = sparse.index(entry);
                if (column < sparseWidth) {
                    add(sparse.value(entry), width + column, out);
                }
            }
        }
        link.apply(out, outputs);
    }

    private void add(float x, int feature, double[] out) {
        int outputs = intercepts.length;
        int at = feature * outputs;
        for (int k = 0; k < outputs; k++) {
            out[k] += x * weights[at + k];
        }
    }

    @Override
    public void write(Node node) {
        link.write(node);
        node.put("width", width)
                .put("sparse_width", sparseWidth)
                .put("intercepts", intercepts)
                .put("weights", weights);
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
            Checks.that(intercepts.length > 0, node, "intercepts", "is empty");
            Checks.length(weights.length, ((long) width + sparseWidth) * intercepts.length, node, "weights");
            Checks.finite(intercepts, node, "intercepts");
            Checks.finite(weights, node, "weights");
            return new LinearScorer(width, sparseWidth, intercepts, weights, Link.read(node));
        }
    }
}
