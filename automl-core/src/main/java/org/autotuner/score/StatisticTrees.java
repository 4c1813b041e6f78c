package org.autotuner.score;

import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;

/**
 * Boosted trees that also split statistics of the row's categories, which are computed once per row and follow its features.
 * Immutable and thread-safe.
 */
public final class StatisticTrees implements Scorer {

    static final String TYPE = "statistic_trees";

    private final int width;
    private final CategoryStatistic[] statistics;
    private final TreeEnsemble trees;

    private StatisticTrees(int width, CategoryStatistic[] statistics, TreeEnsemble trees) {
        this.width = width;
        this.statistics = statistics;
        this.trees = trees;
    }

    /**
     * Trees on rows that are longer than those that come in; statistics that no tree splits are left out.
     *
     * @param statistics of the features behind those of the row, in their order
     * @throws IllegalArgumentException if the trees' rows have fewer features than there are statistics
     */
    public static StatisticTrees of(List<CategoryStatistic> statistics, TreeEnsemble trees) {
        Arguments.that(
                statistics.size() <= trees.width(),
                "The trees split %d features, fewer than the %d statistics.",
                trees.width(),
                statistics.size());
        int width = trees.width() - statistics.size();
        UsedStatistics used = UsedStatistics.of(statistics, width, trees.splitFeatures());
        return new StatisticTrees(
                width, used.statistics(), trees.renamed(used.places(), width + used.statistics().length));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int outputs() {
        return trees.outputs();
    }

    @Override
    public int width() {
        return width;
    }

    /** Number of complete boosting rounds. */
    public int rounds() {
        return trees.rounds();
    }

    /** Statistics that some tree splits. */
    public int statistics() {
        return statistics.length;
    }

    /** The ensemble of the first rounds. */
    public StatisticTrees truncate(int rounds) {
        return of(List.of(statistics), trees.truncate(rounds));
    }

    @Override
    public void score(FeatureRow row, double[] out) {
        float[] longer = new float[width + statistics.length];
        System.arraycopy(row.array(), row.offset(), longer, 0, width);
        for (int i = 0; i < statistics.length; i++) {
            longer[width + i] = statistics[i].value(longer, 0);
        }
        trees.score(longer, 0, out);
    }

    @Override
    public void write(Node node) {
        node.put("width", width);
        trees.write(node.child("trees"));
        CategoryStatistic.writeAll(statistics, node);
    }

    static final class Codec implements ScorerCodec {

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Scorer read(Node node) {
            int width = node.integer("width", 0, Checks.MAX_WIDTH);
            CategoryStatistic[] statistics = CategoryStatistic.readAll(node, width);
            TreeEnsemble trees = (TreeEnsemble) new TreeEnsembleCodec().read(node.node("trees"));
            Checks.that(
                    trees.width() == width + statistics.length,
                    node,
                    "width",
                    "and the statistics do not add up to the width of the trees' rows");
            return new StatisticTrees(width, statistics, trees);
        }
    }
}
