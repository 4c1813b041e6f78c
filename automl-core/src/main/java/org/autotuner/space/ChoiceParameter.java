package org.autotuner.space;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Options without an order. Each option may own a child space whose parameters exist only while it is chosen, so that
 * conditions form a tree.
 *
 * @param children child spaces by option; options without an entry have none
 */
public record ChoiceParameter<T>(String name, List<T> options, T defaultValue, Map<T, SearchSpace> children)
        implements Parameter<T> {

    public ChoiceParameter {
        options = List.copyOf(options);
        children = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(children));
        Names.checkOptions(name, options, defaultValue);
        for (T option : children.keySet()) {
            if (!options.contains(option)) {
                throw new IllegalArgumentException(
                        "Parameter '%s': a child space is given for %s, which is not one of %s."
                                .formatted(name, option, options));
            }
        }
    }

    static <T> ChoiceParameter<T> of(String name, List<T> options) {
        return new ChoiceParameter<>(name, options, Names.first(name, options), Map.of());
    }

    public ChoiceParameter<T> withDefault(T value) {
        return new ChoiceParameter<>(name, options, value, children);
    }

    /** A copy in which {@code child}'s parameters exist while {@code option} is chosen. */
    public ChoiceParameter<T> when(T option, SearchSpace child) {
        Map<T, SearchSpace> changed = new LinkedHashMap<>(children);
        changed.put(option, child);
        return new ChoiceParameter<>(name, options, defaultValue, changed);
    }

    /** The child space of an option, empty if it has none. */
    public SearchSpace child(T option) {
        return children.getOrDefault(option, SearchSpace.EMPTY);
    }

    @Override
    public T fromUnit(double unit) {
        return options.get((int) Math.min(options.size() - 1, Math.max(0, Math.floor(unit * options.size()))));
    }

    @Override
    public double toUnit(T value) {
        return (options.indexOf(value) + 0.5) / options.size();
    }

    @Override
    public boolean contains(T value) {
        return options.contains(value);
    }

    @Override
    public long cardinality() {
        return options.size();
    }

    @Override
    public JsonElement toJson(T value) {
        return new JsonPrimitive(String.valueOf(value));
    }

    @Override
    public T fromJson(JsonElement json) {
        return Names.option(name, options, json);
    }
}
