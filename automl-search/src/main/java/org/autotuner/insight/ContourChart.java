package org.autotuner.insight;

import java.util.List;

/** Means over two parameters as a map, with the trials on it. */
final class ContourChart {

    private static final double WIDTH = 330;
    private static final double HEIGHT = 300;
    private static final double LEFT = 62;
    private static final double RIGHT = 320;
    private static final double TOP = 12;
    private static final double BOTTOM = 250;
    private static final int MOST_POINTS = 200;

    private ContourChart() {}

    static String of(Contour contour, boolean isMaximised, int best) {
        Svg svg = new Svg(
                WIDTH,
                HEIGHT,
                "Values by " + contour.x().label() + " and " + contour.y().label());
        double low = contour.means().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(0);
        double high = contour.means().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        int rows = contour.means().size();
        for (int row = 0; row < rows; row++) {
            List<Double> cells = contour.means().get(row);
            for (int cell = 0; cell < cells.size(); cell++) {
                double share = high > low ? (cells.get(cell) - low) / (high - low) : 0.5;
                double x = x(cell / (double) cells.size());
                double top = y((row + 1) / (double) rows);
                svg.rect(
                        "cell " + ValueScale.shadeOf(isMaximised ? share : 1 - share),
                        x,
                        top,
                        x((cell + 1) / (double) cells.size()) - x,
                        y(row / (double) rows) - top,
                        "mean %s at %s, %s"
                                .formatted(
                                        Numbers.text(cells.get(cell)),
                                        contour.x().valueAt((cell + 0.5) / cells.size()),
                                        contour.y().valueAt((row + 0.5) / rows)));
            }
        }
        int stride = Math.max(1, (contour.points().size() + MOST_POINTS - 1) / MOST_POINTS);
        for (int i = 0; i < contour.points().size(); i++) {
            Contour.Point point = contour.points().get(i);
            if (i % stride == 0 || point.trial() == best) {
                svg.circle(
                        point.trial() == best ? "better" : "spot",
                        x(point.x()),
                        y(point.y()),
                        point.trial() == best ? 5 : 2,
                        "trial %d: %s".formatted(point.trial(), Numbers.text(point.value())));
            }
        }
        Ticks.below(svg, contour.x(), LEFT, RIGHT, BOTTOM);
        for (Axis.Tick tick : contour.y().ticks()) {
            svg.line("axis", LEFT - 4, y(tick.position()), LEFT, y(tick.position()));
            svg.text("tick end", LEFT - 7, y(tick.position()) + 4, Markup.cut(tick.text(), 6));
        }
        svg.text(
                "label middle strong",
                (LEFT + RIGHT) / 2,
                HEIGHT - 10,
                Markup.cut(contour.x().label(), 36));
        svg.upward(
                "label middle strong",
                12,
                (TOP + BOTTOM) / 2,
                Markup.cut(contour.y().label(), 34));
        return svg.end();
    }

    private static double x(double place) {
        return LEFT + 6 + (RIGHT - LEFT - 12) * place;
    }

    private static double y(double place) {
        return BOTTOM - 4 - (BOTTOM - TOP - 8) * place;
    }
}
