package org.autotuner.prepare;

import java.util.HashSet;
import java.util.Set;

/** Gives out each feature name once: a second taker gets a number behind it. Not thread-safe. */
final class FeatureNames {

    private final Set<String> taken = new HashSet<>();

    Feature feature(String name, String source, int cardinality) {
        String free = name;
        for (int number = 2; !taken.add(free); number++) {
            free = name + "~" + number;
        }
        return new Feature(free, source, cardinality);
    }

    Feature number(String name, String source) {
        return feature(name, source, 0);
    }
}
