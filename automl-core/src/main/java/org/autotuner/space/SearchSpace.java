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
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.autotuner.error.OptionException;

/**
 * An ordered list of parameters; a {@link ChoiceParameter} may own further parameters per option, so the space is a
 * tree. Conditions may rule out some combinations of values. Immutable and thread-safe, as far as the predicates of its
 * conditions are; equal by parameters and by the texts of the conditions.
 */
public final class SearchSpace {

    static final SearchSpace EMPTY = new SearchSpace(List.of(), List.of());

    private static final int DRAWS = 10_000;

    private record Condition(String text, Predicate<Configuration> predicate) {
        boolean holds(Configuration configuration) {
            try {
                return predicate.test(configuration);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(
                        "The condition '%s' cannot be told for %s: %s A parameter of a choice exists only under its option; ask has(parameter) first."
                                .formatted(text, configuration, e.getMessage()),
                        e);
            }
        }
    }

    private final List<Parameter<?>> parameters;
    private final List<Condition> conditions;
    private final boolean isConditioned;

    private SearchSpace(List<Parameter<?>> parameters, List<Condition> conditions) {
        this.parameters = List.copyOf(parameters);
        this.conditions = List.copyOf(conditions);
        this.isConditioned = !conditions.isEmpty() || children(this).anyMatch(child -> child.isConditioned);
        checkNames(this, new HashSet<>());
    }

    /**
     * A space of these parameters.
     *
     * @throws IllegalArgumentException if a name occurs twice along one path
     */
    public static SearchSpace of(Parameter<?>... parameters) {
        return new SearchSpace(List.of(parameters), List.of());
    }

    public static SearchSpace of(List<? extends Parameter<?>> parameters) {
        return new SearchSpace(List.copyOf(parameters), List.of());
    }

    /** A space without parameters: it has one configuration. */
    public static SearchSpace empty() {
        return EMPTY;
    }

    /**
     * A copy in which only configurations exist that fulfil a condition, besides those that were there before. Optimizers
     * propose no others; where hardly any configuration fulfils it, better choose other parameters, such as a difference.
     *
     * <pre>{@code
     * SearchSpace.of(shortest, longest)
     *         .where("shortest is at most longest", c -> c.get(shortest) <= c.get(longest));
     * }</pre>
     *
     * @param text what it demands; journals hold it instead of the predicate, to tell one space from another
     * @param predicate a pure function, called by several threads, of this space's parameters and their children
     * @throws IllegalArgumentException if the defaults do not fulfil it, or it cannot be told for them
     */
    public SearchSpace where(String text, Predicate<Configuration> predicate) {
        Condition condition = new Condition(text, predicate);
        if (!condition.holds(defaults())) {
            throw new IllegalArgumentException(
                    "The defaults %s do not fulfil '%s'. Give parameters other ones by withDefault."
                            .formatted(defaults(), text));
        }
        List<Condition> more = new ArrayList<>(conditions);
        more.add(condition);
        return new SearchSpace(parameters, more);
    }

    /** Whether there are conditions, here or in a child space. */
    public boolean isConditioned() {
        return isConditioned;
    }

    /** Whether a configuration of this space's parameters fulfils all conditions; those of child spaces where active. */
    public boolean fulfils(Configuration configuration) {
        return !isConditioned || broken(configuration).isEmpty();
    }

    /** The texts of the conditions that a configuration does not fulfil. */
    public List<String> broken(Configuration configuration) {
        List<String> broken = new ArrayList<>();
        for (Condition condition : conditions) {
            if (!condition.holds(configuration)) {
                broken.add(condition.text());
            }
        }
        for (Parameter<?> parameter : parameters) {
            if (parameter instanceof ChoiceParameter<?> choice && configuration.has(choice)) {
                broken.addAll(childOf(choice, configuration.get(choice)).broken(configuration));
            }
        }
        return broken;
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

    /**
     * A draw from the prior of every active parameter, independently; drawn again until it fulfils all conditions.
     *
     * @throws OptionException if ten thousand draws do not
     */
    public Configuration sample(RandomGenerator random) {
        for (int i = 0; i < DRAWS; i++) {
            Configuration drawn = generate(parameter -> parameter.fromUnit(random.nextDouble()));
            if (fulfils(drawn)) {
                return drawn;
            }
        }
        throw new OptionException(
                "None of %d draws fulfils the conditions of the space %s. Loosen them, or choose parameters that make them true."
                        .formatted(DRAWS, this));
    }

    /**
     * A configuration whose active parameters get their values, parents first, from {@code values}; conditions are not
     * checked.
     */
    public Configuration generate(Function<Parameter<?>, ?> values) {
        Configuration.Builder builder = Configuration.builder();
        fill(this, values, builder);
        return builder.build();
    }

    /**
     * Number of different configurations, those that conditions rule out included, or 0 if there are infinitely many (or
     * more than a long can count).
     */
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

    /**
     * Whether the configuration holds a valid value for every active parameter and nothing else, and fulfils all
     * conditions.
     */
    public boolean contains(Configuration configuration) {
        List<Parameter<?>> found = active(configuration);
        return found.size() == configuration.names().size()
                && found.stream().allMatch(parameter -> holds(parameter, configuration))
                && fulfils(configuration);
    }

    /**
     * Reads the canonical JSON of {@link Configuration#toJson()}; conditions are not checked.
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
        return other instanceof SearchSpace space
                && parameters.equals(space.parameters)
                && texts().equals(space.texts());
    }

    @Override
    public int hashCode() {
        return parameters.hashCode();
    }

    @Override
    public String toString() {
        return conditions.isEmpty() ? parameters.toString() : parameters + " where " + texts();
    }

    private List<String> texts() {
        return conditions.stream().map(Condition::text).toList();
    }

    private static Stream<SearchSpace> children(SearchSpace space) {
        return space.parameters.stream()
                .flatMap(parameter -> parameter instanceof ChoiceParameter<?> choice
                        ? choice.children().values().stream()
                        : Stream.empty());
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
