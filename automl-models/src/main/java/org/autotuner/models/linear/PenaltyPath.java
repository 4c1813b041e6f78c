package org.autotuner.models.linear;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.metric.Metric;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.predict.Predictions;
import org.autotuner.score.Scorer;

/**
 * Fits a grid of penalties from strong to weak, each from the solution before it, and measures each on the validation
 * rows (as LightAutoML's linear model does). Step k has the penalty {@code 10^(-k/2)} on the mean loss of standardised
 * targets, whatever the number of rows, so that steps of different folds mean the same. One use; not thread-safe.
 */
final class PenaltyPath {

    /** Last step: a penalty of 1e-7, which is none for most data. */
    static final int STEPS = 14;

    private static final int PATIENCE = 3;
    private static final int ITERATIONS = 60;
    private static final double TOLERANCE = 2e-6;
    /** Parameters whose snapshots stay cheap; beyond, the path is shorter. */
    private static final int MANY_PARAMETERS = 1_000_000;

    private static final long ENTRIES_WORTH_A_SAMPLE = 4_000_000;
    private static final int SAMPLE_ROWS = 20_000;

    private final TrainingData data;
    private final FitContext context;
    private final double l1Share;
    private final Problem problem;
    private final Design design;
    private final List<Integer> steps = new ArrayList<>();
    private final List<double[]> points = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();
    private double[] w;
    private boolean usable;

    PenaltyPath(TrainingData data, FitContext context, double l1Share) {
        this.data = data;
        this.context = context;
        this.l1Share = l1Share;
        this.problem = Problem.of(data);
        this.design = Design.of(data.features());
        this.w = problem.start(design);
    }

    FittedModel fit() {
        Deadline deadline = context.deadline();
        deadline.check();
        if (context.secondsShare() < 1e6) {
            deadline = deadline.atMost(Duration.ofNanos((long) (context.secondsShare() * 1e9)));
        }
        startFromSample(deadline);
        int last = design.parameters(problem.loss().outputs()) > MANY_PARAMETERS ? STEPS - 4 : STEPS;
        TrainingData validation = data.validation();
        if (validation == null) {
            int wanted = context.steps() > 0 ? Math.min(STEPS, context.steps()) : 8;
            // Two stops on the way make the weak penalties several times cheaper than one leap.
            for (int step : new int[] {wanted - 6, wanted - 3, wanted}) {
                if (step > 0 && !advance(step, deadline)) {
                    break;
                }
            }
            keep(wanted, Double.NaN);
        } else {
            trace(validation, last, deadline);
        }
        if (!usable) {
            throw new DeadlineExceededException("The time was up before the linear model had learned anything.");
        }
        return finish();
    }

    private void trace(TrainingData validation, int last, Deadline deadline) {
        Metric metric = context.metric();
        Design rows = Design.of(validation.features());
        double best = Double.POSITIVE_INFINITY;
        int worse = 0;
        int limit = context.steps() > 0 ? Math.min(last, context.steps()) : last;
        for (int step = 1; step <= limit; step++) {
            boolean goOn = advance(step, deadline);
            if (!goOn && !points.isEmpty() && deadline.isCancelled()) {
                return;
            }
            Predictions predictions = Predictions.of(data.task(), outputs(rows));
            double error = metric.error(validation.target(), predictions, validation.weights());
            keep(step, error);
            if (error < best - (best < Double.POSITIVE_INFINITY ? 1e-5 * Math.abs(best) : 0)) {
                best = error;
                worse = 0;
            } else {
                worse++;
            }
            boolean stop = context.steps() == 0 && worse >= PATIENCE && best < Double.POSITIVE_INFINITY;
            if (!goOn || stop || !context.progress().report(step, error)) {
                return;
            }
        }
    }

    /** Moves to the solution of one penalty; false if the time ran out on the way. */
    private boolean advance(int step, Deadline deadline) {
        Lbfgs lbfgs = minimise(data, design, problem, penalty(step), ITERATIONS, deadline);
        w = lbfgs.point();
        usable |= lbfgs.accepted() > 0 || !lbfgs.interrupted();
        return !lbfgs.interrupted();
    }

    /** On large data the first steps come from a sample: a start that is usable within a fraction of one pass. */
    private void startFromSample(Deadline deadline) {
        if (design.entries() < ENTRIES_WORTH_A_SAMPLE || design.rows() <= 2 * SAMPLE_ROWS) {
            return;
        }
        int[] chosen = new SplittableRandom(context.seed())
                .ints(SAMPLE_ROWS, 0, design.rows())
                .toArray();
        TrainingData sample = new TrainingData(
                data.task(),
                data.features().select(chosen),
                data.target().select(chosen),
                data.weights().select(chosen),
                null);
        Problem small = Problem.of(sample);
        // Same standardisation as the whole: only scores in its units can be its start.
        Problem same = new Problem(data.task(), small.loss(), small.shift(), small.scale());
        Lbfgs lbfgs = minimise(sample, Design.of(sample.features()), same, penalty(5), 30, deadline.share(0.3));
        w = rescaled(lbfgs.point(), small);
        usable = lbfgs.accepted() > 0;
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

    private Lbfgs minimise(
            TrainingData rows, Design matrix, Problem of, double penalty, int iterations, Deadline deadline) {
        double l1 = penalty * l1Share;
        PenalisedLoss objective =
                new PenalisedLoss(matrix, of.loss(), rows.weights(), penalty * (1 - l1Share), deadline);
        double[] start = w.length == matrix.parameters(of.loss().outputs()) && matrix == design ? w : of.start(matrix);
        return new Lbfgs(start, l1, matrix.width() * of.loss().outputs()).minimise(objective, iterations, TOLERANCE);
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
        LinearShape shape = new LinearShape(
                data.features().width(), data.features().sparseWidth(), data.task(), problem.shift(), problem.scale());
        if (data.validation() == null) {
            return FittedModel.of(shape.scorer(w));
        }
        int best = 0;
        for (int i = 1; i < errors.size(); i++) {
            if (errors.get(i) < errors.get(best) || Double.isNaN(errors.get(best))) {
                best = i;
            }
        }
        return new PathModel(new ErrorCurve(steps, errors), best, List.copyOf(points), shape);
    }

    static double penalty(int step) {
        return Math.pow(10, -0.5 * step);
    }

    /** The solutions of the whole path; scorers are made when asked for. */
    private record PathModel(ErrorCurve curve, int best, List<double[]> points, LinearShape shape)
            implements FittedModel {

        @Override
        public Scorer scorer() {
            return shape.scorer(points.get(best));
        }

        @Override
        public Scorer scorer(int step) {
            int chosen = 0;
            for (int i = 0; i < points.size() && curve.steps().get(i) <= step; i++) {
                chosen = i;
            }
            return shape.scorer(points.get(chosen));
        }
    }
}
