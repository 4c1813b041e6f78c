package org.autotuner.insight;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;

/** The best trials, and why others failed. */
final class TrialTable {

    static final int ROWS = 15;
    private static final int MOST_COLUMNS = 12;
    private static final int MOST_CAUSES = 8;

    private TrialTable() {}

    static String of(List<Trial> completed, List<Axis> axes, ValueScale scale, boolean isMaximised) {
        List<Axis> columns = axes.stream().limit(MOST_COLUMNS).toList();
        StringBuilder out = new StringBuilder("<div class=\"wide\"><table><thead><tr><th>trial</th><th>value</th>");
        columns.forEach(axis -> out.append("<th>%s</th>".formatted(Markup.escape(axis.label()))));
        out.append("<th>seconds</th></tr></thead><tbody>");
        Comparator<Trial> byValue = Comparator.comparing(trial -> trial.value().orElseThrow());
        completed.stream()
                .sorted(isMaximised ? byValue.reversed() : byValue)
                .limit(ROWS)
                .forEach(trial -> {
                    double value = trial.value().orElseThrow();
                    out.append("<tr><td>%d</td><td><i class=\"chip %s\"></i>%s</td>"
                            .formatted(trial.number(), scale.shade(value), Numbers.text(value)));
                    columns.forEach(axis -> out.append("<td>%s</td>".formatted(Markup.escape(cell(trial, axis)))));
                    out.append("<td>%s</td></tr>"
                            .formatted(Numbers.text(
                                    Objects.requireNonNull(trial.outcome()).seconds())));
                });
        return out.append("</tbody></table></div>").toString();
    }

    /** Causes of failures with how often they came; empty if nothing failed. */
    static String failures(List<Trial> trials) {
        Map<String, Long> causes = trials.stream()
                .filter(trial -> trial.outcome() instanceof TrialOutcome.Failed)
                .collect(Collectors.groupingBy(
                        trial -> ((TrialOutcome.Failed) Objects.requireNonNull(trial.outcome())).cause(),
                        LinkedHashMap::new,
                        Collectors.counting()));
        if (causes.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("<details><summary>Why trials failed</summary><ul>");
        causes.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_CAUSES)
                .forEach(cause -> out.append("<li>%d \u00d7 %s</li>"
                        .formatted(cause.getValue(), Markup.escape(Markup.cut(cause.getKey(), 300)))));
        return out.append("</ul></details>").toString();
    }

    private static String cell(Trial trial, Axis axis) {
        Object value = trial.configuration().has(axis.parameter())
                ? trial.configuration().value(axis.parameter().name())
                : null;
        return value == null
                ? "\u2013"
                : value instanceof Double number ? Numbers.text(number) : Markup.cut(value.toString(), 40);
    }
}
