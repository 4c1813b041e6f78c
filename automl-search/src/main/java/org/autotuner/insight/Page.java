package org.autotuner.insight;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.autotuner.optimize.Recommendation;
import org.autotuner.study.Trial;

/** The page of a study: one file of text, style and inline pictures. */
final class Page {

    private static final int MOST_SLICES = 9;
    private static final int MOST_CONTOURS = 3;

    private final StudyInsight study;
    private final String title;
    private final List<Trial> completed;
    private final StringBuilder out = new StringBuilder(1 << 16);

    Page(StudyInsight study, String title) {
        this.study = study;
        this.title = title;
        this.completed = study.completed();
    }

    String html() {
        String safe = Markup.escape(title);
        out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<meta name=\"color-scheme\" content=\"light dark\">")
                .append("<title>")
                .append(safe)
                .append("</title><style>")
                .append(Style.CSS)
                .append("</style></head><body><main><header><h1>")
                .append(safe)
                .append("</h1><p>")
                .append(summary())
                .append("</p></header>");
        if (completed.isEmpty()) {
            out.append("<section><h2>No trial completed</h2><p class=\"note\">There is nothing to compare yet.</p>")
                    .append(TrialTable.failures(study.trials()))
                    .append("</section>");
        } else {
            body();
        }
        return out.append("</main></body></html>\n").toString();
    }

    private void body() {
        ValueScale scale = ValueScale.of(
                completed.stream().map(trial -> trial.value().orElseThrow()).toList(), study.isMaximised());
        Comparator<Trial> byValue = Comparator.comparing(trial -> trial.value().orElseThrow());
        Trial best = completed.stream()
                .min(study.isMaximised() ? byValue.reversed() : byValue)
                .orElseThrow();
        tiles(best);
        section(
                "Best value so far",
                "Each dot is a completed trial; the line is the best value up to it.",
                "<div class=\"wide\">" + CurveChart.of(study.bestSoFar(), scale) + "</div>");
        if (study.importance().isEmpty()) {
            section(
                    "Importance",
                    "",
                    "<p class=\"note\">Ten completed trials with different values are needed to tell"
                            + " which parameters matter.</p>");
        } else {
            section("What matters", "", ImportanceChart.of(study.importance(), study.interactions()));
        }
        if (!study.ordered().isEmpty()) {
            parameters(scale, best.number());
        }
        section(
                "Best trials",
                "The best %d of %d completed trials."
                        .formatted(Math.min(TrialTable.ROWS, completed.size()), completed.size()),
                TrialTable.of(completed, study.ordered(), scale, study.isMaximised())
                        + TrialTable.failures(study.trials()));
    }

    private void parameters(ValueScale scale, int best) {
        ParallelCoordinates lines = study.parallelCoordinates();
        String shown = lines.axes().size() > ParallelChart.MOST_AXES
                ? " The %d most important of %d parameters."
                        .formatted(ParallelChart.MOST_AXES, lines.axes().size())
                : "";
        String many = lines.lines().size() > ParallelChart.MOST_LINES
                ? " %d of %d trials, the best hundred among them."
                        .formatted(ParallelChart.MOST_LINES, lines.lines().size())
                : "";
        section(
                "Parallel coordinates",
                "A line is a trial: the stronger its colour, the better; the best one stands out." + shown + many,
                "<div class=\"wide\">" + ParallelChart.of(lines, scale, study.isMaximised()) + "</div>" + legend());
        section(
                "One parameter at a time",
                "Dots are trials, the best one is marked; the line is the mean over all other"
                        + " parameters, as the forest sees it.",
                study.ordered().stream()
                        .limit(MOST_SLICES)
                        .map(axis -> SliceChart.of(study.slice(axis.parameter()), scale, best))
                        .collect(Collectors.joining("", "<div class=\"many\">", "</div>")));
        if (!study.interactions().isEmpty()) {
            section(
                    "Two parameters at a time",
                    "Means over all other parameters for the pairs that matter most;"
                            + " the stronger the colour, the better. Each map has its own scale.",
                    pairs().stream()
                                    .map(pair -> ContourChart.of(
                                            study.contour(
                                                    pair.axes().get(0).parameter(),
                                                    pair.axes().get(1).parameter()),
                                            study.isMaximised(),
                                            best))
                                    .collect(Collectors.joining("", "<div class=\"many\">", "</div>"))
                            + legend());
        }
    }

    /** The pairs of which both parts and what they do together explain most. */
    private List<Importance> pairs() {
        Map<Axis, Double> single = study.importance().stream()
                .collect(Collectors.toMap(one -> one.axes().get(0), Importance::share, (a, b) -> a));
        Comparator<Importance> byShare = Comparator.comparing(pair -> pair.share()
                + pair.axes().stream()
                        .mapToDouble(axis -> single.getOrDefault(axis, 0.0))
                        .sum());
        return study.interactions().stream()
                .sorted(byShare.reversed())
                .limit(MOST_CONTOURS)
                .toList();
    }

    private void tiles(Trial best) {
        double[] values = completed.stream()
                .mapToDouble(trial -> trial.value().orElseThrow())
                .sorted()
                .toArray();
        double seconds = study.trials().stream()
                .mapToDouble(
                        trial -> trial.outcome() == null ? 0 : trial.outcome().seconds())
                .sum();
        out.append("<div class=\"tiles\">");
        tile(
                study.isMaximised() ? "highest value" : "lowest value",
                Numbers.text(best.value().orElseThrow()),
                "lead");
        tile("found by trial", Integer.toString(best.number()), "");
        study.recommended().filter(Recommendation::differs).ifPresent(this::recommended);
        tile("median value", Numbers.text(values[values.length / 2]), "");
        tile("trials", Integer.toString(study.trials().size()), "");
        tile("time in trials", seconds < 120 ? Numbers.text(seconds) + " s" : Numbers.text(seconds / 60) + " min", "");
        out.append("</div>");
    }

    /** Where noise makes another trial the better choice. */
    private void recommended(Recommendation answer) {
        tile("recommended under noise: trial", Integer.toString(answer.trial().number()), "lead");
        tile("expected of it", Numbers.text(answer.expectedValue()), "");
        tile("noise of a value, about", Numbers.text(answer.noiseDeviation()), "");
    }

    private void tile(String name, String amount, String css) {
        out.append("<div class=\"tile %s\"><b>%s</b><span>%s</span></div>".formatted(css, amount, name));
    }

    private void section(String heading, String note, String content) {
        out.append("<section><h2>").append(heading).append("</h2>");
        if (!note.isEmpty()) {
            out.append("<p class=\"note\">").append(note).append("</p>");
        }
        out.append(content).append("</section>");
    }

    private static String legend() {
        StringBuilder legend = new StringBuilder("<p class=\"legend\">worse ");
        for (int shade = 0; shade < 9; shade++) {
            legend.append("<i class=\"chip c").append(shade).append("\"></i>");
        }
        return legend.append(" better <i class=\"chip first\"></i> best</p>").toString();
    }

    private String summary() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String kind : List.of("completed", "pruned", "paused", "failed", "cancelled", "running")) {
            long count = study.trials().stream()
                    .filter(trial -> kind.equals(
                            trial.outcome() == null
                                    ? "running"
                                    : trial.outcome().kind()))
                    .count();
            if (count > 0) {
                counts.put(kind, count);
            }
        }
        return counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(
                                ", ", study.trials().size() + " trials" + (counts.isEmpty() ? "" : ": "), ""))
                + (study.isMaximised() ? "; higher is better" : "; lower is better");
    }
}
