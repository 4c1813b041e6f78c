package org.autotuner.models.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autotuner.train.Weights;

/**
 * Weights, moments, step counters, averaged weights and running statistics on the device, group by group as the script takes
 * them.
 */
final class ParameterStore {

    private final NetworkScript script;
    private final DeviceArrays arrays;
    private final int networks;
    private final List<NDList> weights = new ArrayList<>();
    private final List<NDList> first = new ArrayList<>();
    private final List<NDList> second = new ArrayList<>();
    private final List<NDList> counters = new ArrayList<>();
    private final List<NDList> averages = new ArrayList<>();
    private final NDList statistics = new NDList();

    ParameterStore(NetworkScript script, DeviceArrays arrays, long seed) {
        this.script = script;
        this.arrays = arrays;
        this.networks = script.registry().networks();
        List<float[]> start = start(seed);
        for (ParameterGroups.Group group : script.groups()) {
            NDList w = new NDList();
            NDList m = new NDList();
            NDList v = new NDList();
            NDList t = new NDList();
            NDList e = new NDList();
            for (int number : group.members()) {
                float[] values = start.get(number);
                Shape shape = shape(script.registry().parameters().get(number).shape());
                w.add(arrays.floats(values, shape));
                m.add(arrays.floats(new float[values.length], shape));
                v.add(arrays.floats(new float[values.length], shape));
                t.add(arrays.floats(new float[1], new Shape()));
                if (script.hasAveraging()) {
                    e.add(arrays.floats(values, shape));
                }
            }
            weights.add(w);
            first.add(m);
            second.add(v);
            counters.add(t);
            averages.add(e);
        }
        for (Registry.Statistic statistic : script.registry().statistics()) {
            int size = Registry.size(statistic.shape());
            float[] values = new float[networks * size];
            for (int network = 0; network < networks; network++) {
                float[] own = statistic.start().values(network, size, new SplittableRandom(seed));
                System.arraycopy(own, 0, values, network * size, size);
            }
            statistics.add(arrays.floats(values, shape(statistic.shape())));
        }
    }

    /** Initial values of every parameter, network by network, each from a generator of its own. */
    private List<float[]> start(long seed) {
        List<Registry.Parameter> parameters = script.registry().parameters();
        List<float[]> all = new ArrayList<>();
        parameters.forEach(parameter -> all.add(new float[networks * parameter.size()]));
        SplittableRandom source = new SplittableRandom(seed);
        for (int network = 0; network < networks; network++) {
            SplittableRandom random = source.split();
            for (int number = 0; number < parameters.size(); number++) {
                int size = parameters.get(number).size();
                float[] own = parameters.get(number).start().values(network, size, random);
                if (own.length != size) {
                    throw new IllegalArgumentException("%d initial values for the %d of '%s'."
                            .formatted(own.length, size, parameters.get(number).name()));
                }
                System.arraycopy(own, 0, all.get(number), network * size, size);
            }
        }
        return all;
    }

    private Shape shape(int[] own) {
        if (networks == 1) {
            return ScriptLearner.shape(own);
        }
        int[] whole = new int[own.length + 1];
        whole[0] = networks;
        System.arraycopy(own, 0, whole, 1, own.length);
        return ScriptLearner.shape(whole);
    }

    /** Number of weights of all networks together. */
    long size() {
        return script.registry().parameters().stream()
                        .mapToLong(Registry.Parameter::size)
                        .sum()
                * networks;
    }

    /** The lists that {@code run_steps} takes first. */
    List<NDList> trained() {
        List<NDList> lists = new ArrayList<>();
        for (int group = 0; group < weights.size(); group++) {
            lists.addAll(List.of(weights.get(group), first.get(group), second.get(group), counters.get(group)));
            if (script.hasAveraging()) {
                lists.add(averages.get(group));
            }
        }
        return lists;
    }

    /** The lists that {@code outputs} takes first. */
    List<NDList> evaluated() {
        return script.hasAveraging() ? averages : weights;
    }

    void addStatistics(List<Object> arguments) {
        if (!statistics.isEmpty()) {
            arguments.add(statistics);
        }
    }

    Weights weights() {
        return new Weights(copy(List.of(evaluated(), List.of(statistics))));
    }

    void restore(Weights given) {
        put(given.arrays(), List.of(evaluated(), List.of(statistics)));
    }

    List<float[]> state() {
        return copy(everything());
    }

    void resume(List<float[]> state) {
        put(state, everything());
    }

    private List<List<NDList>> everything() {
        return List.of(weights, first, second, counters, averages, List.of(statistics));
    }

    NamedWeights named(Weights given, int network) {
        Map<String, float[]> named = new LinkedHashMap<>();
        int at = 0;
        for (ParameterGroups.Group group : script.groups()) {
            for (int number : group.members()) {
                Registry.Parameter parameter = script.registry().parameters().get(number);
                named.put(parameter.name(), part(given.arrays().get(at++), parameter.size(), network));
            }
        }
        for (Registry.Statistic statistic : script.registry().statistics()) {
            named.put(statistic.name(), part(given.arrays().get(at++), Registry.size(statistic.shape()), network));
        }
        return new NamedWeights(named);
    }

    private static float[] part(float[] all, int size, int network) {
        return Arrays.copyOfRange(all, network * size, (network + 1) * size);
    }

    private static List<float[]> copy(List<List<NDList>> lists) {
        List<float[]> copies = new ArrayList<>();
        lists.forEach(some -> some.forEach(list -> list.forEach(array -> copies.add(array.toFloatArray()))));
        return copies;
    }

    private void put(List<float[]> values, List<List<NDList>> lists) {
        int at = 0;
        for (List<NDList> some : lists) {
            for (NDList list : some) {
                for (int i = 0; i < list.size(); i++) {
                    NDArray array = list.get(i);
                    float[] given = at < values.size() ? values.get(at) : new float[0];
                    if (given.length != array.size()) {
                        throw new IllegalArgumentException("Array %d has %d numbers, but the network needs %d there."
                                .formatted(at, given.length, array.size()));
                    }
                    list.set(i, arrays.refill(array, given));
                    at++;
                }
            }
        }
    }
}
