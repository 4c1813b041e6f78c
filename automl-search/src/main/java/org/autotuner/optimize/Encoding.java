package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;

/**
 * A search space as vectors: one coordinate in 0..1 per parameter, {@code NaN} where a parameter is not active. Equal
 * parameters under several options share a coordinate, so that what is learned under one option serves the others.
 * Immutable and thread-safe.
 */
final class Encoding {

    /** Told of every active dimension of a path, parents first. */
    interface Visitor {
        /** Returns the coordinate at a dimension; that of a choice decides which children follow. */
        double at(Dimension dimension);
    }

    private record Node(Dimension dimension, List<List<Node>> children) {}

    private final SearchSpace space;
    private final List<Dimension> dimensions = new ArrayList<>();
    private final IdentityHashMap<Parameter<?>, Dimension> byInstance = new IdentityHashMap<>();
    private final List<Node> roots;

    Encoding(SearchSpace space) {
        this.space = space;
        this.roots = nodes(space, new HashMap<>());
    }

    SearchSpace space() {
        return space;
    }

    int size() {
        return dimensions.size();
    }

    List<Dimension> dimensions() {
        return dimensions;
    }

    Dimension dimension(int index) {
        return dimensions.get(index);
    }

    /** Whether some parameter exists only under some option. */
    boolean isConditional() {
        return roots.size() < dimensions.size();
    }

    /** Whether a dimension is a choice of which some option has parameters of its own. */
    static boolean hasChildren(Dimension dimension) {
        return dimension.parameter() instanceof ChoiceParameter<?> choice && hasChildren(choice);
    }

    private static <T> boolean hasChildren(ChoiceParameter<T> choice) {
        return choice.options().stream()
                .anyMatch(option -> !choice.child(option).parameters().isEmpty());
    }

    /** Walks one path of the tree and returns its vector. */
    double[] walk(Visitor visitor) {
        double[] vector = new double[size()];
        java.util.Arrays.fill(vector, Double.NaN);
        walk(roots, visitor, vector);
        return vector;
    }

    double[] encode(Configuration configuration) {
        return walk(dimension -> unit(dimension.parameter(), configuration));
    }

    /** The configuration of a vector; its coordinates off the path are ignored. */
    Configuration decode(double[] vector) {
        return space.generate(parameter -> parameter.fromUnit(vector[indexOf(parameter)]));
    }

    /** A copy with every active coordinate at its value's own place, and {@code NaN} off the path. */
    double[] snap(double[] vector) {
        return walk(dimension -> dimension.snap(vector[dimension.index()]));
    }

    private int indexOf(Parameter<?> parameter) {
        Dimension dimension = byInstance.get(parameter);
        if (dimension == null) {
            throw new IllegalArgumentException("Parameter '%s' is not of the space.".formatted(parameter.name()));
        }
        return dimension.index();
    }

    private List<Node> nodes(SearchSpace at, Map<Parameter<?>, Dimension> known) {
        List<Node> nodes = new ArrayList<>();
        for (Parameter<?> parameter : at.parameters()) {
            Dimension dimension = known.computeIfAbsent(parameter, key -> {
                Dimension made = Dimension.of(dimensions.size(), key);
                dimensions.add(made);
                return made;
            });
            byInstance.put(parameter, dimension);
            nodes.add(new Node(
                    dimension, parameter instanceof ChoiceParameter<?> choice ? children(choice, known) : List.of()));
        }
        return nodes;
    }

    private <T> List<List<Node>> children(ChoiceParameter<T> choice, Map<Parameter<?>, Dimension> known) {
        List<List<Node>> children = new ArrayList<>();
        for (T option : choice.options()) {
            children.add(nodes(choice.child(option), known));
        }
        return children;
    }

    private static void walk(List<Node> nodes, Visitor visitor, double[] vector) {
        for (Node node : nodes) {
            Dimension dimension = node.dimension();
            double unit = visitor.at(dimension);
            vector[dimension.index()] = unit;
            if (!node.children().isEmpty()) {
                walk(node.children().get(dimension.option(unit)), visitor, vector);
            }
        }
    }

    private static <T> double unit(Parameter<T> parameter, Configuration configuration) {
        return parameter.toUnit(configuration.get(parameter));
    }
}
