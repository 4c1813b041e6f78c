package org.autotuner.models.tree;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.models.rounds.BoostingChecks;
import org.autotuner.models.rounds.RoundTrainer;
import org.autotuner.models.rounds.TreeRounds;
import org.autotuner.score.TreeEnsemble;
import org.autotuner.score.TreeEnsembleBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Gradient boosting by leaf-wise trees on histograms (Friedman 2001; Ke and others, NeurIPS 2017). The same data, settings and
 * seed give the same trees for any number of threads. Used by one thread.
 */
final class HistogramBooster implements RoundTrainer {

    /**
     * How to boost.
     *
     * @param cuts of a number, at most 253
     * @param rows share of the rows that each round sees, above 0
     * @param features share of the features that each tree may split, above 0
     * @param lineL2 penalty of the lines in leaves; NaN for constant leaves
     */
    record Settings(
            double learningRate,
            GrowthSettings growth,
            int cuts,
            double rows,
            double features,
            PointLoss loss,
            double lineL2) {

        /** With constant leaves. */
        Settings(double learningRate, GrowthSettings growth, int cuts, double rows, double features, PointLoss loss) {
            this(learningRate, growth, cuts, rows, features, loss, Double.NaN);
        }
    }

    /** Rows below which a second thread costs more than it saves. */
    private static final int FEW_ROWS = 2_000;

    private final Settings settings;
    private final FitContext context;
    private final Bins bins;
    private final Margins margins;
    private final Workers workers;
    private final LeafGrower grower;
    private final PackedGradients packed;
    private final float[] gradient;
    private final float[] curvature;
    private final TreeEnsembleBuilder builder;
    private final @Nullable ValidationMargins validation;
    private final int[] usable;
    private final @Nullable LineFitter lines;
    private final LineFitter.@Nullable Reader otherLines;
    private int round;

    private HistogramBooster(
            TrainingData data, Settings settings, FitContext context, ColumnRules rules, Workers workers) {
        this.settings = settings;
        this.context = context;
        this.workers = workers;
        this.bins = Bins.shared(data, settings.cuts(), workers, context.deadline());
        this.margins = new Margins(data, settings.loss(), workers);
        this.grower = new LeafGrower(bins, settings.growth(), rules, workers, context.deadline());
        this.packed = new PackedGradients(data.rows());
        this.gradient = new float[data.rows()];
        this.curvature = new float[margins.isFlat() ? 0 : data.rows()];
        this.builder = new TreeEnsembleBuilder(data.features().width(), margins.outputs())
                .base(margins.start())
                .link(margins.link());
        TrainingData others = data.validation();
        this.validation = others == null
                ? null
                : new ValidationMargins(bins.like(others.features(), workers, context.deadline()), margins.start());
        boolean hasLines = !Double.isNaN(settings.lineL2()) && margins.isNewton();
        this.lines = hasLines ? new LineFitter(data.features(), settings.lineL2()) : null;
        this.otherLines = lines == null || others == null ? null : lines.reader(others.features());
        if (lines != null) {
            builder.lines(lines.ranges().low(), lines.ranges().high());
        }
        this.usable = IntStream.range(0, data.rows())
                .filter(row -> data.weights().at(row) > 0)
                .toArray();
    }

    /**
     * Sorts the data into bins.
     *
     * @throws DeadlineExceededException if the time ends before
     * @throws org.autotuner.error.DataException if there is nothing to learn from
     */
    static HistogramBooster of(TrainingData data, Settings settings, FitContext context) {
        ColumnRules rules =
                ColumnRules.of(context.constraints(), data.features().features(), List.of());
        return of(data, settings, context, rules);
    }

    /** As above with rules of one's own. */
    static HistogramBooster of(TrainingData data, Settings settings, FitContext context, ColumnRules rules) {
        BoostingChecks.check(data);
        return Workers.lend(
                context.threads(), workers -> new HistogramBooster(data, settings, context, rules, workers));
    }

    @Override
    public boolean update() {
        SplittableRandom random = new SplittableRandom(context.seed() + 0x9e3779b97f4a7c15L * ++round);
        int[] rows = sample(usable, settings.rows(), random);
        margins.beginRound();
        BoostedTree[] trees = new BoostedTree[margins.outputs()];
        boolean hasGrown = false;
        for (int output = 0; output < trees.length; output++) {
            int[] features = sample(IntStream.range(0, bins.width()).toArray(), settings.features(), random);
            margins.gradients(output, gradient, curvature);
            packed.pack(gradient, curvature, rows, rows.length, random.nextLong(), workers);
            int[] own = rows.clone();
            BoostedTree tree = grower.grow(bins, packed, own, own.length, features);
            if (tree == null) {
                return endedEarly();
            }
            trees[output] = tree;
            hasGrown |= tree.nodes() > 1;
            give(tree, output, own);
        }
        for (int output = 0; output < trees.length; output++) {
            trees[output].addTo(builder, output, bins);
            if (validation != null) {
                validate(validation, trees[output], output);
            }
        }
        return hasGrown;
    }

