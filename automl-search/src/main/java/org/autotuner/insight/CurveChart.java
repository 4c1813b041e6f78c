package org.autotuner.insight;

import java.util.List;
import java.util.stream.IntStream;

/** The best value so far over the trials. */
final class CurveChart {

    private static final double WIDTH = 1_040;
    private static final double HEIGHT = 300;
    private static final double LEFT = 64;
    private static final double RIGHT = 1_024;
    private static final double TOP = 14;
    private static final double BOTTOM = 256;
    private static final int MOST_POINTS = 1_500;

    private CurveChart() {}

    static String of(BestSoFar curve, ValueScale scale) {
        List<BestSoFar.Point> points = curve.points();
        int last = Math.max(1, points.get(points.size() - 1).trial());
        Svg svg = new Svg(WIDTH, HEIGHT, "Best value so far by trial");
        for (Axis.Tick tick : scale.ticks()) {
            double y = y(tick.position());
            svg.line("grid", LEFT, y, RIGHT, y).text("tick end", LEFT - 8, y + 4, tick.text());
        }
        for (double tick : Numbers.round(0, last, 9)) {
            if (tick == Math.rint(tick)) {
                svg.text("tick middle", x(tick, last), BOTTOM + 20, Numbers.text(tick));
            }
        }
        svg.text("label middle", (LEFT + RIGHT) / 2, HEIGHT - 6, "trial");
        svg.upward("label middle", 14, (TOP + BOTTOM) / 2, scale.isLog() ? "value (log scale)" : "value");
        int stride = (points.size() + MOST_POINTS - 1) / MOST_POINTS;
        IntStream.range(0, points.size())
                .filter(i -> i % stride == 0)
                .mapToObj(points::get)
                .forEach(point -> svg.circle(
                        scale.isOut(point.value()) ? "dot out" : "dot",
                        x(point.trial(), last),
                        y(scale.position(point.value())),
                        3,
                        "trial %d: %s".formatted(point.trial(), Numbers.text(point.value()))));
        StringBuilder path = new StringBuilder();
        double before = Double.NaN;
        for (BestSoFar.Point point : points) {
            if (point.best() != before) {
                String x = Svg.number(x(point.trial(), last));
                String y = Svg.number(y(scale.position(point.best())));
                path.append(path.isEmpty() ? "M%s %s".formatted(x, y) : "H%sV%s".formatted(x, y));
                before = point.best();
            }
        }
        svg.path("best", path.append("H").append(Svg.number(RIGHT)).toString(), "");
        before = Double.NaN;
        for (BestSoFar.Point point : points) {
            if (point.best() != before) {
                svg.circle(
                        "better",
                        x(point.trial(), last),
                        y(scale.position(point.best())),
                        4,
                        "trial %d: best so far %s".formatted(point.trial(), Numbers.text(point.best())));
                before = point.best();
            }
        }
        return svg.end();
    }

    private static double x(double trial, int last) {
        return LEFT + 8 + (RIGHT - LEFT - 16) * trial / last;
    }

    private static double y(double position) {
        return BOTTOM - 4 - (BOTTOM - TOP - 8) * position;
    }
}
