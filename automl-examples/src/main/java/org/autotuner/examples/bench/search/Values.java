package org.autotuner.examples.bench.search;

import org.autotuner.space.Configuration;

/** Values of a configuration by name, since formulas know names rather than parameters. */
final class Values {

    private Values() {}

    static double number(Configuration configuration, String name) {
        return ((Number) value(configuration, name)).doubleValue();
    }

    static String text(Configuration configuration, String name) {
        return value(configuration, name).toString();
    }

    static double log10(Configuration configuration, String name) {
        return Math.log10(number(configuration, name));
    }

    private static Object value(Configuration configuration, String name) {
        Object value = configuration.value(name);
        if (value == null) {
            throw new IllegalArgumentException("Parameter '%s' is not active in %s.".formatted(name, configuration));
        }
        return value;
    }
}
