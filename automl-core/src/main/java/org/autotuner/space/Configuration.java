package org.autotuner.space;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One value per active parameter of a {@link SearchSpace}. Immutable and thread-safe; equal by names and values. */
public final class Configuration {

    private static final Configuration EMPTY = builder().build();

    private record Entry(Object value, JsonElement json) {}

    private final Map<String, Entry> entries;
    /** Made when first asked for; threads may make it twice, but it is the same text. */
    private @Nullable String json;

    private Configuration(Map<String, Entry> entries) {
        this.entries = entries;
    }

    public static Configuration empty() {
        return EMPTY;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Names of the parameters that have a value, parents before children. */
    public Set<String> names() {
        return entries.keySet();
    }

    public boolean has(Parameter<?> parameter) {
        return entries.containsKey(parameter.name());
    }

    /**
     * The value of a parameter.
     *
     * @throws IllegalArgumentException if the parameter is not active here
     */
    @SuppressWarnings("unchecked") // put() stored a T under this parameter's name
    public <T> T get(Parameter<T> parameter) {
        Entry entry = entries.get(parameter.name());
        if (entry == null) {
            throw new IllegalArgumentException(
                    "Parameter '%s' is not active in %s.".formatted(parameter.name(), toJson()));
        }
        return (T) entry.value();
    }

    /** The value of a parameter, or its default where it is not active. */
    public <T> T getOrDefault(Parameter<T> parameter) {
        return has(parameter) ? get(parameter) : parameter.defaultValue();
    }

    /** A copy with one value set or replaced. */
    public <T> Configuration with(Parameter<T> parameter, T value) {
        Builder builder = builder();
        builder.values.putAll(entries);
        return builder.set(parameter, value).build();
    }

    /** A copy without the value under a name, if there is one. */
    public Configuration without(String name) {
        Builder builder = builder();
        builder.values.putAll(entries);
        builder.values.remove(name);
        return builder.build();
    }

    /** A copy with all values of another configuration set or replaced. */
    public Configuration withAll(Configuration other) {
        Builder builder = builder();
        builder.values.putAll(entries);
        builder.values.putAll(other.entries);
        return builder.build();
    }

    /** The value under a name, or null; for reports. */
    public @Nullable Object value(String name) {
        Entry entry = entries.get(name);
        return entry == null ? null : entry.value();
    }

    /** Canonical JSON: names in alphabetical order, so that equal configurations give equal text. */
    public String toJson() {
        String known = json;
        if (known == null) {
            JsonObject object = new JsonObject();
            new TreeMap<>(entries).forEach((name, entry) -> object.add(name, entry.json()));
            known = object.toString();
            json = known;
        }
        return known;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Configuration configuration && toJson().equals(configuration.toJson());
    }

    @Override
    public int hashCode() {
        return toJson().hashCode();
    }

    @Override
    public String toString() {
        return toJson();
    }

    /** Collects values; not thread-safe. */
    public static final class Builder {

        private final Map<String, Entry> values = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Sets a value.
         *
         * @throws IllegalArgumentException if the value is out of the parameter's range
         */
        public <T> Builder set(Parameter<T> parameter, T value) {
            if (!parameter.contains(value)) {
                throw new IllegalArgumentException(
                        "Parameter '%s': %s is out of range: %s.".formatted(parameter.name(), value, parameter));
            }
            values.put(parameter.name(), new Entry(value, parameter.toJson(value)));
            return this;
        }

        @SuppressWarnings("unchecked") // the caller hands a value that this parameter made
        <T> void put(Parameter<T> parameter, Object value) {
            set(parameter, (T) value);
        }

        public Configuration build() {
            return new Configuration(java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values)));
        }
    }
}
