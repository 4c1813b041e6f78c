package org.autotuner.metric;

import java.util.List;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/** Total weight of rows by true and decided label. Immutable and thread-safe. */
public final class ConfusionMatrix {

    private final List<String> labels;
    private final double[] cells;
    private final double[] truths;
    private final double[] decided;
    private final double total;
    private final double correct;

    private ConfusionMatrix(List<String> labels, double[] cells) {
        int size = labels.size();
        this.labels = labels;
        this.cells = cells;
        this.truths = new double[size];
        this.decided = new double[size];
        double sum = 0;
        double hits = 0;
        for (int truth = 0; truth < size; truth++) {
            for (int choice = 0; choice < size; choice++) {
                double cell = cells[truth * size + choice];
                truths[truth] += cell;
                decided[choice] += cell;
                sum += cell;
            }
            hits += cells[truth * size + truth];
        }
        this.total = sum;
        this.correct = hits;
    }

    /** Counts the decided labels; see {@link Predictions#chosen}. */
    public static ConfusionMatrix of(Target truth, Predictions predictions, Weights weights) {
        int size = predictions.task().labels().size();
        double[] cells = new double[size * size];
        for (int row = 0; row < truth.size(); row++) {
            cells[truth.label(row) * size + predictions.chosen(row)] += weights.at(row);
        }
        return new ConfusionMatrix(predictions.task().labels(), cells);
    }

    public List<String> labels() {
        return labels;
    }

    /** Weight of the rows of one label (first index) that were taken for another (second index). */
    public double at(int truth, int choice) {
        return cells[truth * labels.size() + choice];
    }

    /** Weight of the rows that have this label. */
    public double truths(int label) {
        return truths[label];
    }

    /** Weight of the rows that were given this label. */
    public double decided(int label) {
        return decided[label];
    }

    public double total() {
        return total;
    }

    /** Weight of the rows that were given their own label. */
    public double correct() {
        return correct;
    }

    /** Whether any row has or was given this label. */
    boolean isPresent(int label) {
        return truths[label] > 0 || decided[label] > 0;
    }

    double precision(int label) {
        return decided[label] > 0 ? at(label, label) / decided[label] : 0;
    }

    double recall(int label) {
        return truths[label] > 0 ? at(label, label) / truths[label] : 0;
    }

    double f1(int label) {
        double sum = truths[label] + decided[label];
        return sum > 0 ? 2 * at(label, label) / sum : 0;
    }
}
