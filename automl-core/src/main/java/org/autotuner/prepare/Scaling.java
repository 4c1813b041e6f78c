package org.autotuner.prepare;

import org.autotuner.bundle.Node;

/**
 * Moves, scales and, if asked, smoothly clips a number: z = (x - center) * factor, then z / sqrt(1 + (z / 3)^2), which
 * stays within -3..3 (Holzmueller, Grinsztajn, Steinwart 2024, arXiv 2407.04491).
 */
record Scaling(double center, double factor, boolean clipped) {

    static final Scaling NONE = new Scaling(0, 1, false);

    float apply(double number) {
        double scaled = (number - center) * factor;
        if (!clipped) {
            return RawNumber.toFloat(scaled);
        }
        // Beyond 1e100 the square could overflow; the limit is reached long before.
        double bounded = Math.max(-1e100, Math.min(1e100, scaled));
        return (float) (bounded / Math.sqrt(1 + bounded / 3 * (bounded / 3)));
    }

    void write(Node node) {
        node.put("center", center).put("factor", factor).put("clipped", clipped);
    }

    static Scaling read(Node node) {
        double center = node.real("center");
        double factor = node.real("factor");
        if (!Double.isFinite(center) || !Double.isFinite(factor)) {
            throw node.wrong("factor", "or the center is not a finite number");
        }
        return new Scaling(center, factor, node.flag("clipped"));
    }

    /** Mean 0 and standard deviation 1. */
    static Scaling standard(NumericSummary summary) {
        return new Scaling(summary.mean(), summary.deviation() > 0 ? 1 / summary.deviation() : 1, false);
    }

    /** Median 0 and interquartile range 1 (half the range where the quartiles are equal), smoothly clipped. */
    static Scaling robust(NumericSummary summary) {
        double spread = summary.quantile(0.75) - summary.quantile(0.25);
        if (!(spread > 0)) {
            spread = summary.max() / 2 - summary.min() / 2;
        }
        double factor = spread > 0 ? 1 / spread : 1;
        return new Scaling(summary.quantile(0.5), Double.isFinite(factor) ? factor : 1, true);
    }
}
