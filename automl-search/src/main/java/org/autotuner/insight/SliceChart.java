package org.autotuner.insight;

import java.util.List;
import java.util.stream.IntStream;

/** Values against one parameter, with the mean over the others. */
final class SliceChart {

    private static final double WIDTH = 330;
    private static final double HEIGHT = 230;
    private static final double LEFT = 52;
    private static final double RIGHT = 320;
    private static final double TOP = 12;
    private static final double BOTTOM = 182;
    private static final int MOST_POINTS = 600;

    private SliceChart() {}

    static String of(Slice slice, ValueScale scale, int best) {
        Svg svg = new Svg(WIDTH, HEIGHT, "Values by " + slice.axis().label());
        for (Axis.Tick tick : scale.ticks()) {
            double y = y(tick.position());
            svg.line("grid", LEFT, y, RIGHT, y).text("tick end", LEFT - 6, y + 4, tick.text());
        }
        Ticks.below(svg, slice.axis(), LEFT, RIGHT, BOTTOM);
        svg.text(
                "label middle strong",
                (LEFT + RIGHT) / 2,
                HEIGHT - 8,
                Markup.cut(slice.axis().label(), 36));
        List<Slice.Point> points = slice.points();
        int stride = Math.max(1, (points.size() + MOST_POINTS - 1) / MOST_POINTS);
        IntStream.range(0, points.size())
                .filter(i -> i % stride == 0)
                .mapToObj(points::get)
                .forEach(point -> point(svg, point, slice.axis(), scale, "dot"));
        if (!slice.means().isEmpty()) {
            svg.path("mean", path(slice, scale), "");
        }
        points.stream()
                .filter(point -> point.trial() == best)
                .forEach(point -> point(svg, point, slice.axis(), scale, "better"));
        return svg.end();
    }

    private static void point(Svg svg, Slice.Point point, Axis axis, ValueScale scale, String css) {
        svg.circle(
                css,
                x(point.position()),
                y(scale.position(point.value())),
                css.equals("dot") ? 2.6 : 4.5,
                "trial %d: %s at %s"
                        .formatted(point.trial(), Numbers.text(point.value()), axis.valueAt(point.position())));
    }

    /** A line, or a step per option where options have no order. */
    private static String path(Slice slice, ValueScale scale) {
        StringBuilder path = new StringBuilder();
        double half = 0.35 / slice.means().size();
        for (Slice.Mean mean : slice.means()) {
            String y = Svg.number(y(scale.position(mean.value())));
            if (slice.axis().isCategorical()) {
                path.append("M%s %sH%s"
                        .formatted(Svg.number(x(mean.position() - half)), y, Svg.number(x(mean.position() + half))));
            } else {
                path.append(path.isEmpty() ? "M" : "L")
                        .append(Svg.number(x(mean.position())))
                        .append(' ')
                        .append(y);
            }
        }
        return path.toString();
    }

    private static double x(double place) {
        return LEFT + 6 + (RIGHT - LEFT - 12) * place;
    }

    private static double y(double place) {
        return BOTTOM - 4 - (BOTTOM - TOP - 8) * place;
    }
}
