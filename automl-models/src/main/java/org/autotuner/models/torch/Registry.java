package org.autotuner.models.torch;

import java.util.ArrayList;
import java.util.HashMap;
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
    record Statistic(String name, Start start, int[] shape) {}

    /** Never changes. */
    record Constant(String name, float[] values, int[] shape) {}

    /** Things by name, numbered as they come. */
    private static final class Numbered<T> {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<T> all = new ArrayList<>();

        /** The number of a name; a new one's thing is added. */
        int number(String name, T thing) {
            Integer known = numbers.putIfAbsent(name, all.size());
            if (known != null) {
                return known;
            }
            all.add(thing);
            return all.size() - 1;
        }
    }

    private final int networks;
    private final Numbered<Parameter> parameters = new Numbered<>();
    private final Numbered<Statistic> statistics = new Numbered<>();
    private final Numbered<Constant> constants = new Numbered<>();
    private final List<Double> pools = new ArrayList<>();
    private List<Integer> positions = List.of();
    private int cells = 1;
    private long products;
    private int planes = 1;
    private boolean isArranged;

    Registry(int networks) {
        this.networks = networks;
    }

    int networks() {
        return networks;
    }

    int parameter(String name, Start start, int... shape) {
        int number = parameters.number(name, new Parameter(name, start, shape));
        return number < positions.size() ? positions.get(number) : number;
    }

    int statistic(String name, double start, int... shape) {
        return statistic(name, Start.constant(start), shape);
    }

    int statistic(String name, Start start, int... shape) {
        return statistics.number(name, new Statistic(name, start, shape));
    }

    int constant(String name, float[] values, int... shape) {
        return constants.number(name, new Constant(name, values, shape));
    }

    /** Number of the pool of masks of a dropout rate. */
    int pool(double rate) {
        if (!pools.contains(rate)) {
            pools.add(rate);
        }
        return pools.indexOf(rate);
    }

    /** Counts once for each layer, however often the code is written. */
    void noteWork(long given, int largest) {
        if (!isArranged) {
            products += given;
            planes = Math.max(planes, largest);
        }
    }

    /** Multiplications per row beside one for each weight. */
    long products() {
        return products;
    }

    /** Numbers per row of the largest stack of planes; 1 without any. */
    int planes() {
        return planes;
    }

    void noteCells(int given) {
        cells = Math.max(cells, given);
    }

    /** Largest number of cells per row that a mask covers, over all networks. */
    int cells() {
        return cells;
    }

    List<Parameter> parameters() {
        return List.copyOf(parameters.all);
    }

    List<Statistic> statistics() {
        return List.copyOf(statistics.all);
    }

    List<Constant> constants() {
        return List.copyOf(constants.all);
    }

    List<Double> pools() {
        return List.copyOf(pools);
    }

    /** From now on parameter number i is written as {@code p[positions.get(i)]}: groups lie together there. */
    void arrange(List<Integer> given) {
        positions = List.copyOf(given);
        isArranged = true;
    }

    static int size(int[] shape) {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        return size;
    }
}
