package org.autotuner.models.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.budget.FitProgress;
import org.autotuner.metric.Metric;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.predict.Predictions;
import org.jspecify.annotations.Nullable;

/**
 * Fits a grid of penalties from strong to weak, each from the solution before it, and measures each on the validation
 * rows (as LightAutoML's linear model does). Step k has the penalty {@code 10^(-k/2)} on the mean loss of standardised
 * targets, whatever the number of rows, so that steps of different folds mean the same. One use; not thread-safe.
 */
final class PenaltyPath {

    /** Last step: a penalty of 1e-7, which is none for most data. */
    static final int STEPS = 14;

    /** Parameters whose snapshots stay cheap; beyond, the path is shorter. */
    private static final int MANY_PARAMETERS = 1_000_000;

    private static final long ENTRIES_WORTH_A_SAMPLE = 4_000_000;
    private static final int SAMPLE_ROWS = 20_000;
    private static final double SAMPLE_SHARE = 0.4;
    private static final int STEP_WITHOUT_VALIDATION = 8;
    private static final double SMALLEST_CURVATURE = 1e-4;

    private final TrainingData data;
    private final FitContext context;
    private final double l1Share;
    private final TermFactors factors;
    private final Problem problem;
    private final Design design;
    private final List<Integer> steps = new ArrayList<>();
    private final List<double[]> points = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();
    private final double[] moments;
    private final @Nullable DenseSums blocks;
    private final PathEffort effort;
    private double[] w;
    private boolean usable;

    PenaltyPath(TrainingData data, FitContext context, double l1Share) {
        this(data, context, l1Share, TermFactors.NONE);
    }

    /** A path on data whose sparse columns were multiplied by {@code factors}; its scorers read the columns as they were. */
    PenaltyPath(TrainingData data, FitContext context, double l1Share, TermFactors factors) {
        this.factors = factors;
        this.data = data;
        this.context = context;
        this.l1Share = l1Share;
        this.problem = Problem.of(data);
        this.design = Design.of(data.features());
        this.moments = design.moments();
        this.effort = PathEffort.of(design, moments, problem.loss().outputs());
        this.blocks = DenseSums.suits(design, problem.loss().outputs())
                ? new DenseSums(design, problem.loss().outputs())
                : null;
        this.w = problem.start(design);
    }

    FittedModel fit() {
        context.deadline().check();
        run();
        if (!usable) {
            throw new DeadlineExceededException("The time was up before the linear model had learned anything.");
        }
        return finish();
    }

    private void run() {
        Deadline deadline = context.deadlineOfShare();
        int from = startFromSample(deadline);
        TrainingData validation = data.validation();
        if (validation != null) {
            trace(validation, from, deadline);
            return;
        }
        int wanted = context.steps() > 0 ? Math.min(STEPS, context.steps()) : STEP_WITHOUT_VALIDATION;
        // Two stops on the way make the weak penalties several times cheaper than one leap.
        for (int step : new int[] {wanted - 6, wanted - 3, wanted}) {
            if (step >= from && !advance(step, deadline)) {
                break;
            }
        }
        keep(wanted, Double.NaN);
    }

    private void trace(TrainingData validation, int from, Deadline deadline) {
        Metric metric = context.metric();
        Design rows = Design.of(validation.features());
        double best = Double.POSITIVE_INFINITY;
        int worse = 0;
        int first = Math.max(from, effort.firstStep());
        int last = design.parameters(problem.loss().outputs()) > MANY_PARAMETERS ? first + STEPS - 5 : STEPS;
        int limit = Math.max(first, Math.min(STEPS, context.steps() > 0 ? Math.min(last, context.steps()) : last));
        if (from > 1) {
            // The sample's solution competes: it is all there is when the time ends within the first passes.
            best = measure(metric, validation, rows);
            keep(from - 1, best);
        }
        for (int step = first; step <= limit; step++) {
            boolean goOn = advance(step, deadline);
            if (!goOn && !points.isEmpty() && deadline.isCancelled()) {
                return;
            }
            double error = measure(metric, validation, rows);
            keep(step, error);
            if (error < best - (best < Double.POSITIVE_INFINITY ? 1e-5 * Math.abs(best) : 0)) {
                best = error;
                worse = 0;
            } else {
                worse++;
            }
            boolean stop = context.steps() == 0 && worse >= effort.patience() && best < Double.POSITIVE_INFINITY;
            if (!goOn || stop || !context.progress().report(step, error)) {
                return;
            }
        }
    }

