package org.autotuner.models.torch;

import java.util.Map;

/** Weights of one network by name. */
public final class NamedWeights {

    private final Map<String, float[]> arrays;

    NamedWeights(Map<String, float[]> arrays) {
        this.arrays = Map.copyOf(arrays);
    }

    public boolean has(String name) {
        return arrays.containsKey(name);
    }

    /**
     * The values of a parameter or statistic; not to be changed.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public float[] get(String name) {
        float[] values = arrays.get(name);
        if (values == null) {
            throw new IllegalArgumentException("There is no parameter '%s' among %s.".formatted(name, arrays.keySet()));
        }
        return values;
    }
}
