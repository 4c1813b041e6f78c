package org.autotuner.models.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters, running statistics and constants of a network, in the order in which its layers name them. */
@SuppressWarnings("ArrayRecordComponent") // never compared
final class Registry {

    /** A trained parameter. */
    record Parameter(String name, Start start, int[] shape) {

        int size() {
            return Registry.size(shape);
        }
    }

    /** Kept with the weights, not trained by gradients. */
    record Statistic(String name, double start, int[] shape) {}

    /** Never changes. */
    record Constant(String name, float[] values, int[] shape) {}

    private final int networks;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Statistic> statistics = new LinkedHashMap<>();
    private final Map<String, Constant> constants = new LinkedHashMap<>();
    private final List<Double> pools = new ArrayList<>();
    private List<Integer> positions = List.of();
    private int cells = 1;

    Registry(int networks) {
        this.networks = networks;
    }

    int networks() {
        return networks;
    }

    int parameter(String name, Start start, int... shape) {
        parameters.putIfAbsent(name, new Parameter(name, start, shape));
        int number = List.copyOf(parameters.keySet()).indexOf(name);
        return number < positions.size() ? positions.get(number) : number;
    }

    int statistic(String name, double start, int... shape) {
        statistics.putIfAbsent(name, new Statistic(name, start, shape));
        return List.copyOf(statistics.keySet()).indexOf(name);
    }

    int constant(String name, float[] values, int... shape) {
        constants.putIfAbsent(name, new Constant(name, values, shape));
        return List.copyOf(constants.keySet()).indexOf(name);
    }

    /** Number of the pool of masks of a dropout rate. */
    int pool(double rate) {
        if (!pools.contains(rate)) {
            pools.add(rate);
        }
        return pools.indexOf(rate);
    }

    void noteCells(int given) {
        cells = Math.max(cells, given);
    }

    /** Largest number of cells per row that a mask covers, over all networks. */
    int cells() {
        return cells;
    }

    List<Parameter> parameters() {
        return List.copyOf(parameters.values());
    }

    List<Statistic> statistics() {
        return List.copyOf(statistics.values());
    }

    List<Constant> constants() {
        return List.copyOf(constants.values());
    }

    List<Double> pools() {
        return List.copyOf(pools);
    }

    /** From now on parameter number i is written as {@code p[positions.get(i)]}: groups lie together there. */
    void arrange(List<Integer> given) {
        positions = List.copyOf(given);
    }

    static int size(int[] shape) {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        return size;
    }
}
