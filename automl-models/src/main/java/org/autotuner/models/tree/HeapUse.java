package org.autotuner.models.tree;

import org.autotuner.model.DataShape;
import org.autotuner.models.rounds.LeafWise;
import org.autotuner.space.Configuration;
import org.autotuner.task.BinaryTask;

/** How much of the heap a booster will take, told from the shape of its data: what its arrays add up to. Immutable. */
final class HeapUse {

    /** Gradient, curvature and both packed. */
    private static final double GRADIENTS = 4 + 4 + 8;
    /** Packed numbers in the order of a leaf, row numbers three times. */
    private static final double LEAF_ROWS = 8 + 4 + 4 + 4;
    /** Weights of the bootstrap, gradient and curvature times these, number of the leaf. */
    private static final double BOOTSTRAP = 4 + 4 + 4 + 2;

    private static final double NODE = 44;
    private static final double QUESTION = 24;
    private static final double STATISTIC_CELLS = 33;
    private static final double WHOLE_CELLS = 60;

    private final int rows;
    private final int outputs;
    private final int targets;
    private final boolean isSoftmax;
    private final double cells;
    private final double columns;

    private HeapUse(DataShape shape) {
        rows = shape.rows();
        outputs = shape.task().outputs();
        targets = StatisticTargets.count(shape.task());
        isSoftmax = shape.task().isClassification() && !(shape.task() instanceof BinaryTask);
        double broken = shape.numericColumns() - shape.wholeColumns() + shape.textNumbers();
        cells = broken * Math.min(254, rows)
                + shape.wholeColumns() * Math.min(WHOLE_CELLS, rows)
                + Math.min(255.0 * shape.categoricalColumns(), shape.levels())
                + shape.categoricalColumns();
        columns = Math.max(1, shape.columns() - shape.textColumns() + shape.textNumbers());
    }

    static HeapUse of(DataShape shape) {
        return new HeapUse(shape);
    }

    /**
     * Bytes of a leaf-wise booster at its largest, the rows it is given not among them.
     *
     * @param features that the rows have
     */
    long histogramBoosting(double features, Configuration configuration, double rounds) {
        double leaves = leaves(configuration.get(LeafWise.LEAVES), configuration.get(LeafWise.MIN_ROWS));
        double histogram = cells * features / columns * Long.BYTES;
        double perRow = features + margins() + GRADIENTS + LEAF_ROWS;
        return (long) (rows * perRow + grown(leaves, histogram, rounds));
    }

    /**
     * Bytes of an ordered booster of symmetric trees at its largest, the rows it is given not among them.
     *
     * @param plain features that the rows have
     * @param statistics columns behind them
     * @param orders of the rows
     */
    long symmetric(double plain, double statistics, int depth, int orders, double rounds) {
        double trees = rounds * ((outputs << depth) * 8.0 + depth * QUESTION);
        double histograms = histogram(plain, statistics) * outputs * (1 << (depth - 1));
        return (long) (rows * perOrderedRow(plain, statistics, orders) + histograms + trees);
    }

    /**
     * Bytes of an ordered booster of leaf-wise trees, as {@link #symmetric}.
     *
     * @param least rows of a leaf
     */
    long leafWise(double plain, double statistics, int most, int least, int orders, double rounds) {
        double grown = grown(leaves(most, least), histogram(plain, statistics), rounds);
        return (long) (rows * perOrderedRow(plain, statistics, orders) + grown);
    }

    /** Bytes of the models of ordered boosting beside what plain boosting takes, for these orders: of twice the rows each. */
    long prefixMargins(int orders) {
        double perRow = margins() + outputs * (4 + 4) + 2 + 4;
        return (long) (orders * rows * (2 * perRow - margins()));
    }

    private double perOrderedRow(double plain, double statistics, int orders) {
        double perStatistic = (1.0 + targets * orders) / (1 + targets); // counts do not depend on the order
        return plain
                + statistics * perStatistic
                + (statistics < 1 ? 1 : orders) * margins()
                + outputs * GRADIENTS
                + LEAF_ROWS
                + BOOTSTRAP;
    }

    private double histogram(double plain, double statistics) {
        return (cells * plain / columns + statistics * STATISTIC_CELLS) * Long.BYTES;
    }

    private double leaves(int most, int least) {
        return Math.min(most, Math.max(2.0, (double) rows / least));
    }

    /** Histograms that leaf-wise trees keep, and the trees. */
    private double grown(double leaves, double histogram, double rounds) {
        return Math.min(LeafGrower.MOST_BYTES, histogram * (leaves + 1)) + rounds * outputs * leaves * 2 * NODE;
    }

    /** Of a row: target, weight, margins and shares of the classes. */
    private double margins() {
        return 8 + 8 + outputs * (isSoftmax ? 12.0 : 8.0);
    }
}
