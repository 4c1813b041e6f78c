package org.autotuner.study;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.autotuner.space.SearchSpace;
import org.jspecify.annotations.Nullable;

/** The JSON of {@link StudyRecord}s; numbers that JSON lacks are texts ({@code "Infinity"}). */
final class RecordJson {

    private RecordJson() {}

    static String write(StudyRecord study) {
        JsonObject json = new JsonObject();
        if (study instanceof StudyRecord.Created created) {
            json.addProperty("kind", "study_created");
            json.addProperty("space", created.space());
            json.addProperty("seed", created.seed());
            json.addProperty("fingerprint", created.fingerprint());
            json.addProperty("version", created.version());
        } else if (study instanceof StudyRecord.Started started) {
            json.addProperty("kind", "trial_started");
            json.addProperty("number", started.number());
            json.add(
                    "configuration",
                    JsonParser.parseString(started.configuration().toJson()));
            write(started.claim(), json);
        } else if (study instanceof StudyRecord.Reported reported) {
            json.addProperty("kind", "trial_reported");
            json.addProperty("number", reported.number());
            json.addProperty("step", reported.report().step());
            json.add("value", real(reported.report().value()));
            write(reported.claim(), json);
        } else if (study instanceof StudyRecord.Finished finished) {
            json.addProperty("kind", "trial_finished");
            json.addProperty("number", finished.number());
            json.add("outcome", write(finished.outcome()));
            JsonObject attributes = new JsonObject();
            new TreeMap<>(finished.attributes()).forEach(attributes::addProperty);
            json.add("attributes", attributes);
            write(finished.claim(), json);
        } else if (study instanceof StudyRecord.Enqueued enqueued) {
            json.addProperty("kind", "trial_enqueued");
            json.add(
                    "configuration",
                    JsonParser.parseString(enqueued.configuration().toJson()));
        } else if (study instanceof StudyRecord.Note note) {
            json.addProperty("kind", "note");
            json.addProperty("text", note.text());
        }
        return json.toString();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws RuntimeException of many kinds (syntax, absent names, values out of the space) if it did not
     */
    static StudyRecord read(String line, SearchSpace space) {
        JsonObject json = JsonParser.parseString(line).getAsJsonObject();
        String kind = text(json, "kind");
        switch (kind) {
            case "study_created":
                return new StudyRecord.Created(
                        text(json, "space"),
                        member(json, "seed").getAsLong(),
                        text(json, "fingerprint"),
                        text(json, "version"));
            case "trial_started":
                return new StudyRecord.Started(
                        number(json), space.parse(member(json, "configuration").toString()), claim(json));
            case "trial_reported":
                return new StudyRecord.Reported(
                        number(json),
                        new Trial.Report(member(json, "step").getAsInt(), real(member(json, "value"))),
                        claim(json));
            case "trial_finished":
                Map<String, String> attributes = new LinkedHashMap<>();
                member(json, "attributes")
                        .getAsJsonObject()
                        .asMap()
                        .forEach((name, value) -> attributes.put(name, value.getAsString()));
                return new StudyRecord.Finished(
                        number(json), outcome(member(json, "outcome").getAsJsonObject()), attributes, claim(json));
            case "trial_enqueued":
                return new StudyRecord.Enqueued(
                        space.parse(member(json, "configuration").toString()));
            case "note":
                return new StudyRecord.Note(text(json, "text"));
            default:
                throw new IllegalArgumentException("'%s' is no kind of line".formatted(kind));
        }
    }

    /** Lines of a study that one process runs have none, and lines of earlier versions neither. */
    private static void write(StudyRecord.@Nullable Claim claim, JsonObject json) {
        if (claim != null) {
            json.addProperty("worker", claim.worker());
            json.addProperty("attempt", claim.attempt());
        }
    }

    private static StudyRecord.@Nullable Claim claim(JsonObject json) {
        return json.has("worker")
                ? new StudyRecord.Claim(
                        text(json, "worker"), member(json, "attempt").getAsInt())
                : null;
    }

    private static JsonObject write(TrialOutcome outcome) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", outcome.kind());
        if (outcome instanceof TrialOutcome.Completed completed) {
            JsonArray values = new JsonArray();
            completed.values().forEach(value -> values.add(real(value)));
            json.add("values", values);
            if (!completed.violations().isEmpty()) {
                JsonArray violations = new JsonArray();
                completed.violations().forEach(violation -> violations.add(real(violation)));
                json.add("violations", violations);
            }
        } else if (outcome instanceof TrialOutcome.Paused paused) {
            json.add("value", real(paused.value()));
        } else if (outcome instanceof TrialOutcome.Pruned pruned) {
            json.add("value", real(pruned.value()));
        } else if (outcome instanceof TrialOutcome.Failed failed) {
            json.addProperty("cause", failed.cause());
        }
        json.add("seconds", real(outcome.seconds()));
        return json;
    }

    private static TrialOutcome outcome(JsonObject json) {
        double seconds = real(member(json, "seconds"));
        String kind = text(json, "kind");
        switch (kind) {
            case "completed":
                List<Double> violations = json.has("violations") ? reals(json, "violations") : List.of();
                return new TrialOutcome.Completed(reals(json, "values"), violations, seconds);
            case "paused":
                return new TrialOutcome.Paused(real(member(json, "value")), seconds);
            case "pruned":
                return new TrialOutcome.Pruned(real(member(json, "value")), seconds);
            case "failed":
                return new TrialOutcome.Failed(text(json, "cause"), seconds);
            case "cancelled":
                return new TrialOutcome.Cancelled(seconds);
            default:
                throw new IllegalArgumentException("'%s' is no kind of outcome".formatted(kind));
        }
    }

    private static JsonPrimitive real(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : new JsonPrimitive(Double.toString(value));
    }

    private static List<Double> reals(JsonObject json, String name) {
        List<Double> values = new ArrayList<>();
        member(json, name).getAsJsonArray().forEach(value -> values.add(real(value)));
        return values;
    }

    private static double real(JsonElement json) {
        return Double.parseDouble(json.getAsString());
    }

    private static int number(JsonObject json) {
        return member(json, "number").getAsInt();
    }

    private static String text(JsonObject json, String name) {
        return member(json, name).getAsString();
    }

    private static JsonElement member(JsonObject json, String name) {
        JsonElement member = json.get(name);
        if (member == null) {
            throw new IllegalArgumentException("'%s' is absent".formatted(name));
        }
        return member;
    }
}
