package org.autotuner.space;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * An ordered list of parameters; a {@link ChoiceParameter} may own further parameters per option, so the space is a
 * tree. Immutable and thread-safe.
 */
public final class SearchSpace {

    static final SearchSpace EMPTY = new SearchSpace(List.of());

    private final List<Parameter<?>> parameters;

    private SearchSpace(List<Parameter<?>> parameters) {
        this.parameters = List.copyOf(parameters);
        checkNames(this, new HashSet<>());
    }

    /**
     * A space of these parameters.
     *
     * @throws IllegalArgumentException if a name occurs twice along one path
     */
    public static SearchSpace of(Parameter<?>... parameters) {
        return new SearchSpace(List.of(parameters));
    }

    public static SearchSpace of(List<? extends Parameter<?>> parameters) {
        return new SearchSpace(List.copyOf(parameters));
    }

    /** A space without parameters: it has one configuration. */
    public static SearchSpace empty() {
        return EMPTY;
    }

    /** The parameters at the top, in order; those of child spaces are reached through their choice. */
    public List<Parameter<?>> parameters() {
        return parameters;
    }

    /** The parameters that exist under these choices, parents before children. */
    public List<Parameter<?>> active(Configuration configuration) {
        List<Parameter<?>> found = new ArrayList<>();
        collect(this, parameter -> configuration.value(parameter.name()), found);
        return found;
    }

    /** All defaults. */
    public Configuration defaults() {
        return generate(Parameter::defaultValue);
    }

    /** A draw from the prior of every active parameter, independently. */
    public Configuration sample(RandomGenerator random) {
        return generate(parameter -> parameter.fromUnit(random.nextDouble()));
    }

    /** A configuration whose active parameters get their values, parents first, from {@code values}. */
    public Configuration generate(Function<Parameter<?>, ?> values) {
        Configuration.Builder builder = Configuration.builder();
        fill(this, values, builder);
        return builder.build();
    }

    /** Number of different configurations, or 0 if there are infinitely many (or more than a long can count). */
    public long cardinality() {
        long product = 1;
        for (Parameter<?> parameter : parameters) {
            long count = options(parameter);
            if (count == 0) {
                return 0;
            }
            if (product > Long.MAX_VALUE / count) {
                return 0;
            }
            product *= count;
        }
        return product;
    }

    /** Whether the configuration holds a valid value for every active parameter and nothing else. */
    public boolean contains(Configuration configuration) {
        List<Parameter<?>> found = active(configuration);
        return found.size() == configuration.names().size()
                && found.stream().allMatch(parameter -> holds(parameter, configuration));
    }

    /**
     * Reads the canonical JSON of {@link Configuration#toJson()}.
     *
     * @throws IllegalArgumentException if a value is missing, unknown or out of range
     */
    public Configuration parse(String json) {
        JsonObject object;
        try {
            object = JsonParser.parseString(json).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IllegalArgumentException("Not a configuration in JSON: " + json, e);
        }
        Configuration configuration = generate(parameter -> {
            JsonElement value = object.get(parameter.name());
            if (value == null) {
                throw new IllegalArgumentException(
                        "Parameter '%s' is missing in %s.".formatted(parameter.name(), json));
            }
            return parameter.fromJson(value);
        });
        for (String name : object.keySet()) {
            if (!configuration.names().contains(name)) {
                throw new IllegalArgumentException(
                        "'%s' is not an active parameter of this space: %s.".formatted(name, json));
            }
        }
        return configuration;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SearchSpace space && parameters.equals(space.parameters);
    }

    @Override
    public int hashCode() {
        return parameters.hashCode();
    }

    @Override
    public String toString() {
        return parameters.toString();
    }

    private static void checkNames(SearchSpace space, Set<String> path) {
        Set<String> names = new HashSet<>(path);
        for (Parameter<?> parameter : space.parameters) {
            if (!names.add(parameter.name())) {
                throw new IllegalArgumentException(
                        "The name '%s' occurs twice along one path.".formatted(parameter.name()));
            }
        }
        for (Parameter<?> parameter : space.parameters) {
            if (parameter instanceof ChoiceParameter<?> choice) {
                choice.children().values().forEach(child -> checkNames(child, names));
            }
        }
    }

    private static void collect(SearchSpace space, Function<Parameter<?>, ?> values, List<Parameter<?>> found) {
        for (Parameter<?> parameter : space.parameters) {
            found.add(parameter);
            if (parameter instanceof ChoiceParameter<?> choice) {
                collect(childOf(choice, values.apply(parameter)), values, found);
            }
        }
    }

    private static void fill(SearchSpace space, Function<Parameter<?>, ?> values, Configuration.Builder builder) {
        for (Parameter<?> parameter : space.parameters) {
            Object value = values.apply(parameter);
            builder.put(parameter, value);
            if (parameter instanceof ChoiceParameter<?> choice) {
                fill(childOf(choice, value), values, builder);
            }
        }
    }

    private static <T> SearchSpace childOf(ChoiceParameter<T> choice, Object option) {
        SearchSpace child = choice.children().get(option);
        return child == null ? EMPTY : child;
    }

    private static <T> long options(Parameter<T> parameter) {
        if (!(parameter instanceof ChoiceParameter<T> choice)) {
            return parameter.cardinality();
        }
        long sum = 0;
        for (T option : choice.options()) {
            long count = choice.child(option).cardinality();
            if (count == 0 || sum > Long.MAX_VALUE - count) {
                return 0;
            }
            sum += count;
        }
        return sum;
    }

    private static <T> boolean holds(Parameter<T> parameter, Configuration configuration) {
        return configuration.has(parameter) && parameter.contains(configuration.get(parameter));
    }
}
