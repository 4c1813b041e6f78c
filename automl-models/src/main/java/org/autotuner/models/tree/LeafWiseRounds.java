package org.autotuner.models.tree;

import java.util.List;
import org.autotuner.model.FittedModel;
import org.autotuner.models.rounds.TreeRounds;
import org.autotuner.score.CategoryStatistic;
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
        Tree[] trees = new Tree[packed.length];
        for (int k = 0; k < trees.length; k++) {
            int[] own = rows.clone();
            BoostedTree tree = grower.grow(bins, packed[k], own, own.length, columns);
            if (tree == null) {
                return null;
            }
            trees[k] = new Tree(tree, List.copyOf(grower.leaves()), own);
            for (LeafGrower.Leaf leaf : grower.leaves()) {
                tree.leaf(leaf.node, 0, packed[k].curvatureSteps(leaf.sum) * packed[k].curvatureUnit());
            }
        }
        return new Trees(trees, bins);
    }

    /**
     * A tree as it was grown.
     *
     * @param rows those of a leaf side by side
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Tree(BoostedTree nodes, List<LeafGrower.Leaf> leaves, int[] rows) {}

    @Override
    public int rounds() {
        return rounds;
    }

    @Override
    public FittedModel model() {
        StatisticTrees trees = StatisticTrees.of(statistics, builder.build());
        return new TreeRounds(trees, trees::truncate);
    }

    private final class Trees implements Round {

        private final Tree[] trees;
        private final Bins grownOn;

        Trees(Tree[] trees, Bins grownOn) {
            this.trees = trees;
            this.grownOn = grownOn;
        }

        @Override
        public boolean isEmpty() {
            for (Tree tree : trees) {
                if (tree.nodes().nodes() > 1) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int leaves(int output) {
            return trees[output].nodes().nodes();
        }

        @Override
        public boolean isShared() {
            return trees.length == 1;
        }

        @Override
        public void find(Bins bins, int output, short[] leafOf) {
            Tree tree = trees[output];
            if (bins == grownOn) {
                java.util.Arrays.fill(leafOf, (short) 0); // rows of weight 0 were not there; the root has no value
                tree.leaves().forEach(leaf -> {
                    for (int i = leaf.from; i < leaf.to; i++) {
                        leafOf[tree.rows()[i]] = (short) leaf.node;
                    }
                });
                return;
            }
            BoostedTree.Walk walk = tree.nodes().walk(bins);
            workers.ranges(bins.rows(), FEW_ROWS, (from, to) -> {
                for (int row = from; row < to; row++) {
                    leafOf[row] = (short) walk.leaf(row);
                }
            });
        }

        @Override
        public void limit(int output, double[] values, short[] leafOf) {
            LeafLimits[] limits = new LeafLimits[values.length];
            trees[output].leaves().forEach(leaf -> limits[leaf.node] = leaf.limits);
            for (int node = 0; node < values.length; node++) {
                LeafLimits own = limits[node];
                values[node] = own == null ? 0 : own.clamp(values[node]);
            }
        }

        @Override
        public void keep(double[][] values) {
            for (int k = 0; k < trees.length; k++) {
                trees[k].nodes().give(values[k]);
                trees[k].nodes().addTo(builder, k, cuts);
            }
            rounds++;
        }
    }
}
