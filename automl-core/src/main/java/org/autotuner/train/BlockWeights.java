package org.autotuner.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a block outside of it: those that are trained as one vector, so that an optimizer step is a few calls of
 * the engine whatever the number of layers, and the others (running statistics, frozen ones) one by one. The block reads
 * them through a {@link ParameterStore}, and its own arrays stay as they are.
 */
final class BlockWeights {

    private final NDManager manager;
    private final List<Parameter> trained = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Parameter> fixed = new ArrayList<>();
    private final List<String> fixedNames = new ArrayList<>();
    private final List<NDArray> fixedArrays = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final long[] ends;
    private NDArray vector;

    /** Copies the parameters of an initialized block; the manager owns the copies. */
    BlockWeights(Block block, NDManager manager) {
        this.manager = manager;
        Set<String> seen = new HashSet<>();
        for (Pair<String, Parameter> pair : block.getParameters()) {
            Parameter parameter = pair.getValue();
            if (!seen.add(parameter.getId())) {
                continue; // shared by two layers
            }
            if (parameter.getArray().getDataType() != DataType.FLOAT32) {
                throw new DataException("Parameter '%s' is %s, but only float32 can be trained."
                        .formatted(pair.getKey(), parameter.getArray().getDataType()));
            }
            boolean isTrained = parameter.requiresGradient();
            places.put(parameter.getId(), isTrained ? trained.size() : -1 - fixed.size());
            (isTrained ? trained : fixed).add(parameter);
            (isTrained ? names : fixedNames).add(pair.getKey());
        }
        if (trained.isEmpty()) {
            throw new DataException("The network has no parameter to train: all are frozen, or there is none.");
        }
        ends = new long[trained.size()];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += trained.get(i).getShape().size();
            ends[i] = end;
        }
        vector = manager.create(join(
                trained.stream().map(each -> each.getArray().toFloatArray()).toList()));
        for (Parameter parameter : fixed) {
            fixedArrays.add(manager.create(parameter.getArray().toFloatArray(), parameter.getShape()));
        }
    }

    /** Names of all parameters, the trained ones first. */
    List<String> names() {
        List<String> all = new ArrayList<>(names);
        all.addAll(fixedNames);
        return all;
    }

    /** Shapes in the order of {@link #names()}. */
    List<Shape> shapes() {
        List<Shape> all = new ArrayList<>();
        trained.forEach(parameter -> all.add(parameter.getShape()));
        fixed.forEach(parameter -> all.add(parameter.getShape()));
        return all;
    }

    /** The vector of the trained ones, to be changed in place. */
    NDArray vector() {
        return vector;
    }

    void setVector(float[] values) {
        vector.close();
        vector = manager.create(values);
    }

    List<float[]> fixed() {
        return fixedArrays.stream().map(NDArray::toFloatArray).toList();
    }

    int fixedCount() {
        return fixed.size();
    }

    void setFixed(List<float[]> arrays) {
        for (int i = 0; i < arrays.size(); i++) {
            fixedArrays.get(i).close();
            fixedArrays.set(i, manager.create(arrays.get(i), fixed.get(i).getShape()));
        }
    }

    boolean hasStatistics() {
        return fixed.stream().anyMatch(parameter -> parameter.getType() == Parameter.Type.RUNNING_MEAN);
    }

    /** Per-weight factors of the first group that knows each parameter; null where all are 1. */
    @Nullable
    NDArray factors(List<ParameterGroup> groups, java.util.function.ToDoubleFunction<ParameterGroup> factor) {
        float[] all = new float[(int) ends[ends.length - 1]];
        boolean isNeeded = false;
        for (int i = 0; i < ends.length; i++) {
            double value = ParameterGroup.of(names.get(i), groups)
                    .map(group -> factor.applyAsDouble(group))
                    .orElse(1.0);
            isNeeded |= value != 1;
            Arrays.fill(all, (int) (i == 0 ? 0 : ends[i - 1]), (int) ends[i], (float) value);
        }
        return isNeeded ? manager.create(all) : null;
    }

    /** One array per parameter, from a vector of the trained ones and the current others. */
    Weights toWeights(float[] values) {
        List<float[]> arrays = new ArrayList<>();
        int start = 0;
        for (long end : ends) {
            arrays.add(Arrays.copyOfRange(values, start, (int) end));
            start = (int) end;
        }
        arrays.addAll(fixed());
        return new Weights(arrays);
    }

    /** Sets the vector and the others from one array per parameter. */
    void set(Weights weights) {
        requireFit(weights);
        setVector(join(weights.arrays().subList(0, trained.size())));
        setFixed(weights.arrays().subList(trained.size(), weights.arrays().size()));
    }

    private void requireFit(Weights weights) {
        List<Shape> shapes = shapes();
        if (weights.arrays().size() != shapes.size()) {
            throw new DataException("The weights hold %d arrays, but the network has %d parameters."
                    .formatted(weights.arrays().size(), shapes.size()));
        }
        for (int i = 0; i < shapes.size(); i++) {
            if (weights.arrays().get(i).length != shapes.get(i).size()) {
                throw new DataException("The weights hold %d numbers for parameter '%s' of shape %s."
                        .formatted(weights.arrays().get(i).length, names().get(i), shapes.get(i)));
            }
        }
    }

    /** What the block reads its parameters from; the vector's parts are views of the one given. */
    Store store(NDManager step, NDArray values) {
        return new Store(step, values.split(Arrays.copyOf(ends, ends.length - 1), 0));
    }

    private static float[] join(List<float[]> arrays) {
        int size = 0;
        for (float[] array : arrays) {
            size = Math.addExact(size, array.length);
        }
        float[] all = new float[size];
        int start = 0;
        for (float[] array : arrays) {
            System.arraycopy(array, 0, all, start, array.length);
            start += array.length;
        }
        return all;
    }

    /** For one forward pass. */
    final class Store extends ParameterStore {

        private final NDList parts;
        private final @Nullable NDArray[] views = new NDArray[ends.length];

        private Store(NDManager step, NDList parts) {
            super(step, false);
            this.parts = parts;
        }

        @Override
        @SuppressWarnings("NullAway") // DJL asks for optional parameters by null
        public NDArray getValue(Parameter parameter, Device device, boolean training) {
            Integer place = parameter == null ? null : places.get(parameter.getId());
            if (place == null) {
                return super.getValue(parameter, device, training);
            }
            if (place < 0) {
                return fixedArrays.get(-1 - place);
            }
            NDArray view = views[place];
            if (view == null) {
                view = parts.get(place).reshape(trained.get(place).getShape());
                views[place] = view;
            }
            return view;
        }

        /** The first trained parameter that the block has not read, if any. */
        java.util.Optional<String> unread() {
            for (int place = 0; place < views.length; place++) {
                if (views[place] == null) {
                    return java.util.Optional.of(names.get(place));
                }
            }
            return java.util.Optional.empty();
        }
    }
}
