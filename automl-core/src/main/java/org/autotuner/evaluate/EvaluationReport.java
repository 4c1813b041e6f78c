package org.autotuner.evaluate;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Locale;
import org.autotuner.metric.ConfusionMatrix;

/** An evaluation as text and as JSON. */
final class EvaluationReport {

    private static final int MOST_LABELS = 12;

    private EvaluationReport() {}

    static String text(Evaluation evaluation) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s task on %d rows (with 90 %% intervals)%n",
                evaluation.task().kind(),
                evaluation.rows()));
        evaluation
                .scores()
                .forEach((name, interval) -> text.append(String.format(Locale.ROOT, "  %-24s %s%n", name, interval)));
        evaluation.confusionMatrix().ifPresent(matrix -> append(text, matrix));
        evaluation
                .residuals()
                .ifPresent(r -> text.append(String.format(
                        Locale.ROOT,
                        "residuals: mean %.4g, least %.4g, quartiles %.4g %.4g %.4g, largest %.4g%n",
                        r.mean(),
                        r.least(),
                        r.quarter(),
                        r.median(),
                        r.threeQuarters(),
                        r.largest())));
        return text.toString();
    }

    private static void append(StringBuilder text, ConfusionMatrix matrix) {
        List<String> labels = matrix.labels();
        if (labels.size() > MOST_LABELS) {
            return;
        }
        text.append("confusion matrix (rows: truth, columns: decision)").append(System.lineSeparator());
        text.append(String.format(Locale.ROOT, "  %-16s", ""));
        labels.forEach(label -> text.append(String.format(Locale.ROOT, " %12.12s", label)));
        text.append(System.lineSeparator());
        for (int truth = 0; truth < labels.size(); truth++) {
            text.append(String.format(Locale.ROOT, "  %-16.16s", labels.get(truth)));
            for (int choice = 0; choice < labels.size(); choice++) {
                text.append(String.format(Locale.ROOT, " %12.6g", matrix.at(truth, choice)));
            }
            text.append(System.lineSeparator());
        }
    }

    static String json(Evaluation evaluation) {
        JsonObject json = new JsonObject();
        json.addProperty("task", evaluation.task().kind());
        json.addProperty("target", evaluation.task().target());
        json.addProperty("rows", evaluation.rows());
        JsonObject scores = new JsonObject();
        evaluation.scores().forEach((name, interval) -> {
            JsonObject score = new JsonObject();
            score.add("value", number(interval.value()));
            score.add("low", number(interval.low()));
            score.add("high", number(interval.high()));
            scores.add(name, score);
        });
        json.add("metrics", scores);
        evaluation.confusionMatrix().ifPresent(matrix -> json.add("confusion_matrix", confusion(matrix)));
        JsonArray curves = new JsonArray();
        evaluation.curves().forEach(curve -> curves.add(curve(curve)));
        json.add("curves", curves);
        evaluation.residuals().ifPresent(r -> {
            JsonObject residuals = new JsonObject();
            residuals.add("mean", number(r.mean()));
            residuals.add("least", number(r.least()));
            residuals.add("quarter", number(r.quarter()));
            residuals.add("median", number(r.median()));
            residuals.add("three_quarters", number(r.threeQuarters()));
            residuals.add("largest", number(r.largest()));
            json.add("residuals", residuals);
        });
        return json.toString();
    }

    private static JsonObject confusion(ConfusionMatrix matrix) {
        JsonObject json = new JsonObject();
        JsonArray labels = new JsonArray();
        matrix.labels().forEach(labels::add);
        json.add("labels", labels);
        JsonArray rows = new JsonArray();
        for (int truth = 0; truth < matrix.labels().size(); truth++) {
            JsonArray row = new JsonArray();
            for (int choice = 0; choice < matrix.labels().size(); choice++) {
                row.add(matrix.at(truth, choice));
            }
            rows.add(row);
        }
        json.add("counts", rows);
        return json;
    }

    private static JsonObject curve(Curve curve) {
        JsonObject json = new JsonObject();
        json.addProperty("name", curve.name());
        json.addProperty("label", curve.label());
        JsonArray x = new JsonArray();
        JsonArray y = new JsonArray();
        JsonArray at = new JsonArray();
        curve.points().forEach(point -> {
            x.add(number(point.x()));
            y.add(number(point.y()));
            at.add(number(point.at()));
        });
        json.add(curve.xName(), x);
        json.add(curve.yName(), y);
        json.add("at", at);
        return json;
    }

    private static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }
}
