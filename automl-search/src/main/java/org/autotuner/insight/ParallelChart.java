package org.autotuner.insight;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Trials as lines over the parameters; the best ones are drawn last and strongest. */
final class ParallelChart {

    static final int MOST_AXES = 12;
    static final int MOST_LINES = 500;

    private static final double WIDTH = 1_040;
    private static final double HEIGHT = 380;
    private static final double LEFT = 70;
    private static final double RIGHT = 970;
    private static final double TOP = 56;
    private static final double BOTTOM = 318;
    private static final double INACTIVE = 356;

    private ParallelChart() {}

    static String of(ParallelCoordinates data, ValueScale scale, boolean isMaximised) {
        List<Axis> axes = data.axes().stream().limit(MOST_AXES).toList();
        Svg svg = new Svg(WIDTH, HEIGHT, "Parallel coordinates of the completed trials");
        boolean hasInactive = false;
        Comparator<ParallelCoordinates.Line> byValue = Comparator.comparing(ParallelCoordinates.Line::value);
        List<ParallelCoordinates.Line> bestFirst = data.lines().stream()
                .sorted(isMaximised ? byValue.reversed() : byValue)
                .toList();
        List<ParallelCoordinates.Line> chosen = chosen(bestFirst);
        for (int i = chosen.size() - 1; i >= 0; i--) {
            ParallelCoordinates.Line line = chosen.get(i);
            StringBuilder path = new StringBuilder();
            double fromX = 0;
            double fromY = 0;
            for (int axis = 0; axis <= axes.size(); axis++) {
                boolean isValue = axis == axes.size();
                double place = isValue
                        ? scale.position(line.value())
                        : line.positions().get(axis);
                hasInactive |= Double.isNaN(place);
                double x = x(axis, axes.size());
                double y = y(place);
                if (axis == 0) {
                    path.append("M").append(Svg.number(x)).append(' ').append(Svg.number(y));
                } else {
                    String middle = Svg.number((fromX + x) / 2);
                    path.append("C%s %s %s %s %s %s"
                            .formatted(middle, Svg.number(fromY), middle, Svg.number(y), Svg.number(x), Svg.number(y)));
                }
                fromX = x;
                fromY = y;
            }
            String css = i == 0 ? "thread first" : "thread " + scale.shade(line.value());
            svg.path(css, path.toString(), "trial %d: %s".formatted(line.trial(), Numbers.text(line.value())));
        }
        for (int axis = 0; axis <= axes.size(); axis++) {
            boolean isValue = axis == axes.size();
            double x = x(axis, axes.size());
            svg.line("axis", x, TOP, x, BOTTOM);
            String label = isValue ? "value" : axes.get(axis).label();
            int most = Math.max(6, 140 / (axes.size() + 1));
            svg.text(
                    "label middle strong",
                    x,
                    axis % 2 == 1 && axes.size() > 5 ? TOP - 30 : TOP - 14,
                    Markup.cut(label, most));
            List<Axis.Tick> ticks = isValue ? scale.ticks() : axes.get(axis).ticks();
            for (Axis.Tick tick : ticks) {
                double y = y(tick.position());
                svg.line("axis", x - 3, y, x + 3, y);
                String text = Markup.cut(tick.text(), 12);
                svg.text(isValue ? "tick start halo" : "tick end halo", isValue ? x + 8 : x - 7, y + 4, text);
            }
        }
        if (hasInactive) {
            svg.line("grid", LEFT, INACTIVE, RIGHT, INACTIVE)
                    .text("tick start halo", LEFT - 66, INACTIVE + 4, "not active");
        }
        return svg.end();
    }

    /** The best hundred, and of the others as many as there is room for, evenly over their ranks. */
    private static List<ParallelCoordinates.Line> chosen(List<ParallelCoordinates.Line> bestFirst) {
        if (bestFirst.size() <= MOST_LINES) {
            return bestFirst;
        }
        Set<ParallelCoordinates.Line> chosen = new LinkedHashSet<>(bestFirst.subList(0, 100));
        int left = MOST_LINES - 100;
        for (int i = 0; i < left; i++) {
            chosen.add(bestFirst.get(100 + (int) ((bestFirst.size() - 100L) * i / left)));
        }
        return List.copyOf(chosen);
    }

    private static double x(int axis, int axes) {
        return LEFT + (RIGHT - LEFT) * axis / Math.max(1, axes);
    }

    private static double y(double place) {
        return Double.isNaN(place) ? INACTIVE : BOTTOM - (BOTTOM - TOP) * place;
    }
}
