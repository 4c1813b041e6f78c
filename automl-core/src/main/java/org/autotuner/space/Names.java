package org.autotuner.space;

import com.google.gson.JsonElement;
import java.math.BigDecimal;
import java.util.List;

/** Checks shared by the parameter kinds. */
final class Names {

    private Names() {}

    static void check(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A parameter needs a name that is not blank.");
        }
    }

    static BigDecimal number(String name, JsonElement json) {
        if (!json.isJsonPrimitive() || !json.getAsJsonPrimitive().isNumber()) {
            throw new IllegalArgumentException("Parameter '%s': %s is not a number.".formatted(name, json));
        }
        return json.getAsBigDecimal();
    }

    static <T> void checkOptions(String name, List<T> options, T defaultValue) {
        check(name);
        if (options.isEmpty()) {
            throw new IllegalArgumentException("Parameter '%s' needs at least one option.".formatted(name));
        }
        if (options.stream().map(String::valueOf).distinct().count() != options.size()) {
            throw new IllegalArgumentException("Parameter '%s' has an option twice: %s.".formatted(name, options));
        }
        if (!options.contains(defaultValue)) {
            throw new IllegalArgumentException(
                    "Parameter '%s': the default %s is not one of %s.".formatted(name, defaultValue, options));
        }
    }

    static <T> T option(String name, List<T> options, JsonElement json) {
        if (json.isJsonPrimitive()) {
            for (T option : options) {
                if (String.valueOf(option).equals(json.getAsString())) {
                    return option;
                }
            }
        }
        throw new IllegalArgumentException("Parameter '%s': %s is not one of %s.".formatted(name, json, options));
    }
}
