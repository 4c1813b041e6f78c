package org.autotuner.models.tree;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.error.DataException;
import org.autotuner.model.TrainingData;
import org.autotuner.score.ForestScorer;
import org.autotuner.score.Scorer;
import org.autotuner.score.TreeEnsembleBuilder;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.QuantileTask;

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
    private final int outputs;
    private final double[] centred;
    private final double mean;
    private float[] table = new float[0];
    private int tableRows;

    Forest(TrainingData data, Settings settings) {
        this.data = data;
        this.settings = settings;
        this.outputs = data.task().outputs();
        this.mean = data.task().isClassification()
                ? 0
                : IntStream.range(0, data.rows())
                        .mapToDouble(data.target()::value)
                        .average()
                        .orElse(0);
        this.centred = data.task().isClassification()
                ? new double[0]
                : IntStream.range(0, data.rows())
                        .mapToDouble(row -> data.target().value(row) - mean)
                        .toArray();
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
        SplitFinder finder =
                new SplitFinder(bins, weights, settings.tried(), settings.minLeaf(), settings.extra(), side(), side());
        Side whole = side();
        TreeGrower grower = new TreeGrower(bins, weights, finder, whole, this::leaf, deadline);
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
        return single()
                ? builder.build()
                : ForestScorer.of(builder.build(), outputs, Arrays.copyOf(table, tableRows * outputs));
    }

    private boolean single() {
        return outputs == 1;
    }

    private Side side() {
        if (!data.task().isClassification()) {
            return new ValueSide(centred);
        }
        return new ClassSide(data.target(), data.task() instanceof BinaryTask ? 2 : outputs);
    }

    private void prior(TreeEnsembleBuilder builder, int[] usable, Side whole) {
        whole.clear();
        for (int row : usable) {
            whole.add(row, data.weights().at(row));
        }
        int[] none = {-1};
        double value = leaf(usable.clone(), 0, usable.length, whole);
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

    private double leaf(int[] rows, int from, int to, Side content) {
        if (content instanceof ValueSide values) {
            return data.task() instanceof QuantileTask task ? quantiles(rows, from, to, task) : mean + values.mean();
        }
        ClassSide classes = (ClassSide) content;
        if (single()) {
            return classes.share(1);
        }
        if (classes.isPure()) {
            return -1 - data.target().label(rows[from]);
        }
        int at = row();
        for (int k = 0; k < outputs; k++) {
            table[at + k] = (float) classes.share(k);
        }
        return tableRows - 1;
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
}
