package org.autotuner.score;

import java.util.Arrays;
import org.autotuner.bundle.Node;
import org.jspecify.annotations.Nullable;

/**
 * Straight lines in the leaves of trees: a leaf's value is a constant plus slopes times features (de Vito, LinXGBoost, arXiv
 * 1710.03634; LightGBM's {@code linear_tree}). A leaf whose features are not all present has its plain value. Features count as at
 * the end of the range that training showed where they lie beyond it, so that no line runs away. The arrays are shared and do
 * not change.
 */
final class LeafLines {

    /** Where each leaf's features begin, and one more for the end of the last; a leaf without any has its plain value. */
    private final int[] starts;

    private final int[] features;
    private final double[] slopes;
    private final double[] constants;
    /** Ends of the range of each feature. */
    private final float[] low;

    private final float[] high;

    private LeafLines(int[] starts, int[] features, double[] slopes, double[] constants, float[] low, float[] high) {
        this.starts = starts;
        this.features = features;
        this.slopes = slopes;
        this.constants = constants;
        this.low = low;
        this.high = high;
    }

    double value(int leaf, double plain, float[] data, int offset) {
        int end = starts[leaf + 1];
        int at = starts[leaf];
        if (at == end) {
            return plain;
        }
        double sum = constants[leaf];
        for (; at < end; at++) {
            int feature = features[at];
            float x = data[offset + feature];
            if (Float.isNaN(x)) {
                return plain;
            }
            sum += slopes[at] * Math.max(low[feature], Math.min(high[feature], x));
        }
        return sum;
    }

    /** Those of the first leaves. */
    LeafLines first(int leaves) {
        int end = starts[leaves];
        return new LeafLines(
                Arrays.copyOf(starts, leaves + 1),
                Arrays.copyOf(features, end),
                Arrays.copyOf(slopes, end),
                Arrays.copyOf(constants, leaves),
                low,
                high);
    }

    void write(Node node) {
        node.put("line_starts", starts)
                .put("line_features", features)
                .put("line_slopes", slopes)
                .put("line_constants", constants)
                .put("line_low", low)
                .put("line_high", high);
    }

    /** Those of an ensemble with so many leaves; null where it has none. */
    static @Nullable LeafLines read(Node node, int width, int leaves) {
        if (!node.has("line_starts")) {
            return null;
        }
        int[] starts = node.ints("line_starts");
        int[] features = node.ints("line_features");
        double[] slopes = node.doubles("line_slopes");
        double[] constants = node.doubles("line_constants");
        Checks.length(starts.length, leaves + 1L, node, "line_starts");
        Checks.that(starts[0] == 0, node, "line_starts", "do not begin at 0");
        for (int leaf = 0; leaf < leaves; leaf++) {
            Checks.that(starts[leaf] <= starts[leaf + 1], node, "line_starts", "fall at leaf " + leaf);
        }
        Checks.length(features.length, starts[leaves], node, "line_features");
        Checks.within(features, 0, width - 1, node, "line_features");
        Checks.length(slopes.length, features.length, node, "line_slopes");
        Checks.finite(slopes, node, "line_slopes");
        Checks.length(constants.length, leaves, node, "line_constants");
        Checks.finite(constants, node, "line_constants");
        float[] low = ends(node, "line_low", width);
        float[] high = ends(node, "line_high", width);
        for (int feature = 0; feature < width; feature++) {
            Checks.that(low[feature] <= high[feature], node, "line_low", "lies above the high end");
        }
        return new LeafLines(starts, features, slopes, constants, low, high);
    }

    private static float[] ends(Node node, String name, int width) {
        float[] ends = Checks.finiteFloats(node, name);
        Checks.length(ends.length, width, node, name);
        return ends;
    }

    /** Collects lines leaf by leaf. */
    static final class Collector {

        private final float[] low;
        private final float[] high;
        private final IntArray starts = new IntArray();
        private final IntArray features = new IntArray();
        private double[] slopes = new double[64];
        private double[] constants = new double[64];

        Collector(float[] low, float[] high) {
            this.low = low;
            this.high = high;
            starts.add(0);
        }

        /** Of the next leaf; no features for a leaf without a line. */
        void add(int[] given, double[] ofFeatures, double constant) {
            int leaf = starts.size() - 1;
            Arguments.that(Double.isFinite(constant), "The constant of a line is %s.", constant);
            Arguments.finite(ofFeatures, "slopes");
            Arguments.length(ofFeatures.length, given.length, "slopes");
            for (int i = 0; i < given.length; i++) {
                Arguments.that(
                        given[i] >= 0 && given[i] < low.length, "A line has feature %d of %d.", given[i], low.length);
                int at = features.size();
                features.add(given[i]);
                slopes = at == slopes.length ? Arrays.copyOf(slopes, 2 * at) : slopes;
                slopes[at] = ofFeatures[i];
            }
            constants = leaf == constants.length ? Arrays.copyOf(constants, 2 * leaf) : constants;
            constants[leaf] = constant;
            starts.add(features.size());
        }

        LeafLines lines() {
            int leaves = starts.size() - 1;
            return new LeafLines(
                    starts.toArray(),
                    features.toArray(),
                    Arrays.copyOf(slopes, features.size()),
                    Arrays.copyOf(constants, leaves),
                    low.clone(),
                    high.clone());
        }
    }
}
