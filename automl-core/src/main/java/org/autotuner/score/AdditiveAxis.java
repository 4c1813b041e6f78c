package org.autotuner.score;

import java.util.Arrays;
import org.autotuner.bundle.Node;

/**
 * The cells into which one feature of a term of {@link AdditiveScorer} falls. Of a number: up to each edge, beyond the last one,
 * and at the end missing. Of a category: its codes, any other code, and missing. Immutable.
 */
public final class AdditiveAxis {

    private final int feature;
    private final float[] edges;
    private final int codes;

    private AdditiveAxis(int feature, float[] edges, int codes) {
        this.feature = feature;
        this.edges = edges;
        this.codes = codes;
    }

    /**
     * Cells of a number.
     *
     * @param edges ascending; a cell ends at its edge, which belongs to it
     */
    static AdditiveAxis numbers(int feature, float[] edges) {
        return new AdditiveAxis(feature, edges, 0);
    }

    /**
     * Cells of a category.
     *
     * @param codes one more than the highest code with a cell of its own, at least 1
     */
    static AdditiveAxis categories(int feature, int codes) {
        return new AdditiveAxis(feature, new float[0], codes);
    }

    /** Number of the dense feature, as in {@code FittedPreparation.features()}. */
    public int feature() {
        return feature;
    }

    public boolean isCategorical() {
        return codes > 0;
    }

    /** Ascending edges of a number; empty for a category. */
    public float[] edges() {
        return edges.clone();
    }

    /** How many cells there are, the last one for missing values. */
    public int cells() {
        return (codes > 0 ? codes : edges.length) + 2;
    }

    /** The cell of a value. */
    public int cell(float x) {
        if (Float.isNaN(x)) {
            return cells() - 1;
        }
        if (codes > 0) {
            int code = Checks.code(x, codes);
            return code < 0 ? codes : code;
        }
        int low = 0;
        int high = edges.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (x <= edges[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** A value that falls into a cell: its edge or code, beyond them the largest number or a code that nobody has. */
    public float sample(int cell) {
        if (cell == cells() - 1) {
            return Float.NaN;
        }
        if (codes > 0) {
            return cell < codes ? cell : -1;
        }
        return cell < edges.length ? edges[cell] : Float.POSITIVE_INFINITY;
    }

    void write(Node node) {
        node.put("feature", feature).put("codes", codes).put("edges", edges);
    }

    static AdditiveAxis read(Node node, int width) {
        int feature = node.integer("feature", 0, width - 1);
        int codes = node.integer("codes", 0, TreeEnsemble.MAX_CODE);
        float[] edges = node.floats("edges");
        Checks.that(codes == 0 || edges.length == 0, node, "edges", "belong to no category");
        for (int i = 0; i < edges.length; i++) {
            boolean isAscending = i == 0 ? !Float.isNaN(edges[0]) : edges[i] > edges[i - 1];
            Checks.that(isAscending, node, "edges", "do not ascend");
        }
        return new AdditiveAxis(feature, edges, codes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AdditiveAxis axis
                && axis.feature == feature
                && axis.codes == codes
                && Arrays.equals(axis.edges, edges);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * feature + codes) + Arrays.hashCode(edges);
    }
}
