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
import org.autotuner.score.SymmetricEnsembleBuilder;
import org.autotuner.score.TreeEnsembleBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Boosting with ordered target statistics (Prokhorenkova and others, NeurIPS 2018, arXiv 1706.09516), in the paper's terms:
 *
 * <ul>
 *   <li><b>Ordered target statistics</b> (section 3.2): permutations of the rows are drawn before the first tree. In each, the
 *       statistic of a row's category is the mean target of the rows before it with the same category, with weight a = 1 for the
 *       prior p, the mean of all. New rows get the statistic of all training rows.
 *   <li><b>Permutations</b> (section 5, algorithm 2): the structure of each tree is chosen on one of s permutations at random,
 *       with that permutation's own margins; the values of its leaves are those of a further permutation, by which no structure is
 *       chosen. All permutations' margins are moved by the same structure with leaf values of their own.
 *   <li><b>Ordered or plain boosting</b> (section 4): with {@link PrefixMargins} the gradients by which questions are chosen are of
 *       models that have not seen the row; else all are of the one model.
 *   <li><b>Symmetric trees</b>: one question per level; or, as the authors' library offers besides, leaf-wise ones.
 *   <li><b>Bayesian bootstrap</b>: rows weigh (-log u)^t while questions are chosen.
 * </ul>
 *
 * <p>Where it departs: combinations of categories are chosen once, before the first tree ({@link Combinations}). Questions are
 * scored by the second-order gain (Newton), not by the cosine of first derivatives. Levels of many rows have the mean of all of them in every permutation. Of real values statistics are of the rank,
 * not of whether they exceed a border. Used by one thread.
 */
final class OrderedBooster implements RoundTrainer {

    /**
     * How to boost.
     *
     * @param depth of symmetric trees
     * @param growth of other trees; null for symmetric ones
     * @param oneHot codes up to which a category is asked for directly instead of by statistics
     * @param combinations columns of combined categories at most
     * @param orders in which questions are chosen
     * @param isOrdered whether gradients by which questions are chosen are of models that have not seen the row
     * @param temperature of the Bayesian bootstrap that weighs rows while questions are chosen; 0 for none
     * @param features share of the columns that each tree may ask for
     */
    record Settings(
            double learningRate,
            int depth,
            @Nullable GrowthSettings growth,
            double l2,
            int cuts,
            int oneHot,
            int combinations,
            int orders,
            boolean isOrdered,
            double temperature,
            double features,
            PointLoss loss) {}

    /** Rows below which a second thread costs more than it saves. */
    private static final int FEW_ROWS = 4_000;

    private final Settings settings;
    private final FitContext context;
    private final OrderedColumns columns;
    private final List<OrderMargins> margins = new ArrayList<>();
    private final Margins first;
    private final Workers workers;
    private final RoundGrower grower;
    private final PackedGradients[] packed;
    private final float[][] gradients;
    private final float[][] curvatures;
    private final float[] weighted;
    private final float[] weightedCurvature;
    private final float[] bootstrap;
    private final int outputs;
    private final int[] usable;
    private final @Nullable ValidationMargins validation;
    private final short[] validationLeaves;
    private int round;

    private OrderedBooster(TrainingData data, Settings settings, FitContext context, Workers workers) {
        this.settings = settings;
        this.context = context;
        this.workers = workers;
        long seed = data.derivations().seed(context.seed());
        int[][] orders = orders(data.rows(), settings.orders() + 1, new SplittableRandom(seed));
        this.columns = OrderedColumns.of(
                data,
                settings.cuts(),
                settings.oneHot(),
                settings.combinations(),
                orders,
                seed + 1,
                workers,
                context.deadline());
        this.first = new Margins(data, settings.loss(), workers);
        margins.add(new PlainMargins(first, settings.l2(), settings.learningRate()));
        int further = settings.isOrdered() || columns.byOrder().size() > 1 ? settings.orders() : 0;
        for (int order = 1; order <= further; order++) {
            margins.add(
                    settings.isOrdered()
                            ? new PrefixMargins(first, orders[order], settings.l2(), settings.learningRate())
                            : new PlainMargins(
                                    new Margins(data, settings.loss(), workers),
                                    settings.l2(),
                                    settings.learningRate()));
        }
        this.outputs = first.outputs();
        this.grower = grower(data);
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
        this.usable = IntStream.range(0, rows)
                .filter(row -> data.weights().at(row) > 0)
                .toArray();
        TrainingData others = data.validation();
        this.validation = others == null
                ? null
                : new ValidationMargins(columns.like(others.features(), workers, context.deadline()), first.start());
        this.validationLeaves = new short[others == null ? 0 : others.rows()];
    }

