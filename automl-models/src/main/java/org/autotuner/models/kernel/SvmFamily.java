package org.autotuner.models.kernel;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.score.KernelScorer;
import org.autotuner.score.Scorer;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Task;

/**
 * Support vector machines with the Gaussian kernel, by our own solver (see {@code SmoSolver}): one machine per pair of
 * classes with Platt probabilities from three folds, or epsilon regression of the standardised target. At most 10,000
 * rows: the cost grows with their square. Asks the deadline every few steps; a pair of classes that
 * gets no time falls back on its class shares. Stateless and thread-safe.
 */
public final class SvmFamily implements ModelFamily {

    /** Penalty of a row on the wrong side. */
    static final RealParameter C = Parameter.reals("c", 0.1, 1000).log().withDefault(1);
    /** Kernel width: gamma is this divided by (features x variance of all cells), scikit-learn's {@code scale}. */
    static final RealParameter GAMMA =
            Parameter.reals("gamma_factor", 1.0 / 16, 8).log().withDefault(1);
    /** Half width of the tube without loss, in standard deviations of the target. */
    static final RealParameter EPSILON =
            Parameter.reals("epsilon", 0.01, 0.5).log().withDefault(0.1);

    private static final SearchSpace CLASSES = SearchSpace.of(C, GAMMA);
    private static final SearchSpace VALUES = SearchSpace.of(C, GAMMA, EPSILON);
    private static final int MAX_ROWS = 10_000;
    private static final long CACHE_BYTES = 128L << 20;
    private static final double TOLERANCE = 1e-3;

    @Override
    public String id() {
        return "svm";
    }

    @Override
    public boolean supports(Task task) {
        return !(task instanceof QuantileTask);
    }

    @Override
    public Optional<String> unsuitable(DataShape shape) {
        if (shape.rows() > MAX_ROWS) {
            return Optional.of("Its cost grows with the square of the rows: %d are more than %d."
                    .formatted(shape.rows(), MAX_ROWS));
        }
        return Optional.empty();
    }

    @Override
    public boolean suitsSentences() {
        return true;
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return shape.task().isClassification() ? CLASSES : VALUES;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        Configuration defaults = space(shape).defaults();
        return shape.image() == null
                ? List.of(defaults, defaults.with(C, 10.0), defaults.with(C, 100.0))
                : List.of(
                        defaults.with(C, 4.0),
                        defaults.with(C, 10.0),
                        defaults.with(C, 4.0).with(GAMMA, 2.0));
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return PreparationPlan.forKernels();
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        double rows = shape.rows();
        double classes = Math.max(2, shape.task().labels().size());
        // Every pair sees 2/k of the rows: k (k - 1) / 2 pairs of (2 n / k)^2 cells each.
        double cells = shape.task().isClassification() ? 2 * rows * rows * (classes - 1) / classes : rows * rows;
        double kernel = cells * (12e-9 + 0.5e-9 * KernelWidth.of(shape));
        double steps = cells * 8e-9 * Math.sqrt(configuration.get(C));
        double bytes = Math.min(CACHE_BYTES, 4 * rows * rows) + rows * 8 * (KernelWidth.of(shape) + classes + 8);
        return new CostEstimate(0.005 + kernel + steps, (long) bytes, true);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        Deadline deadline = context.deadline();
        deadline.check();
        Points points = Points.of(data.features());
        if (points.width() == 0) {
            throw new IllegalArgumentException("A support vector machine needs at least one dense feature.");
        }
        double gamma = configuration.get(GAMMA) / (points.width() * points.variance());
        double[] bounds = bounds(data, configuration.get(C));
        if (data.task().isClassification()) {
            return FittedModel.of(
                    new Classifier(data, points, gamma, bounds, CACHE_BYTES).fit(context.seed(), deadline));
        }
        return FittedModel.of(regression(data, points, gamma, bounds, configuration.get(EPSILON), deadline));
    }

    /** Row weights scale the bound; their mean counts as 1. */
    private static double[] bounds(TrainingData data, double c) {
        double total = 0;
        for (int row = 0; row < data.rows(); row++) {
            total += data.weights().at(row);
        }
        double mean = total > 0 ? total / data.rows() : 1;
        return IntStream.range(0, data.rows())
                .mapToDouble(row -> c * data.weights().at(row) / mean)
                .toArray();
    }

    private static Scorer regression(
            TrainingData data, Points points, double gamma, double[] bounds, double epsilon, Deadline deadline) {
        int rows = data.rows();
        double mean = IntStream.range(0, rows)
                .mapToDouble(data.target()::value)
                .average()
                .orElse(0);
        double squares = IntStream.range(0, rows)
                .mapToDouble(row -> Math.pow(data.target().value(row) - mean, 2))
                .sum();
        double scale = squares > 0 ? Math.sqrt(squares / rows) : 1;
        double[] target = IntStream.range(0, rows)
                .mapToDouble(row -> (data.target().value(row) - mean) / scale)
                .toArray();
        KernelRows kernel = new KernelRows(points.values(), rows, points.width(), gamma, CACHE_BYTES);
        SmoSolver solver = SmoSolver.regression(kernel, target, bounds, epsilon).solve(TOLERANCE, deadline);
        double[] all = solver.coefficients();
        int[] used = IntStream.range(0, rows).filter(row -> all[row] != 0).toArray();
        if (used.length == 0 && solver.interrupted()) {
            throw new DeadlineExceededException("The time was up before the first step of the regression.");
        }
        double[] coefficients =
                IntStream.of(used).mapToDouble(row -> scale * all[row]).toArray();
        return KernelScorer.regression(
                points.width(), gamma, points.select(used).values(), coefficients, scale * solver.offset() - mean);
    }
}
