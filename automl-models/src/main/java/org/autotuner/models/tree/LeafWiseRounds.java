package org.autotuner.models.tree;

import java.util.List;
import org.autotuner.model.FittedModel;
import org.autotuner.score.CategoryStatistic;
import org.autotuner.score.Scorer;
import org.autotuner.score.StatisticTrees;
import org.autotuner.score.TreeEnsembleBuilder;
import org.jspecify.annotations.Nullable;

/** Rounds of a tree for each output that is grown leaf by leaf. */
final class LeafWiseRounds implements RoundGrower {

    /** Rows below which a second thread costs more than it saves. */
    private static final int FEW_ROWS = 2_000;

    private final LeafGrower grower;
    private final Bins cuts;
    private final Workers workers;
    private final List<CategoryStatistic> statistics;
    private final TreeEnsembleBuilder builder;
    private int rounds;

    /**
     * No rounds yet.
     *
     * @param cuts that all bins have
     * @param statistics of the columns behind those of the rows
     * @param builder without trees
     */
    LeafWiseRounds(
            LeafGrower grower,
            Bins cuts,
            Workers workers,
            List<CategoryStatistic> statistics,
            TreeEnsembleBuilder builder) {
        this.grower = grower;
        this.cuts = cuts;
        this.workers = workers;
        this.statistics = statistics;
        this.builder = builder;
    }

    @Override
    public @Nullable Round grow(Bins bins, PackedGradients[] packed, int[] rows, int[] columns) {
        BoostedTree[] trees = new BoostedTree[packed.length];
        LeafLimits[][] limits = new LeafLimits[packed.length][];
        for (int k = 0; k < trees.length; k++) {
            BoostedTree tree = grower.grow(bins, packed[k], rows.clone(), rows.length, columns);
            if (tree == null) {
                return null;
            }
            trees[k] = tree;
            limits[k] = new LeafLimits[tree.nodes()];
            for (LeafGrower.Leaf leaf : grower.leaves()) {
                limits[k][leaf.node] = leaf.limits;
                tree.leaf(leaf.node, 0, packed[k].curvatureSteps(leaf.sum) * packed[k].curvatureUnit());
            }
        }
        return new Trees(trees, limits);
    }

    @Override
    public int rounds() {
        return rounds;
    }

    @Override
    public FittedModel model() {
        StatisticTrees trees = StatisticTrees.of(statistics, builder.build());
        return new FittedModel() {
            @Override
            public Scorer scorer() {
                return trees;
            }

            @Override
            public Scorer scorer(int steps) {
                return trees.truncate(steps);
            }
        };
    }

    private final class Trees implements Round {

        private final BoostedTree[] trees;
        private final LeafLimits[][] limits;

        Trees(BoostedTree[] trees, LeafLimits[][] limits) {
            this.trees = trees;
            this.limits = limits;
        }

        @Override
        public boolean isEmpty() {
            for (BoostedTree tree : trees) {
                if (tree.nodes() > 1) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int leaves(int output) {
            return trees[output].nodes();
        }

        @Override
        public boolean isShared() {
            return trees.length == 1;
        }

        @Override
        public void find(Bins bins, int output, short[] leafOf) {
            BoostedTree.Walk walk = trees[output].walk(bins);
            workers.ranges(bins.rows(), FEW_ROWS, (from, to) -> {
                for (int row = from; row < to; row++) {
                    leafOf[row] = (short) walk.leaf(row);
                }
            });
        }

        @Override
        public void limit(int output, double[] values, short[] leafOf) {
            for (int node = 0; node < values.length; node++) {
                LeafLimits own = limits[output][node];
                values[node] = own == null ? 0 : own.clamp(values[node]);
            }
        }

        @Override
        public void keep(double[][] values) {
            for (int k = 0; k < trees.length; k++) {
                trees[k].give(values[k]);
                trees[k].addTo(builder, k, cuts);
            }
            rounds++;
        }
    }
}
