package org.autotuner.prepare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/**
 * The target as the numbers whose means per level are the target statistics: one indicator for two classes, one per
 * class for more (the most frequent ones where there are too many), the standardised value for real targets.
 */
final class TargetNumbers {

    /** Statistics of at most this many classes, the most frequent ones. */
    static final int MOST_CLASSES = 12;

    private final int outputs;
    private final int[] slots;
    private final float[] values;
    private final double[] priors;
    private final Weights weights;

    private TargetNumbers(int outputs, int[] slots, float[] values, double[] priors, Weights weights) {
        this.outputs = outputs;
        this.slots = slots;
        this.values = values;
        this.priors = priors;
        this.weights = weights;
    }

    static TargetNumbers of(Target target, Weights weights, int classes) {
        int rows = target.size();
        double total = 0;
        for (int row = 0; row < rows; row++) {
            total += weights.at(row);
        }
        if (!target.hasLabels()) {
            NumericSummary summary = NumericSummary.of(rows, target::value, weights, false);
            double spread = summary.deviation() > 0 ? summary.deviation() : 1;
            float[] values = new float[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = (float) ((target.value(row) - summary.mean()) / spread);
            }
            return new TargetNumbers(1, new int[0], values, new double[] {0}, weights);
        }
        double[] sums = new double[classes];
        for (int row = 0; row < rows; row++) {
            sums[target.label(row)] += weights.at(row);
        }
        int[] slotOfClass = new int[classes];
        Arrays.fill(slotOfClass, -1);
        if (classes == 2) {
            slotOfClass[1] = 0;
        } else {
            int[] frequent = IntStream.range(0, classes)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer c) -> -sums[c]).thenComparing(c -> c))
                    .limit(MOST_CLASSES)
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            for (int i = 0; i < frequent.length; i++) {
                slotOfClass[frequent[i]] = i;
            }
        }
        int outputs = classes == 2 ? 1 : Math.min(classes, MOST_CLASSES);
        double[] priors = new double[outputs];
        for (int c = 0; c < classes; c++) {
            if (slotOfClass[c] >= 0) {
                priors[slotOfClass[c]] = total > 0 ? sums[c] / total : 0;
            }
        }
        int[] slots = new int[rows];
        for (int row = 0; row < rows; row++) {
            slots[row] = slotOfClass[target.label(row)];
        }
        return new TargetNumbers(outputs, slots, new float[0], priors, weights);
    }

    int rows() {
        return Math.max(slots.length, values.length);
    }

    int outputs() {
        return outputs;
    }

    double prior(int output) {
        return priors[output];
    }

    double weight(int row) {
        return weights.at(row);
    }

    boolean isReal() {
        return slots.length == 0;
    }

    double value(int row, int output) {
        return isReal() ? values[row] : slots[row] == output ? 1 : 0;
    }

    /** Adds the weighted target of a row to sums of {@code outputs} numbers that start at {@code at}. */
    void add(int row, double factor, double[] sums, int at) {
        if (isReal()) {
            sums[at] += factor * values[row];
        } else if (slots[row] >= 0) {
            sums[at + slots[row]] += factor;
        }
    }
}