    /** Moves to the solution of one penalty; false if the time ran out on the way. */
    private boolean advance(int step, Deadline deadline) {
        double penalty = penalty(step);
        PenalisedLoss objective = new PenalisedLoss(
                design, problem.loss(), data.weights(), penalty * (1 - l1Share), effort.isRough(), blocks, deadline);
        Lbfgs lbfgs = new Lbfgs(
                        w,
                        penalty * l1Share,
                        design.width() * problem.loss().outputs(),
                        inverseCurvature(penalty * (1 - l1Share)))
                .minimise(objective, effort.iterations(), effort.tolerance());
        w = lbfgs.point();
        usable |= lbfgs.accepted() > 0 || !lbfgs.interrupted();
        return !lbfgs.interrupted();
    }

    private double[] inverseCurvature(double penalty) {
        int outputs = problem.loss().outputs();
        double[] inverse = new double[w.length];
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = 1 / (moments[i / outputs] + penalty + SMALLEST_CURVATURE);
        }
        return inverse;
    }

    /**
     * On large data a sample is fitted first: it gives a start that is usable within a fraction of one pass, and tells
     * which penalties are too strong to be worth a pass over all rows.
     *
     * @return the first step to fit on all rows: 1 where no sample was used
     */
    private int startFromSample(Deadline deadline) {
        if (!startsFromSample((double) design.entries(), design.rows())) {
            return 1;
        }
        int[] chosen = new SplittableRandom(context.seed())
                .ints(SAMPLE_ROWS, 0, design.rows())
                .toArray();
        TrainingData sample = data.select(chosen).withValidation(data.validation());
        FitContext quick = context.withDeadline(deadline.share(SAMPLE_SHARE))
                .withProgress(FitProgress.NONE)
                .withSecondsShare(Double.POSITIVE_INFINITY);
        PenaltyPath small = new PenaltyPath(sample, quick, l1Share);
        small.run();
        if (!small.usable) {
            return 1;
        }
        usable = true;
        int best = new ErrorCurve(small.steps, small.errors).best();
        w = rescaled(small.points.get(best).clone(), small.problem);
        int step = small.steps.get(best);
        // More rows bear weaker penalties, never much stronger ones.
        return data.validation() == null ? step : Math.max(2, step);
    }

    private double[] rescaled(double[] point, Problem small) {
        int outputs = problem.loss().outputs();
        int biases = design.width() * outputs;
        double factor = small.scale() / problem.scale();
        for (int i = 0; i < point.length; i++) {
            point[i] *= factor;
            if (i >= biases) {
                point[i] += (small.shift() - problem.shift()) / problem.scale();
            }
        }
        return point;
    }

    private double measure(Metric metric, TrainingData validation, Design rows) {
        Predictions predictions = Predictions.of(data.task(), outputs(rows));
        return metric.error(validation.target(), predictions, validation.weights());
    }

    private double[] outputs(Design rows) {
        int width = problem.loss().outputs();
        double[] outputs = new double[rows.rows() * width];
        double[] z = new double[width];
        for (int row = 0; row < rows.rows(); row++) {
            rows.scores(w, row, z);
            problem.link(z);
            System.arraycopy(z, 0, outputs, row * width, width);
        }
        return outputs;
    }

    private void keep(int step, double error) {
        steps.add(step);
        points.add(w);
        errors.add(error);
    }

    private FittedModel finish() {
        LinearShape shape = problem.shape(data.features());
        if (data.validation() == null) {
            return FittedModel.of(shape.scorer(factors.unscaled(w, shape)));
        }
        // Scorers are made when asked for, by what they need alone: the data of the fold must be free to go.
        List<double[]> path = List.copyOf(points);
        TermFactors used = factors;
        return FittedModel.ofCurve(new ErrorCurve(steps, errors), i -> shape.scorer(used.unscaled(path.get(i), shape)));
    }

    /** Whether data of this size are fitted on a sample first. */
    static boolean startsFromSample(double entries, int rows) {
        return entries >= ENTRIES_WORTH_A_SAMPLE && rows > 2 * SAMPLE_ROWS;
    }

    static double penalty(int step) {
        return Math.pow(10, -0.5 * step);
    }
}
