package org.autotuner.score;

/**
 * What becomes of a dense network's margins: scale and offset of each output, bounds, link. Immutable by convention:
 * arrays are shared. Thread-safe.
 */
final class NetworkEnding {

    /** Bounds outputs, so that links and means over members stay finite. */
    private static final double MAX_OUTPUT = 1e300;

    final double[] scales;
    final double[] offsets;
    final double low;
    final double high;
    final Link link;

    /** Scales and offsets are both empty or one per output. */
    NetworkEnding(double[] scales, double[] offsets, double low, double high, Link link) {
        Arguments.finite(scales, "scales");
        Arguments.finite(offsets, "offsets");
        Arguments.that(low <= high, "The outputs cannot lie between %s and %s.", low, high);
        this.scales = scales;
        this.offsets = offsets;
        this.low = low;
        this.high = high;
        this.link = link;
    }

    void check(int outputs) {
        Arguments.that(
                scales.length == offsets.length && (scales.length == 0 || scales.length == outputs),
                "%d scales and %d offsets are given for %d outputs.",
                scales.length,
                offsets.length,
                outputs);
    }

    /** Final outputs of a member. */
    void apply(float[] margins, double[] out) {
        for (int k = 0; k < margins.length; k++) {
            float margin =
                    Float.isNaN(margins[k]) ? 0 : Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, margins[k]));
            double value = scales.length == 0 ? margin : margin * scales[k] + offsets[k];
            value = Math.max(low, Math.min(high, value));
            out[k] = Math.max(-MAX_OUTPUT, Math.min(MAX_OUTPUT, value));
        }
        link.apply(out, margins.length);
    }
}
