package org.autotuner.optimize;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;

/** The points of a grid over a space by index, without listing them; the last parameter turns fastest. Immutable. */
final class Grid {

    /** How many values of a parameter the grid has. */
    interface Sizes {
        int of(Parameter<?> parameter);
    }

    /** A parameter with its values; for a choice each value with the grid below it. */
    private record Axis(Parameter<?> parameter, List<?> values, List<Grid> below, BigInteger size) {}

    private final List<Axis> axes = new ArrayList<>();
    private final BigInteger size;

    Grid(SearchSpace space, Sizes sizes) {
        BigInteger product = BigInteger.ONE;
        for (Parameter<?> parameter : space.parameters()) {
            Axis axis = parameter instanceof ChoiceParameter<?> choice
                    ? choice(choice, sizes)
                    : values(parameter, sizes.of(parameter));
            axes.add(axis);
            product = product.multiply(axis.size());
        }
        size = product;
    }

    /** Number of points. */
    BigInteger size() {
        return size;
    }

    /** A point, by an index in 0..size-1. */
    Configuration point(SearchSpace space, BigInteger index) {
        Map<String, Object> values = new LinkedHashMap<>();
        fill(index, values);
        return space.generate(parameter -> values.get(parameter.name()));
    }

    private void fill(BigInteger index, Map<String, Object> values) {
        BigInteger rest = index;
        for (int i = axes.size() - 1; i >= 0; i--) {
            Axis axis = axes.get(i);
            BigInteger[] split = rest.divideAndRemainder(axis.size());
            rest = split[0];
            BigInteger at = split[1];
            if (axis.below().isEmpty()) {
                values.put(axis.parameter().name(), axis.values().get(at.intValueExact()));
                continue;
            }
            int option = 0;
            while (at.compareTo(axis.below().get(option).size) >= 0) {
                at = at.subtract(axis.below().get(option++).size);
            }
            values.put(axis.parameter().name(), axis.values().get(option));
            axis.below().get(option).fill(at, values);
        }
    }

    private static <T> Axis choice(ChoiceParameter<T> choice, Sizes sizes) {
        List<Grid> below = choice.options().stream()
                .map(option -> new Grid(choice.child(option), sizes))
                .toList();
        BigInteger sum = below.stream().map(Grid::size).reduce(BigInteger.ZERO, BigInteger::add);
        return new Axis(choice, choice.options(), below, sum);
    }

    /** All values where they are few enough, else some at even distances in the unit range, both ends included. */
    private static <T> Axis values(Parameter<T> parameter, int points) {
        long count = parameter.cardinality();
        LinkedHashSet<T> values = new LinkedHashSet<>();
        if (count > 0 && count <= points) {
            for (int i = 0; i < count; i++) {
                values.add(nth(parameter, i, (int) count));
            }
        } else if (points == 1) {
            values.add(parameter.fromUnit(0.5));
        } else {
            for (int i = 0; i < points; i++) {
                values.add(parameter.fromUnit(i / (points - 1.0)));
            }
        }
        return new Axis(parameter, List.copyOf(values), List.of(), BigInteger.valueOf(values.size()));
    }

    private static <T> T nth(Parameter<T> parameter, int i, int count) {
        if (parameter instanceof org.autotuner.space.IntParameter ints) {
            @SuppressWarnings("unchecked") // T is Integer here
            T value = (T) Integer.valueOf(ints.low() + i * ints.step());
            return value;
        }
        return parameter.fromUnit((i + 0.5) / count);
    }
}
