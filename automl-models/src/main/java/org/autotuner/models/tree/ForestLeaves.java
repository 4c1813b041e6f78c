package org.autotuner.models.tree;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.autotuner.model.TrainingData;
import org.autotuner.score.ForestScorer;
import org.autotuner.score.Scorer;
import org.autotuner.score.TreeEnsembleBuilder;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.QuantileTask;

/** What the leaves of unboosted trees hold: a value, or a row of a table where there are several outputs. Used by one thread. */
final class ForestLeaves implements TreeGrower.Leaves {

    private final TrainingData data;
    private final int outputs;
    private final double[] centred;
    private final double mean;
    private final double[] priors;
    private final double smoothing;
    private float[] table = new float[0];
    private int tableRows;

    /**
     * No leaves yet.
     *
     * @param smoothing rows with the shares of all rows that classes are given in each leaf besides, so that none has a share of 0;
     *     at least 0
     */
    ForestLeaves(TrainingData data, double smoothing) {
        this.data = data;
        this.smoothing = smoothing;
        outputs = data.task().outputs();
        boolean isReal = !data.task().isClassification();
        mean = isReal
                ? IntStream.range(0, data.rows())
                        .mapToDouble(data.target()::value)
                        .average()
                        .orElse(0)
                : 0;
        centred = isReal
                ? IntStream.range(0, data.rows())
                        .mapToDouble(row -> data.target().value(row) - mean)
                        .toArray()
                : new double[0];
        priors = isReal || smoothing == 0 ? new double[0] : shares();
    }

    private double[] shares() {
        ClassSide all = (ClassSide) side();
        IntStream.range(0, data.rows())
                .filter(row -> data.weights().at(row) > 0)
                .forEach(row -> all.add(row, data.weights().at(row)));
        return IntStream.range(0, classes()).mapToDouble(all::share).toArray();
    }

    private int classes() {
        return data.task() instanceof BinaryTask ? 2 : outputs;
    }

    /** An empty side of a split. */
    Side side() {
        return data.task().isClassification() ? new ClassSide(data.target(), classes()) : new ValueSide(centred);
    }

    @Override
    public double value(int[] rows, int from, int to, Side content) {
        if (content instanceof ValueSide values) {
            return data.task() instanceof QuantileTask task ? quantiles(rows, from, to, task) : mean + values.mean();
        }
        ClassSide classes = (ClassSide) content;
        if (outputs == 1) {
            return share(classes, 1);
        }
        if (smoothing == 0 && classes.isPure()) {
            return -1 - data.target().label(rows[from]);
        }
        int at = row();
        for (int k = 0; k < outputs; k++) {
            table[at + k] = (float) share(classes, k);
        }
        return tableRows - 1;
    }

    private double share(ClassSide classes, int label) {
        if (smoothing == 0) {
            return classes.share(label);
        }
        double weight = classes.weight();
        return (weight * classes.share(label) + smoothing * priors[label]) / (weight + smoothing);
    }

    /** Unweighted quantiles of the leaf's rows with linear interpolation (Meinshausen 2006 weighs the rows instead). */
    private double quantiles(int[] rows, int from, int to, QuantileTask task) {
        double[] values = new double[to - from];
        for (int i = from; i < to; i++) {
            values[i - from] = data.target().value(rows[i]);
        }
        Arrays.sort(values);
        int at = row();
        for (int k = 0; k < outputs; k++) {
            double place = task.levels().get(k) * (values.length - 1);
            int low = (int) place;
            double high = values[Math.min(values.length - 1, low + 1)];
            table[at + k] = (float) (values[low] + (place - low) * (high - values[low]));
        }
        return tableRows - 1;
    }

    private int row() {
        int at = tableRows * outputs;
        if (at + outputs > table.length) {
            table = Arrays.copyOf(table, Math.max(256 * outputs, Math.min(Integer.MAX_VALUE / 2, table.length) * 2));
        }
        tableRows++;
        return at;
    }

    /** The scorer of trees with these leaves. */
    Scorer scorer(TreeEnsembleBuilder trees) {
        return outputs == 1
                ? trees.build()
                : ForestScorer.of(trees.build(), outputs, Arrays.copyOf(table, tableRows * outputs));
    }
}
