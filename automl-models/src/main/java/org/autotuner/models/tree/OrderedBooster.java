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
import org.autotuner.score.Scorer;
import org.autotuner.score.SymmetricEnsemble;
import org.autotuner.score.SymmetricEnsembleBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Boosting of symmetric trees with ordered target statistics (Prokhorenkova and others 2018). Each tree's questions are chosen
 * in one random order of the rows; every order has margins of its own, since a row answers differently in each, and the values
 * of the leaves are those of an order by which no questions are chosen. Used by one thread.
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

    private final Settings settings;
    private final FitContext context;
    private final OrderedColumns columns;
    private final List<Margins> margins = new ArrayList<>();
    private final Workers workers;
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
    private int round;

    /**
     * Sorts the data into bins and computes the statistics.
     *
     * @throws DeadlineExceededException if the time ends before
     */
    OrderedBooster(TrainingData data, Settings settings, FitContext context) {
        BoostingChecks.check(data);
        this.settings = settings;
        this.context = context;
        SplittableRandom random = new SplittableRandom(context.seed());
        this.columns = OrderedColumns.of(
                data,
                settings.cuts(),
                settings.oneHot(),
                settings.combinations(),
                settings.orders() + 1,
                random,
                context.deadline());
        for (int order = 0; order < columns.byOrder().size(); order++) {
            margins.add(new Margins(data, settings.loss()));
        }
        Margins first = margins.get(0);
        this.outputs = first.outputs();
        this.workers = new Workers(context.threads());
        this.grower = new SymmetricGrower(
                columns.byOrder().get(0), outputs, settings.depth(), settings.l2(), workers, context.deadline());
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
                : new ValidationMargins(columns.like(others.features(), context.deadline()), first.start());
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
        double[] leaves = new double[outputs << questions.size()];
        for (int order = 0; order < orders; order++) {
            double[] own = give(order, questions, order != chosen);
            if (order == 0) {
                leaves = own;
            }
        }
        add(questions, leaves);
        return !questions.isEmpty();
    }

    private @Nullable List<SymmetricGrower.Question> grow(int order, SplittableRandom random) {
        gradients(margins.get(order));
        for (int at = 0; at < bootstrap.length; at++) {
            bootstrap[at] = (float) Math.pow(-Math.log(1 - random.nextDouble()), settings.temperature());
        }
        for (int k = 0; k < outputs; k++) {
            float[] gradient = gradients[k];
            float[] curvature = curvatures[k];
            if (bootstrap.length > 0) {
                for (int row = 0; row < bootstrap.length; row++) {
                    weighted[row] = bootstrap[row] * gradient[row];
                    weightedCurvature[row] = bootstrap[row] * (curvature.length == 0 ? 1 : curvature[row]);
                }
                gradient = weighted;
                curvature = weightedCurvature;
            }
            packed[k].pack(gradient, curvature, usable, usable.length, random.nextLong());
        }
        int[] rows = usable.clone();
        int[] asked = HistogramBooster.sample(columns.chosen(), settings.features(), random);
        return grower.grow(columns.byOrder().get(order), packed, rows, rows.length, asked);
    }

    private void gradients(Margins own) {
        own.beginRound();
        for (int k = 0; k < outputs; k++) {
            own.gradients(k, gradients[k], curvatures[k]);
        }
    }

    /** Gives the leaves the values of an order and adds these to its margins. */
    private double[] give(int order, List<SymmetricGrower.Question> questions, boolean isOther) {
        Margins own = margins.get(order);
        if (isOther) {
            gradients(own);
        }
        answer(columns.byOrder().get(order), questions);
        int leaves = 1 << questions.size();
        double[] values = new double[leaves * outputs];
        for (int k = 0; k < outputs; k++) {
            double[] steps = own.steps(k, leafOf, leaves, gradients[k], curvatures[k], settings.l2());
            for (int leaf = 0; leaf < leaves; leaf++) {
                steps[leaf] *= settings.learningRate();
                values[leaf * outputs + k] = steps[leaf];
            }
            own.add(k, leafOf, steps);
        }
        return values;
    }

    private void answer(Bins bins, List<SymmetricGrower.Question> questions) {
        java.util.Arrays.fill(leafOf, (short) 0);
        for (int level = 0; level < questions.size(); level++) {
            byte[] table = SymmetricGrower.table(bins, questions.get(level));
            byte[] ranks = bins.ranks(questions.get(level).feature());
            for (int row = 0; row < leafOf.length; row++) {
                leafOf[row] |= (short) (table[ranks[row] & 0xff] << level);
            }
        }
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
        byte[][] tables = questions.stream()
                .map(question -> SymmetricGrower.table(others.bins(), question))
                .toArray(byte[][]::new);
        byte[][] ranks = questions.stream()
                .map(question -> others.bins().ranks(question.feature()))
                .toArray(byte[][]::new);
        for (int row = 0; row < others.rows(); row++) {
            int leaf = 0;
            for (int level = 0; level < tables.length; level++) {
                leaf |= tables[level][ranks[level][row] & 0xff] << level;
            }
            for (int k = 0; k < outputs; k++) {
                others.add(row, k, leaves[leaf * outputs + k]);
            }
        }
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
