package org.autotuner.models.tree;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.error.DataException;
import org.autotuner.model.TrainingData;
import org.autotuner.score.Scorer;
import org.autotuner.score.TreeEnsembleBuilder;

/**
 * Fits one forest. Beside the grown trees one leaf with the values of all rows has a vote, so that no probability is 0.
 * Used once, by one thread.
 */
final class Forest {

    /**
     * How to grow.
     *
     * @param trees number of trees, at least 1
     * @param tried features drawn for each node
     * @param minLeaf rows of a leaf, at least 1
     * @param extra one random cut for each feature and all rows in each tree, instead of all cuts and a bootstrap sample
     */
    record Settings(int trees, int tried, int minLeaf, boolean extra) {

        Settings withTrees(int given) {
            return new Settings(given, tried, minLeaf, extra);
        }
    }

    /** More rows make a tree slower, hardly better: others see the rest. */
    private static final int MAX_ROWS_PER_TREE = 250_000;
    /** About 200 MB of scorer. */
    private static final long MAX_NODES = 8_000_000;

    private final TrainingData data;
    private final Settings settings;
    private final ForestLeaves leaves;

    Forest(TrainingData data, Settings settings) {
        this.data = data;
        this.settings = settings;
        this.leaves = new ForestLeaves(data, 0);
    }

    /**
     * Grows the trees; fewer if the time or the memory for nodes ends before.
     *
     * @throws DeadlineExceededException if there was no time at all
     * @throws DataException if there is nothing to learn from
     */
    Scorer fit(long seed, Deadline deadline) {
        deadline.check();
        int[] usable = IntStream.range(0, data.rows())
                .filter(row -> data.weights().at(row) > 0)
                .toArray();
        if (usable.length == 0 || data.features().width() == 0) {
            throw new DataException("A forest needs rows of positive weight and dense features, but got %d x %d."
                    .formatted(usable.length, data.features().width()));
        }
        Bins bins = Workers.with(1, workers -> Bins.shared(data, Bins.MOST_CUTS, workers, deadline));
        deadline.check();
        double[] weights = new double[data.rows()];
        SplitFinder finder = new SplitFinder(
                bins, weights, settings.tried(), settings.minLeaf(), settings.extra(), leaves.side(), leaves.side());
        Side whole = leaves.side();
        TreeGrower grower = new TreeGrower(bins, weights, finder, whole, leaves, deadline);
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder(data.features().width(), 1).average(true);
        prior(builder, usable, whole);
        SplittableRandom seeds = new SplittableRandom(seed);
        long nodes = 0;
        for (int tree = 0; tree < settings.trees() && nodes < MAX_NODES; tree++) {
            SplittableRandom random = seeds.split();
            int[] rows = draw(usable, weights, random);
            if (!grower.grow(rows, random, builder, tree == 0)) {
                break;
            }
            nodes += grower.nodes();
        }
        return leaves.scorer(builder);
    }

    private void prior(TreeEnsembleBuilder builder, int[] usable, Side whole) {
        whole.clear();
        for (int row : usable) {
            whole.add(row, data.weights().at(row));
        }
        int[] none = {-1};
        double value = leaves.value(usable.clone(), 0, usable.length, whole);
        builder.addTree(0, new int[1], new double[1], none, none, new int[1], null, new double[] {value}, new double[] {
            whole.weight()
        });
    }

    /** Rows of one tree, each once; how often a row was drawn multiplies its weight. */
    private int[] draw(int[] usable, double[] weights, SplittableRandom random) {
        int count = Math.min(MAX_ROWS_PER_TREE, usable.length);
        if (settings.extra() && count == usable.length) {
            for (int row : usable) {
                weights[row] = data.weights().at(row);
            }
            return usable.clone();
        }
        Arrays.fill(weights, 0);
        int[] drawn = new int[count];
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            int row = usable[random.nextInt(usable.length)];
            if (weights[row] == 0) {
                drawn[distinct++] = row;
            }
            weights[row] += data.weights().at(row);
        }
        return Arrays.copyOf(drawn, distinct);
    }
}
