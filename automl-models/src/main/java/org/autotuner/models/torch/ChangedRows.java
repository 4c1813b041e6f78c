package org.autotuner.models.torch;

import java.util.SplittableRandom;
import org.autotuner.train.StepPlan;
import org.jspecify.annotations.Nullable;

/** Gathers the rows of some steps in their order, changed, with their targets. */
final class ChangedRows {

    private final float[] numbers;
    private final int width;
    private final NetworkTargets targets;
    private final RowChange change;
    private float @Nullable [] buffer;

    /** Of these rows, which are not copied. */
    ChangedRows(float[] numbers, int width, NetworkTargets targets, RowChange change) {
        this.numbers = numbers;
        this.width = width;
        this.targets = targets;
        this.change = change;
    }

    /** Rows in the order of the plan x numbers; valid until the next call. */
    float[] inputs(StepPlan plan, SplittableRandom random) {
        int[] order = plan.order()[0];
        float[] gathered = buffer;
        if (gathered == null || gathered.length != order.length * width) {
            gathered = new float[order.length * width];
            buffer = gathered;
        }
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(numbers, order[i] * width, gathered, i * width, width);
        }
        for (int step = 0; step < plan.steps(); step++) {
            int from = step * plan.batch();
            int rows = Math.min(plan.batch(), order.length - from);
            change.apply(gathered, from * width, rows, plan.mix(step), random.split());
        }
        return gathered;
    }

    NetworkTargets targets(int[] order) {
        int[] labels = new int[targets.hasLabels() ? order.length : 0];
        int values = targets.width();
        float[] shares = new float[targets.hasLabels() ? 0 : order.length * values];
        float[] weights = new float[targets.weights().length == 0 ? 0 : order.length];
        for (int i = 0; i < order.length; i++) {
            if (targets.hasLabels()) {
                labels[i] = targets.labels()[order[i]];
            } else {
                System.arraycopy(targets.values(), order[i] * values, shares, i * values, values);
            }
            if (weights.length > 0) {
                weights[i] = targets.weights()[order[i]];
            }
        }
        return new NetworkTargets(labels, shares, values, weights);
    }
}