    private void validate(ValidationMargins others, BoostedTree tree, int output) {
        BoostedTree.Walk walk = tree.walk(others.bins());
        workers.ranges(others.rows(), FEW_ROWS, (from, to) -> {
            for (int row = from; row < to; row++) {
                int leaf = walk.leaf(row);
                others.add(row, output, value(tree, leaf, row, otherLines));
            }
        });
    }

    /** What a leaf adds to a row. */
    private static double value(BoostedTree tree, int leaf, int row, LineFitter.@Nullable Reader reader) {
        LeafLine line = tree.line(leaf);
        return line == null || reader == null ? tree.value(leaf) : reader.value(line, row, tree.value(leaf));
    }

    /** The trees of the round at hand are dropped; those before are whole. */
    private boolean endedEarly() {
        if (builder.trees() == 0) {
            throw new DeadlineExceededException("The time was up before the first round of trees was grown.");
        }
        return false;
    }

    /** Gives the leaves their values and adds these to the margins. */
    private void give(BoostedTree tree, int output, int[] rows) {
        boolean isSampled = rows.length < usable.length;
        LineFitter.Reader reader = lines == null ? null : lines.reader();
        List<LeafGrower.Leaf> leaves = grower.leaves();
        workers.each(leaves.size(), i -> {
            LeafGrower.Leaf leaf = leaves.get(i);
            double step = margins.step(
                    output,
                    rows,
                    leaf.from,
                    leaf.to,
                    gradient,
                    curvature,
                    settings.growth().l2());
            double value = settings.learningRate() * leaf.limits.clamp(step);
            tree.leaf(leaf.node, value, packed.curvatureSteps(leaf.sum) * packed.curvatureUnit());
            LeafLine line = lines == null
                    ? null
                    : lines.fit(
                            tree.askedNumbers(leaf.node),
                            rows,
                            leaf.from,
                            leaf.to,
                            gradient,
                            curvature,
                            settings.growth().l2(),
                            settings.learningRate());
            if (line != null) {
                tree.line(leaf.node, line);
            }
            if (!isSampled && line == null) {
                margins.add(output, rows, leaf.from, leaf.to, value);
            } else if (!isSampled) {
                for (int at = leaf.from; at < leaf.to; at++) {
                    margins.add(output, rows[at], value(tree, leaf.node, rows[at], reader));
                }
            }
        });
        if (isSampled) {
            BoostedTree.Walk walk = tree.walk(bins);
            workers.ranges(usable.length, FEW_ROWS, (from, to) -> {
                for (int i = from; i < to; i++) {
                    margins.add(output, usable[i], value(tree, walk.leaf(usable[i]), usable[i], reader));
                }
            });
        }
    }

    /** A share of these, at least one, in ascending order. */
    static int[] sample(int[] all, double share, SplittableRandom random) {
        int count = (int) Math.max(1, Math.ceil(share * all.length));
        if (count >= all.length) {
            return all;
        }
        int[] chosen = new int[count];
        int found = 0;
        for (int i = 0; i < all.length && found < count; i++) {
            if (random.nextInt(all.length - i) < count - found) {
                chosen[found++] = all[i];
            }
        }
        return chosen;
    }

    Bins bins() {
        return bins;
    }

    int outputs() {
        return margins.outputs();
    }

    /**
     * Gradients and curvatures of an output after the rounds so far, one for each training row; 0 for rows of weight 0.
     *
     * @param curvatures as long as {@code gradients}
     */
    void gradients(int output, float[] gradients, float[] curvatures) {
        margins.beginRound();
        java.util.Arrays.fill(curvatures, 1);
        margins.gradients(output, gradients, curvatures);
    }

    @Override
    public double[] validationOutputs() {
        return validation == null ? new double[0] : validation.outputs(margins.link());
    }

    @Override
    public FittedModel model() {
        return new TreeRounds(ensemble());
    }

    TreeEnsemble ensemble() {
        return builder.build();
    }

    @Override
    public void close() {
        workers.close();
    }
}