    private static int[][] orders(int rows, int count, SplittableRandom random) {
        int[][] orders = new int[count][];
        for (int order = 0; order < count; order++) {
            orders[order] = CategoryColumn.order(rows, random);
        }
        return orders;
    }

    private RoundGrower grower(TrainingData data) {
        Bins cuts = columns.byOrder().get(0);
        List<CategoryStatistic> statistics = columns.statistics();
        ColumnRules rules = ColumnRules.of(
                context.constraints(),
                data.features().features(),
                statistics.stream().map(CategoryStatistic::features).toList());
        int width = data.features().width();
        if (settings.growth() != null) {
            return new LeafWiseRounds(
                    new LeafGrower(cuts, settings.growth(), rules, workers, context.deadline()),
                    cuts,
                    workers,
                    statistics,
                    new TreeEnsembleBuilder(width + statistics.size(), outputs)
                            .base(first.start())
                            .link(first.link()));
        }
        SymmetricEnsembleBuilder builder = new SymmetricEnsembleBuilder(width, first.start(), first.link());
        statistics.forEach(builder::statistic);
        return new SymmetricRounds(
                new SymmetricGrower(cuts, outputs, settings.depth(), settings.l2(), rules, workers, context.deadline()),
                cuts,
                rules,
                workers,
                builder);
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
        RoundGrower.Round grown = grow(chosen, random);
        if (grown == null) {
            if (grower.rounds() == 0) {
                throw new DeadlineExceededException("The time was up before the first tree was grown.");
            }
            return false;
        }
        // the chosen one first, while the gradients are its own
        double[][] values = margins.get(chosen).give(grown, bins(chosen));
        for (int order = 0; order < orders; order++) {
            if (order != chosen) {
                margins.get(order).gradients(gradients, curvatures);
                double[][] own = margins.get(order).give(grown, bins(order));
                values = order == 0 ? own : values;
            }
        }
        grown.keep(values);
        if (validation != null) {
            validate(validation, grown, values);
        }
        return !grown.isEmpty();
    }

    private RoundGrower.@Nullable Round grow(int order, SplittableRandom random) {
        margins.get(order).gradients(gradients, curvatures);
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
        int[] asked = HistogramBooster.sample(columns.chosen(), settings.features(), random);
        return grower.grow(bins(order), packed, usable, asked);
    }

    private void weigh(float[] gradient, float[] curvature) {
        workers.ranges(bootstrap.length, FEW_ROWS, (from, to) -> {
            for (int row = from; row < to; row++) {
                weighted[row] = bootstrap[row] * gradient[row];
                weightedCurvature[row] = bootstrap[row] * (curvature.length == 0 ? 1 : curvature[row]);
            }
        });
    }

    /** The columns in this order; the only ones where nothing depends on it. */
    private Bins bins(int order) {
        return columns.byOrder().get(Math.min(order, columns.byOrder().size() - 1));
    }

    private void validate(ValidationMargins others, RoundGrower.Round grown, double[][] values) {
        for (int output = 0; output < outputs; output++) {
            if (output == 0 || !grown.isShared()) {
                grown.find(others.bins(), output, validationLeaves);
            }
            int k = output;
            workers.ranges(others.rows(), FEW_ROWS, (from, to) -> {
                for (int row = from; row < to; row++) {
                    others.add(row, k, values[k][validationLeaves[row]]);
                }
            });
        }
    }

    @Override
    public double[] validationOutputs() {
        return validation == null ? new double[0] : validation.outputs(first.link());
    }

    @Override
    public FittedModel model() {
        return grower.model();
    }

    @Override
    public void close() {
        workers.close();
    }
}
