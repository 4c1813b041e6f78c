package org.autotuner.examples.bench.search;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;

/**
 * Search spaces as {@code objectives.json} writes them: a flat list in which {@code when} names the parent and its
 * values. Here a choice owns a child space per option, so a parameter that exists under several options of its parent
 * becomes an equal parameter of each of these child spaces.
 */
final class SpaceReader {

    private final List<JsonObject> entries;

    private SpaceReader(List<JsonObject> entries) {
        this.entries = entries;
    }

    /**
     * Reads a space.
     *
     * @throws IllegalArgumentException for an unknown type, or a condition on what is no earlier {@code cat} parameter
     */
    static SearchSpace read(JsonArray space) {
        List<JsonObject> entries = new ArrayList<>();
        for (JsonElement element : space) {
            JsonObject entry = element.getAsJsonObject();
            if (entry.has("when")) {
                checkParent(entry, entries);
            }
            entries.add(entry);
        }
        return new SpaceReader(entries).under(Optional.empty(), "");
    }

    private static void checkParent(JsonObject entry, List<JsonObject> earlier) {
        String parent = parent(entry).orElseThrow();
        boolean isChoice = earlier.stream()
                .anyMatch(other -> name(other).equals(parent)
                        && other.get("type").getAsString().equals("cat"));
        if (!isChoice) {
            throw new IllegalArgumentException(
                    "Parameter '%s' depends on '%s', which is no parameter of type cat before it."
                            .formatted(name(entry), parent));
        }
    }

    private SearchSpace under(Optional<String> parent, String option) {
        List<Parameter<?>> found = new ArrayList<>();
        for (JsonObject entry : entries) {
            if (parent(entry).equals(parent) && (parent.isEmpty() || isFor(entry, option))) {
                found.add(parameter(entry));
            }
        }
        return SearchSpace.of(found);
    }

    private Parameter<?> parameter(JsonObject entry) {
        String name = name(entry);
        boolean isLog = entry.has("log") && entry.get("log").getAsBoolean();
        String type = entry.get("type").getAsString();
        return switch (type) {
            case "float" -> {
                var reals = Parameter.reals(
                        name, entry.get("low").getAsDouble(), entry.get("high").getAsDouble());
                yield isLog ? reals.log() : reals;
            }
            case "int" -> {
                var ints = Parameter.ints(
                        name, entry.get("low").getAsInt(), entry.get("high").getAsInt());
                yield isLog ? ints.log() : ints;
            }
            case "cat" -> choice(name, entry.getAsJsonArray("choices"));
            default -> throw new IllegalArgumentException(
                    "Parameter '%s' is of type '%s'; known are float, int and cat.".formatted(name, type));
        };
    }

    private ChoiceParameter<String> choice(String name, JsonArray choices) {
        String[] options = new String[choices.size()];
        for (int i = 0; i < options.length; i++) {
            options[i] = choices.get(i).getAsString();
        }
        ChoiceParameter<String> choice = Parameter.choice(name, options);
        for (String option : options) {
            SearchSpace child = under(Optional.of(name), option);
            if (!child.parameters().isEmpty()) {
                choice = choice.when(option, child);
            }
        }
        return choice;
    }

    private static String name(JsonObject entry) {
        return entry.get("name").getAsString();
    }

    private static Optional<String> parent(JsonObject entry) {
        return entry.has("when")
                ? Optional.of(entry.getAsJsonObject("when").get("param").getAsString())
                : Optional.empty();
    }

    private static boolean isFor(JsonObject entry, String option) {
        for (JsonElement value : entry.getAsJsonObject("when").getAsJsonArray("in")) {
            if (value.getAsString().equals(option)) {
                return true;
            }
        }
        return false;
    }
}
