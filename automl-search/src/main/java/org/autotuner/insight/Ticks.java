package org.autotuner.insight;

import java.util.List;

/** Writes the ticks of a parameter below a picture, as many as there is room for. */
final class Ticks {

    private static final double LETTER = 6.2;

    private Ticks() {}

    static void below(Svg svg, Axis axis, double left, double right, double bottom) {
        List<Axis.Tick> ticks = axis.ticks();
        int most = Math.max(3, (int) ((right - left) / LETTER / Math.max(1, ticks.size())) - 1);
        double free = Double.NEGATIVE_INFINITY;
        for (Axis.Tick tick : ticks) {
            double x = left + 6 + (right - left - 12) * tick.position();
            String text = Markup.cut(tick.text(), axis.isCategorical() ? most : 10);
            double half = text.length() * LETTER / 2;
            svg.line("axis", x, bottom, x, bottom + 4);
            if (x - half > free) {
                svg.text("tick middle", x, bottom + 17, text);
                free = x + half + 4;
            }
        }
        svg.line("axis", left, bottom, right, bottom);
    }
}
