package org.autotuner.space;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.List;

/** Options with an order; neighbours are alike. Written to JSON by {@code String.valueOf}. */
public record OrdinalParameter<T>(String name, List<T> options, T defaultValue) implements Parameter<T> {

    public OrdinalParameter {
        options = List.copyOf(options);
        Names.checkOptions(name, options, defaultValue);
    }

    static <T> OrdinalParameter<T> of(String name, List<T> options) {
        return new OrdinalParameter<>(name, options, Names.first(name, options));
    }

    public OrdinalParameter<T> withDefault(T value) {
        return new OrdinalParameter<>(name, options, value);
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
