package org.autotuner.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How a fit went. Immutable and thread-safe.
 *
 * @param task what was predicted, and why that was inferred
 * @param firstModelSeconds when the first model better than the prior was there; NaN if none ever was
 * @param trials finished trials, the prior included
 * @param families why each family was used or skipped, by id
 * @param warnings about the data and the run, in words
 * @param notes what was decided: rows, folds, members, refits
 * @param metric by which everything was chosen
 * @param validation honest score of the delivered model
 */
public record FitReport(
        String task,
        double elapsedSeconds,
        double firstModelSeconds,
        int trials,
        Map<String, String> families,
        List<String> warnings,
        List<String> notes,
        String metric,
        Validation validation) {

    /**
     * An honest score with its 90 % interval, in the metric's own units.
     *
     * @param method how it was measured, in words
     */
    public record Validation(double value, double low, double high, String method) {}

    public FitReport {
        families = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(families));
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }

    /** When the first model better than the prior was there, in seconds since the call of fit. */
    public OptionalDouble firstModel() {
        return Double.isNaN(firstModelSeconds) ? OptionalDouble.empty() : OptionalDouble.of(firstModelSeconds);
    }

    /** One JSON object with all of it. */
    public String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("task", task);
        json.addProperty("elapsed_s", elapsedSeconds);
        json.add("first_model_s", number(firstModelSeconds));
        json.addProperty("trials", trials);
        JsonObject reasons = new JsonObject();
        families.forEach(reasons::addProperty);
        json.add("families", reasons);
        json.add("warnings", array(warnings));
        json.add("notes", array(notes));
        json.addProperty("metric", metric);
        json.add("validation_value", number(validation.value()));
        json.add("validation_low", number(validation.low()));
        json.add("validation_high", number(validation.high()));
        json.addProperty("validation_method", validation.method());
        return json.toString();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(task).append('\n');
        text.append(String.format(Locale.ROOT, "%d trials in %.1f s", trials, elapsedSeconds));
        if (firstModel().isPresent()) {
            text.append(String.format(Locale.ROOT, ", the first model after %.1f s", firstModelSeconds));
        }
        text.append(String.format(Locale.ROOT, "%n%s %.5g (", metric, validation.value()));
        if (!Double.isNaN(validation.low())) {
            text.append(
                    String.format(Locale.ROOT, "90 %% interval %.5g to %.5g; ", validation.low(), validation.high()));
        }
        text.append(validation.method()).append(String.format(")%n"));
        families.forEach((family, reason) ->
                text.append("  ").append(family).append(": ").append(reason).append('\n'));
        warnings.forEach(warning -> text.append("  warning: ").append(warning).append('\n'));
        notes.forEach(note -> text.append("  ").append(note).append('\n'));
        return text.toString();
    }

    private static com.google.gson.JsonElement number(double value) {
        return Double.isNaN(value) || Double.isInfinite(value)
                ? JsonNull.INSTANCE
                : new com.google.gson.JsonPrimitive(value);
    }

    private static JsonArray array(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
