package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.autotuner.model.TrainingData;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Task;

/**
 * What statistics of categories are means of. Immutable.
 *
 * @param values of each target, one per row
 * @param weights of the rows
 * @param priors mean of each target over all rows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StatisticTargets(List<float[]> values, float[] weights, double[] priors) {

    /** Of more classes only the most frequent have statistics. */
    private static final int MOST_CLASSES = 12;

    static StatisticTargets of(TrainingData data) {
        float[] weights = new float[data.rows()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = (float) data.weights().at(row);
        }
        List<float[]> values = values(data);
        return new StatisticTargets(
                values,
                weights,
                values.stream().mapToDouble(target -> mean(target, weights)).toArray());
    }

    /** How many there are. */
    int count() {
        return values.size();
    }

    /** How many a task has. */
    static int count(Task task) {
        return task.isClassification()
                ? Math.min(MOST_CLASSES, Math.max(1, task.labels().size() - 1))
                : 1;
    }

    private static double mean(float[] values, float[] weights) {
        double sum = 0;
        double weight = 0;
        for (int row = 0; row < values.length; row++) {
            sum += weights[row] * values[row];
            weight += weights[row];
        }
        return weight > 0 ? sum / weight : 0;
    }

    /**
     * The rank of the value, so that a few large ones do not decide, or whether the row is of a class: of two classes the second,
     * of more each of the most frequent but the first, of which the others tell.
     */
    private static List<float[]> values(TrainingData data) {
        int rows = data.rows();
        if (!data.task().isClassification() || data.task() instanceof BinaryTask) {
            float[] values = new float[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = (float) data.target().value(row);
            }
            return List.of(data.task().isClassification() ? values : shares(values));
        }
        int[] counts = new int[data.task().labels().size()];
        for (int row = 0; row < rows; row++) {
            counts[data.target().label(row)]++;
        }
        int[] frequent = IntStream.range(0, counts.length)
                .boxed()
                .sorted((a, b) -> counts[a] != counts[b] ? counts[b] - counts[a] : a - b)
                .skip(1)
                .limit(MOST_CLASSES)
                .mapToInt(Integer::intValue)
                .toArray();
        List<float[]> all = new ArrayList<>();
        for (int label : frequent) {
            float[] values = new float[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = data.target().label(row) == label ? 1 : 0;
            }
            all.add(values);
        }
        return all;
    }

    /** The share of the values that lie below each, of equal ones half. */
    private static float[] shares(float[] values) {
        float[] sorted = values.clone();
        FloatSort.sort(sorted, sorted.length);
        float[] shares = new float[values.length];
        for (int row = 0; row < shares.length; row++) {
            int below = below(sorted, values[row], false);
            shares[row] = (below + below(sorted, values[row], true)) / (2f * sorted.length);
        }
        return shares;
    }

    /** How many of the sorted values are lower, or not higher. */
    private static int below(float[] sorted, float value, boolean withEqual) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            boolean isBelow = withEqual ? sorted[middle] <= value : sorted[middle] < value;
            from = isBelow ? middle + 1 : from;
            to = isBelow ? to : middle;
        }
        return from;
    }
}
