package org.autotuner.prepare;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.autotuner.budget.Deadline;
import org.autotuner.data.Table;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/** What the fitters of all columns share during one fit. Confined to one thread. */
final class FitInput {

    private final Table table;
    private final Weights weights;
    private final Deadline deadline;
    private final long seed;
    private final TargetNumbers target;
    private final int classes;
    private final FeatureNames names = new FeatureNames();

    FitInput(Table table, Target target, Weights weights, PrepareContext context) {
        this.table = table;
        this.weights = weights;
        this.deadline = context.deadline();
        this.seed = context.seed();
        this.classes = Math.max(1, context.task().labels().size());
        this.target = TargetNumbers.of(target, weights, context.task().labels().size());
    }

    Table table() {
        return table;
    }

    int rows() {
        return table.rowCount();
    }

    Weights weights() {
        return weights;
    }

    Deadline deadline() {
        return deadline;
    }

    TargetNumbers target() {
        return target;
    }

    /** Number of classes, 1 for real targets. */
    int classes() {
        return classes;
    }

    FeatureNames names() {
        return names;
    }

    String name(int column) {
        return table.schema().fields().get(column).name();
    }

    /** Random numbers of their own for each purpose, so that one more column changes no other. */
    RandomGenerator random(long purpose) {
        return new SplittableRandom(seed * 0x9e3779b97f4a7c15L + purpose);
    }

    /** At most {@code count} evenly spread rows. */
    int[] spread(int count) {
        int size = Math.min(count, rows());
        int[] rows = new int[size];
        for (int i = 0; i < size; i++) {
            rows[i] = (int) ((long) i * rows() / size);
        }
        return rows;
    }

    /** All rows, shuffled. */
    int[] permutation(RandomGenerator random) {
        int[] order = new int[rows()];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
