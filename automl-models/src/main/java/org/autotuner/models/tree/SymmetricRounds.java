package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.model.FittedModel;
import org.autotuner.models.rounds.TreeRounds;
import org.autotuner.score.SymmetricEnsemble;
import org.autotuner.score.SymmetricEnsembleBuilder;
import org.jspecify.annotations.Nullable;

/** Rounds of one symmetric tree whose leaves have a value for each output. */
final class SymmetricRounds implements RoundGrower {

    /** Rows below which a second thread costs more than it saves. */
    private static final int FEW_ROWS = 4_000;

    private final SymmetricGrower grower;
    private final Bins cuts;
    private final ColumnRules rules;
    private final Workers workers;
    private final SymmetricEnsembleBuilder builder;

    /**
     * No rounds yet.
     *
     * @param cuts that all bins have
     * @param builder without trees
     */
    SymmetricRounds(
            SymmetricGrower grower, Bins cuts, ColumnRules rules, Workers workers, SymmetricEnsembleBuilder builder) {
        this.grower = grower;
        this.cuts = cuts;
        this.rules = rules;
        this.workers = workers;
        this.builder = builder;
    }

    @Override
    public @Nullable Round grow(Bins bins, PackedGradients[] packed, int[] rows, int[] columns) {
        List<SymmetricGrower.Question> questions = grower.grow(bins, packed, rows.clone(), rows.length, columns);
        return questions == null ? null : new Tree(questions);
    }

    @Override
    public int rounds() {
        return builder.trees();
    }

    @Override
    public FittedModel model() {
        SymmetricEnsemble ensemble = builder.build();
        return new TreeRounds(ensemble, ensemble::truncate);
    }

    private final class Tree implements Round {

        private final List<SymmetricGrower.Question> questions;

        Tree(List<SymmetricGrower.Question> questions) {
            this.questions = questions;
        }

        @Override
        public boolean isEmpty() {
            return questions.isEmpty();
        }

        @Override
        public int leaves(int output) {
            return 1 << questions.size();
        }

        @Override
        public boolean isShared() {
            return true;
        }

        @Override
        public void find(Bins bins, int output, short[] leafOf) {
            byte[][] tables = questions.stream()
                    .map(question -> SymmetricGrower.table(bins, question))
                    .toArray(byte[][]::new);
            byte[][] ranks = questions.stream()
                    .map(question -> bins.ranks(question.feature()))
                    .toArray(byte[][]::new);
            workers.ranges(bins.rows(), FEW_ROWS, (from, to) -> {
                java.util.Arrays.fill(leafOf, from, to, (short) 0);
                for (int level = 0; level < tables.length; level++) {
                    byte[] table = tables[level];
                    byte[] own = ranks[level];
                    for (int row = from; row < to; row++) {
                        leafOf[row] |= (short) (table[own[row] & 0xff] << level);
                    }
                }
            });
        }

        @Override
        public void limit(int output, double[] values, short[] leafOf) {
            if (!rules.hasDirections()) {
                return;
            }
            double[] rows = new double[values.length];
            for (short leaf : leafOf) {
                rows[leaf]++;
            }
            MonotoneLeaves.keep(values, rows, questions, rules);
        }

        @Override
        public void keep(double[][] values) {
            int outputs = values.length;
            double[] leaves = new double[outputs << questions.size()];
            for (int at = 0; at < leaves.length; at++) {
                leaves[at] = values[at % outputs][at / outputs];
            }
            List<SymmetricEnsembleBuilder.Question> asked = new ArrayList<>();
            for (SymmetricGrower.Question question : questions) {
                asked.add(asked(question));
            }
            builder.tree(asked, leaves);
        }

        private SymmetricEnsembleBuilder.Question asked(SymmetricGrower.Question question) {
            int feature = question.feature();
            if (cuts.isCategorical(feature)) {
                return new SymmetricEnsembleBuilder.Question(
                        feature, cuts.code(feature, question.rank()), SymmetricEnsembleBuilder.Kind.EQUAL);
            }
            return new SymmetricEnsembleBuilder.Question(
                    feature,
                    cuts.threshold(feature, question.rank()),
                    question.isMissingYes()
                            ? SymmetricEnsembleBuilder.Kind.ABOVE_OR_MISSING
                            : SymmetricEnsembleBuilder.Kind.ABOVE);
        }
    }
}
