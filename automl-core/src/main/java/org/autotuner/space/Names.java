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

    static int integer(String name, JsonElement json) {
        try {
            return number(name, json).intValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("Parameter '%s': %s is not an integer.".formatted(name, json), e);
        }
    }

    /** The first option, which is the default until another is set. */
    static <T> T first(String name, List<T> options) {
        check(name);
        if (options.isEmpty()) {
            throw new IllegalArgumentException("Parameter '%s' needs at least one option.".formatted(name));
        }
        return options.get(0);
    }

    static <T> void checkOptions(String name, List<T> options, T defaultValue) {
        first(name, options);
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
