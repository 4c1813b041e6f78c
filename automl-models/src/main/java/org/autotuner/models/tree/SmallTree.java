package org.autotuner.models.tree;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.error.DataException;
import org.autotuner.model.TrainingData;
import org.autotuner.score.Scorer;
import org.autotuner.score.TreeEnsembleBuilder;

/** Grows one tree of all rows to a given depth. Used once, by one thread. */
final class SmallTree {

    /** So that one leaf of one class does not ruin the log loss; too little to be seen otherwise. */
    private static final double SMOOTHING = 0.5;

    private SmallTree() {}

    /**
     * Grows the tree; what is left becomes leaves if the time ends before.
     *
     * @param depth most splits above a leaf
     * @param minLeaf rows of a leaf, at least 1
     * @throws org.autotuner.budget.DeadlineExceededException if there was no time at all
     * @throws DataException if there is nothing to learn from
     */
    static Scorer fit(TrainingData data, int depth, int minLeaf, long seed, Deadline deadline) {
        deadline.check();
        int[] usable = IntStream.range(0, data.rows())
                .filter(row -> data.weights().at(row) > 0)
                .toArray();
        int width = data.features().width();
        if (usable.length == 0 || width == 0) {
            throw new DataException("A tree needs rows of positive weight and dense features, but got %d x %d."
                    .formatted(usable.length, width));
        }
        Bins bins = Workers.with(1, workers -> Bins.shared(data, Bins.MOST_CUTS, workers, deadline));
        deadline.check();
        double[] weights = new double[data.rows()];
        for (int row : usable) {
            weights[row] = data.weights().at(row);
        }
        ForestLeaves leaves = new ForestLeaves(data, SMOOTHING);
        SplitFinder finder = new SplitFinder(bins, weights, width, minLeaf, false, leaves.side(), leaves.side());
        TreeGrower grower = new TreeGrower(bins, weights, finder, leaves.side(), leaves, deadline, depth);
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder(width, 1);
        grower.grow(usable, new SplittableRandom(seed), builder, true);
        return leaves.scorer(builder);
    }
}
