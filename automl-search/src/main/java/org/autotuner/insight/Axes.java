package org.autotuner.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;

/**
 * All parameters of a space as axes. Equal parameters under several options share one. Immutable and thread-safe.
 */
final class Axes {

    /** An axis and under which options of which choices it exists. */
    private record Place(String owner, Map<Integer, BitSet> conditions) {}

    private final SearchSpace space;
    private final Map<Parameter<?>, Integer> indices = new LinkedHashMap<>();
    private final List<Place> places = new ArrayList<>();
    private final List<Axis> axes = new ArrayList<>();

    Axes(SearchSpace space) {
        this.space = space;
        collect(space, "", Map.of());
        Map<String, Long> names =
                indices.keySet().stream().collect(Collectors.groupingBy(Parameter::name, Collectors.counting()));
        indices.forEach((parameter, index) -> {
            String owner = places.get(index).owner();
            boolean isUnique = names.getOrDefault(parameter.name(), 0L) == 1 || owner.isEmpty();
            axes.add(Axis.of(isUnique ? parameter.name() : "%s (%s)".formatted(parameter.name(), owner), parameter));
        });
    }

    List<Axis> list() {
        return List.copyOf(axes);
    }

    int size() {
        return axes.size();
    }

    Axis axis(int index) {
        return axes.get(index);
    }

    /**
     * The place of a parameter.
     *
     * @throws IllegalArgumentException if the space has no such parameter
     */
    int indexOf(Parameter<?> parameter) {
        Integer index = indices.get(parameter);
        if (index == null) {
            throw new IllegalArgumentException("The space has no parameter '%s' like this one; it has %s."
                    .formatted(parameter.name(), axes.stream().map(Axis::label).toList()));
        }
        return index;
    }

    /** The choices on the way to an axis. */
    Set<Integer> ancestors(int index) {
        return new TreeSet<>(places.get(index).conditions().keySet());
    }

    /** By choice, the options under which an axis exists. */
    Map<Integer, BitSet> conditions(int index) {
        return places.get(index).conditions();
    }

    /** By choice, the options under which two axes exist together; for those that can. */
    Map<Integer, BitSet> conditions(int a, int b) {
        Map<Integer, BitSet> both = new LinkedHashMap<>(conditions(a));
        conditions(b)
                .forEach((choice, options) -> both.merge(choice, options, (one, other) -> {
                    BitSet shared = (BitSet) one.clone();
                    shared.and(other);
                    return shared;
                }));
        return both;
    }

    /** Whether two parameters can be active together. */
    boolean areCompatible(int a, int b) {
        Map<Integer, BitSet> others = conditions(b);
        return conditions(a).entrySet().stream().allMatch(own -> {
            BitSet other = others.get(own.getKey());
            return other == null || own.getValue().intersects(other);
        });
    }

    /** Number of options of each choice; 0 for other parameters. */
    int[] options() {
        return axes.stream()
                .mapToInt(axis -> axis.parameter() instanceof ChoiceParameter<?> choice
                        ? choice.options().size()
                        : 0)
                .toArray();
    }

    /** The places of a configuration's values; not a number where a parameter is not active. */
    double[] encode(Configuration configuration) {
        double[] row = new double[size()];
        Arrays.fill(row, Double.NaN);
        for (Parameter<?> parameter : space.active(configuration)) {
            if (configuration.has(parameter)) {
                row[indexOf(parameter)] = unit(parameter, configuration);
            }
        }
        return row;
    }

    private void collect(SearchSpace at, String owner, Map<Integer, BitSet> conditions) {
        for (Parameter<?> parameter : at.parameters()) {
            Integer known = indices.get(parameter);
            int index = known == null ? places.size() : known;
            if (known == null) {
                indices.put(parameter, index);
                places.add(new Place(owner, new LinkedHashMap<>()));
            }
            conditions.forEach((choice, options) -> places.get(index)
                    .conditions()
                    .computeIfAbsent(choice, key -> new BitSet())
                    .or(options));
            if (parameter instanceof ChoiceParameter<?> choice) {
                collectChildren(choice, index, conditions);
            }
        }
    }

    private <T> void collectChildren(ChoiceParameter<T> choice, int index, Map<Integer, BitSet> conditions) {
        for (int option = 0; option < choice.options().size(); option++) {
            Map<Integer, BitSet> inside = new LinkedHashMap<>(conditions);
            BitSet only = new BitSet();
            only.set(option);
            inside.put(index, only);
            T value = choice.options().get(option);
            collect(choice.child(value), "%s=%s".formatted(choice.name(), value), inside);
        }
    }

    private static <T> double unit(Parameter<T> parameter, Configuration configuration) {
        return parameter.toUnit(configuration.get(parameter));
    }
}
