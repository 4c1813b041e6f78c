package org.autotuner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The training rows on the device; their manager owns them. */
final class DeviceRows {

    /**
     * Some of them.
     *
     * @param others targets of the rows that they are mixed with; null without mixup
     * @param share of the rows' own in the mixture
     */
    record Batch(
            NDList inputs,
            NDArray targets,
            @Nullable NDArray weights,
            @Nullable NDArray others,
            @Nullable NDArray otherWeights,
            double share) {

        /** The loss against the own targets and those mixed in, by their shares. */
        NDArray loss(ArrayLoss loss, NDArray outputs) {
            NDArray own = loss.mean(outputs, targets, weights);
            return others == null
                    ? own
                    : Scalars.times(own, share).add(Scalars.times(loss.mean(outputs, others, otherWeights), 1 - share));
        }
    }

    private final int count;
    private final List<NDArray> inputs;
    private final List<RowArray.Form> forms;
    private final NDArray targets;
    private final @Nullable NDArray weights;
    private final double noise;

    DeviceRows(NetworkData data, double noise, NDManager manager) {
        this.count = data.rows();
        this.forms = data.forms();
        this.noise = noise;
        this.inputs = data.inputs().stream().map(input -> input.on(manager)).toList();
        this.targets = data.targets().map(each -> each.on(manager)).orElseGet(() -> manager.create(0f));
        this.weights = data.weights().map(manager::create).orElse(null);
    }

    int count() {
        return count;
    }

    /** The order of the only member, after a check that all its rows exist: the engine may end the process otherwise. */
    int[] require(StepPlan plan) {
        int[] order = plan.order()[0];
        if (plan.order().length != 1 || Arrays.stream(order).anyMatch(row -> row < 0 || row >= count)) {
            throw new IllegalArgumentException(
                    "The plan must be for one member and rows 0 to %d.".formatted(count - 1));
        }
        return order;
    }

    Batch gather(NDManager step, int[] batch, double share, SplittableRandom random) {
        NDIndex index = index(step, batch);
        NDList own = new NDList();
        inputs.forEach(input -> own.add(input.get(step, index)));
        NDArray target = targets.get(step, index);
        NDArray weight = weights == null ? null : weights.get(step, index);
        if (share < 1) {
            int[] partners = Shuffles.of(batch.length, random.split());
            NDIndex other = index(
                    step, Arrays.stream(partners).map(place -> batch[place]).toArray());
            for (int i = 0; i < own.size(); i++) {
                NDArray mixed = inputs.get(i).get(step, other).muli(1 - share);
                own.get(i).muli(share).addi(mixed);
            }
            addNoise(step, own, random);
            NDArray otherWeight = weights == null ? null : weights.get(step, other);
            return new Batch(own, target, weight, targets.get(step, other), otherWeight, share);
        }
        addNoise(step, own, random);
        return new Batch(own, target, weight, null, null, 1);
    }

    private static NDIndex index(NDManager step, int[] batch) {
        return new NDIndex("{}", step.create(Arrays.stream(batch).asLongStream().toArray()));
    }

    private void addNoise(NDManager step, NDList batch, SplittableRandom random) {
        for (int i = 0; noise > 0 && i < batch.size(); i++) {
            if (forms.get(i).codes() > 0) {
                continue;
            }
            float[] values = new float[Math.toIntExact(batch.get(i).size())];
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) (noise * random.nextGaussian());
            }
            batch.get(i).addi(step.create(values, batch.get(i).getShape()));
        }
    }
}
