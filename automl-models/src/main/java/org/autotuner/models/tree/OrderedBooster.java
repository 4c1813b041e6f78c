package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.models.rounds.BoostingChecks;
import org.autotuner.models.rounds.RoundTrainer;
import org.autotuner.score.CategoryStatistic;
import org.autotuner.score.Scorer;
import org.autotuner.score.SymmetricEnsemble;
import org.autotuner.score.SymmetricEnsembleBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Boosting of symmetric trees with ordered target statistics (Prokhorenkova and others, NeurIPS 2018, arXiv 1706.09516), in the
 * paper's terms:
 *
 * <ul>
 *   <li><b>Ordered target statistics</b> (section 3.2): permutations of the rows are drawn before the first tree. In each, the
 *       statistic of a row's category is the mean target of the rows before it with the same category, with weight a = 1 for the
 *       prior p, the mean of all. New rows get the statistic of all training rows.
 *   <li><b>Permutations</b> (section 5, algorithm 2): the structure of each tree is chosen on one of s permutations at random,
 *       with that permutation's own margins; the values of its leaves are those of a further permutation, by which no structure is
 *       chosen. All permutations' margins are moved by the same structure with leaf values of their own.
 *   <li><b>Symmetric trees</b>: one question per level.
 *   <li><b>Bayesian bootstrap</b>: rows weigh (-log u)^t while questions are chosen.
 * </ul>
 *
 * <p>Where it departs: boosting itself is the paper's <i>plain</i> mode, a row's gradient is not taken of a model without that row
 * (section 4; the authors' library does so only for small data on a GPU by default). Combinations of categories are chosen once,
 * before the first tree ({@link Combinations}). Questions are scored by the second-order gain (Newton), not by the cosine of first
 * derivatives. Levels of many rows have the mean of all of them in every permutation. Of real values statistics are of the rank,
 * not of whether they exceed a border. Used by one thread.
 */
final class OrderedBooster implements RoundTrainer {

    /**
     * How to boost.
     *
     * @param oneHot codes up to which a category is asked for directly instead of by statistics
     * @param combinations columns of combined categories at most
     * @param orders in which questions are chosen
     * @param temperature of the Bayesian bootstrap that weighs rows while questions are chosen; 0 for none
     * @param features share of the columns that each tree may ask for
     */
    record Settings(
            double learningRate,
            int depth,
            double l2,
            int cuts,
            int oneHot,
            int combinations,
            int orders,
            double temperature,
            double features,
            PointLoss loss) {}

    /** Rows below which a second thread costs more than it saves. */
    private static final int FEW_ROWS = 4_000;

    private final Settings settings;
    private final FitContext context;
    private final OrderedColumns columns;
    private final List<Margins> margins = new ArrayList<>();
    private final Workers workers;
    private final ColumnRules rules;
    private final SymmetricGrower grower;
    private final PackedGradients[] packed;
    private final float[][] gradients;
    private final float[][] curvatures;
    private final float[] weighted;
    private final float[] weightedCurvature;
    private final float[] bootstrap;
    private final short[] leafOf;
    private final SymmetricEnsembleBuilder builder;
    private final int outputs;
    private final int[] usable;
    private final @Nullable ValidationMargins validation;
    private final short[] validationLeaves;
    private int round;

    private OrderedBooster(TrainingData data, Settings settings, FitContext context, Workers workers) {
        this.settings = settings;
        this.context = context;
        this.workers = workers;
        SplittableRandom random = new SplittableRandom(context.seed());
        this.columns = OrderedColumns.of(
                data,
                settings.cuts(),
                settings.oneHot(),
                settings.combinations(),
                settings.orders() + 1,
                random,
                workers,
                context.deadline());
        for (int order = 0; order < columns.byOrder().size(); order++) {
            margins.add(new Margins(data, settings.loss(), workers));
        }
        Margins first = margins.get(0);
        this.outputs = first.outputs();
        this.rules = ColumnRules.of(
                context.constraints(),
                data.features().features(),
                columns.statistics().stream().map(CategoryStatistic::features).toList());
        this.grower = new SymmetricGrower(
                columns.byOrder().get(0), outputs, settings.depth(), settings.l2(), rules, workers, context.deadline());
        int rows = data.rows();
        this.packed = new PackedGradients[outputs];
        this.gradients = new float[outputs][rows];
        boolean isFlat = first.isFlat();
        this.curvatures = new float[outputs][isFlat ? 0 : rows];
        for (int k = 0; k < outputs; k++) {
            packed[k] = new PackedGradients(rows);
        }
        boolean isWeighted = settings.temperature() > 0;
        this.bootstrap = new float[isWeighted ? rows : 0];
        this.weighted = new float[bootstrap.length];
        this.weightedCurvature = new float[bootstrap.length];
        this.leafOf = new short[rows];
        this.builder = new SymmetricEnsembleBuilder(data.features().width(), first.start(), first.link());
        columns.statistics().forEach(builder::statistic);
        this.usable = IntStream.range(0, rows)
                .filter(row -> data.weights().at(row) > 0)
                .toArray();
        TrainingData others = data.validation();
        this.validation = others == null
                ? null
                : new ValidationMargins(columns.like(others.features(), workers, context.deadline()), first.start());
        this.validationLeaves = new short[others == null ? 0 : others.rows()];
    }

    /**
     * Sorts the data into bins and computes the statistics.
     *
     * @throws DeadlineExceededException if the time ends before
     * @throws org.autotuner.error.DataException if there is nothing to learn from
     */
    static OrderedBooster of(TrainingData data, Settings settings, FitContext context) {
        BoostingChecks.check(data);
        return Workers.lend(context.threads(), workers -> new OrderedBooster(data, settings, context, workers));
    }

    @Override
    public boolean update() {
        SplittableRandom random = new SplittableRandom(context.seed() + 0x9e3779b97f4a7c15L * ++round);
        int orders = margins.size();
        int chosen = orders == 1 ? 0 : 1 + random.nextInt(orders - 1);
        List<SymmetricGrower.Question> questions = grow(chosen, random);
        if (questions == null) {
            if (builder.trees() == 0) {
                throw new DeadlineExceededException("The time was up before the first tree was grown.");
            }
            return false;
        }
        double[] leaves = give(chosen, questions); // first, while the gradients are its own
        for (int order = 0; order < orders; order++) {
            if (order != chosen) {
                gradients(margins.get(order));
                double[] own = give(order, questions);
                leaves = order == 0 ? own : leaves;
            }
        }
        add(questions, leaves);
        return !questions.isEmpty();
    }

    private @Nullable List<SymmetricGrower.Question> grow(int order, SplittableRandom random) {
        gradients(margins.get(order));
        long drawn = random.nextLong();
        workers.ranges(bootstrap.length, FEW_ROWS, (from, to) -> {
            for (int row = from; row < to; row++) {
                bootstrap[row] = (float) Math.pow(-Math.log(1 - RowRandom.share(drawn, row)), settings.temperature());
            }
        });
        for (int k = 0; k < outputs; k++) {
            float[] gradient = gradients[k];
            float[] curvature = curvatures[k];
            if (bootstrap.length > 0) {
                weigh(gradient, curvature);
                gradient = weighted;
                curvature = weightedCurvature;
            }
            packed[k].pack(gradient, curvature, usable, usable.length, random.nextLong(), workers);
        }
        int[] rows = usable.clone();
        int[] asked = HistogramBooster.sample(columns.chosen(), settings.features(), random);
        return grower.grow(columns.byOrder().get(order), packed, rows, rows.length, asked);
    }

    private void weigh(float[] gradient, float[] curvature) {
        workers.ranges(bootstrap.length, FEW_ROWS, (from, to) -> {
            for (int row = from; row < to; row++) {
                weighted[row] = bootstrap[row] * gradient[row];
                weightedCurvature[row] = bootstrap[row] * (curvature.length == 0 ? 1 : curvature[row]);
            }
        });
    }

    private void gradients(Margins own) {
        own.beginRound();
        for (int k = 0; k < outputs; k++) {
            own.gradients(k, gradients[k], curvatures[k]);
        }
    }

    /** Gives the leaves the values of an order, whose gradients are at hand, and adds these to its margins. */
    private double[] give(int order, List<SymmetricGrower.Question> questions) {
        Margins own = margins.get(order);
        answer(columns.byOrder().get(order), questions, leafOf);
        int leaves = 1 << questions.size();
        double[] values = new double[leaves * outputs];
        for (int k = 0; k < outputs; k++) {
            double[] steps = own.steps(k, leafOf, leaves, gradients[k], curvatures[k], settings.l2());
            if (rules.hasDirections()) {
                MonotoneLeaves.keep(steps, rowsByLeaf(leaves), questions, rules);
            }
            for (int leaf = 0; leaf < leaves; leaf++) {
                steps[leaf] *= settings.learningRate();
                values[leaf * outputs + k] = steps[leaf];
            }
            own.add(k, leafOf, steps);
        }
        return values;
    }

    private double[] rowsByLeaf(int leaves) {
        double[] rows = new double[leaves];
        for (short leaf : leafOf) {
            rows[leaf]++;
        }
        return rows;
    }

    /** Writes the leaf of each row. */
    private void answer(Bins bins, List<SymmetricGrower.Question> questions, short[] leaves) {
        byte[][] tables = questions.stream()
                .map(question -> SymmetricGrower.table(bins, question))
                .toArray(byte[][]::new);
        byte[][] ranks = questions.stream()
                .map(question -> bins.ranks(question.feature()))
                .toArray(byte[][]::new);
        workers.ranges(leaves.length, FEW_ROWS, (from, to) -> {
            java.util.Arrays.fill(leaves, from, to, (short) 0);
            for (int level = 0; level < tables.length; level++) {
                byte[] table = tables[level];
                byte[] own = ranks[level];
                for (int row = from; row < to; row++) {
                    leaves[row] |= (short) (table[own[row] & 0xff] << level);
                }
            }
        });
    }

    private void add(List<SymmetricGrower.Question> questions, double[] leaves) {
        Bins bins = columns.byOrder().get(0);
        List<SymmetricEnsembleBuilder.Question> asked = new ArrayList<>();
        for (SymmetricGrower.Question question : questions) {
            asked.add(
                    bins.isCategorical(question.feature())
                            ? new SymmetricEnsembleBuilder.Question(
                                    question.feature(),
                                    bins.code(question.feature(), question.rank()),
                                    SymmetricEnsembleBuilder.Kind.EQUAL)
                            : new SymmetricEnsembleBuilder.Question(
                                    question.feature(),
                                    bins.threshold(question.feature(), question.rank()),
                                    question.isMissingYes()
                                            ? SymmetricEnsembleBuilder.Kind.ABOVE_OR_MISSING
                                            : SymmetricEnsembleBuilder.Kind.ABOVE));
        }
        builder.tree(asked, leaves);
        if (validation != null) {
            validate(validation, questions, leaves);
        }
    }

    private void validate(ValidationMargins others, List<SymmetricGrower.Question> questions, double[] leaves) {
        answer(others.bins(), questions, validationLeaves);
        workers.ranges(others.rows(), FEW_ROWS, (from, to) -> {
            for (int row = from; row < to; row++) {
                for (int k = 0; k < outputs; k++) {
                    others.add(row, k, leaves[validationLeaves[row] * outputs + k]);
                }
            }
        });
    }

    @Override
    public double[] validationOutputs() {
        return validation == null
                ? new double[0]
                : validation.outputs(margins.get(0).link());
    }

    @Override
    public FittedModel model() {
        SymmetricEnsemble ensemble = builder.build();
        return new FittedModel() {
            @Override
            public Scorer scorer() {
                return ensemble;
            }

            @Override
            public Scorer scorer(int steps) {
                return ensemble.truncate(steps);
            }
        };
    }

    @Override
    public void close() {
        workers.close();
    }
}
