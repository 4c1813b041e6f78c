package org.autotuner.models.linear;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.SolverType;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.SparseRows;
import org.autotuner.score.LinearScorer;
import org.autotuner.score.Link;
import org.autotuner.score.Scorer;
import org.autotuner.task.BinaryTask;

/** One call of LIBLINEAR: rows to its nodes, its weights to a scorer. One use; not thread-safe. */
final class LibLinearTraining {

    /** Half width of the margin without loss, in standard deviations of the target. */
    private static final double MARGIN = 0.05;

    private static final double TOLERANCE = 0.01;
    private static final int ITERATIONS = 200;

    private final TrainingData data;
    private final double cost;
    private final long seed;
    private final int[] rows;
    private final int width;

    LibLinearTraining(TrainingData data, double cost, long seed) {
        this.data = data;
        this.cost = cost;
        this.seed = seed;
        this.rows = IntStream.range(0, data.rows())
                .filter(row -> data.weights().at(row) > 0)
                .toArray();
        this.width = data.features().width() + data.features().sparseWidth();
    }

    /** Whether there is nothing to tell apart. */
    boolean hasOneClass() {
        return IntStream.of(rows).map(data.target()::label).distinct().limit(2).count() < 2;
    }

    Scorer classifier(boolean absolutes) {
        int classes = data.task().labels().size();
        double[] weight = new double[classes];
        int[] count = new int[classes];
        double[] y = new double[rows.length];
        double total = 0;
        for (int i = 0; i < rows.length; i++) {
            int label = data.target().label(rows[i]);
            y[i] = label;
            count[label]++;
            weight[label] += data.weights().at(rows[i]);
            total += data.weights().at(rows[i]);
        }
        // The library refuses weights of classes that no row has.
        int[] present = IntStream.range(0, classes).filter(k -> count[k] > 0).toArray();
        double[] shares = new double[present.length];
        for (int k = 0; k < shares.length; k++) {
            shares[k] = weight[present[k]] / count[present[k]] * rows.length / total;
        }
        Parameter parameter = parameter(absolutes ? SolverType.L1R_LR : SolverType.L2R_LR);
        parameter.setWeights(shares, present);
        parameter.setRegularizeBias(false);
        Model model = Linear.train(problem(y), parameter);
        return data.task() instanceof BinaryTask && model.getNrClass() == 2 ? binary(model) : oneAgainstRest(model);
    }

    Scorer regression(boolean absolute) {
        Problem units = Problem.of(data);
        double[] y = new double[rows.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (data.target().value(rows[i]) - units.shift()) / units.scale();
        }
        Parameter parameter = parameter(absolute ? SolverType.L2R_L1LOSS_SVR_DUAL : SolverType.L2R_L2LOSS_SVR);
        parameter.setP(MARGIN);
        return units.shape(data.features())
                .scorer(Linear.train(problem(y), parameter).getFeatureWeights());
    }

    /** The sign of the weights follows the label of the first row. */
    private Scorer binary(Model model) {
        double[] w = model.getFeatureWeights();
        if (model.getLabels()[0] != 1) {
            for (int i = 0; i < w.length; i++) {
                w[i] = -w[i];
            }
        }
        return new LinearShape(data.features().width(), data.features().sparseWidth(), data.task(), 0, 1).scorer(w);
    }

    private Scorer oneAgainstRest(Model model) {
        int classes = data.task().labels().size();
        double[] intercepts = new double[classes];
        double[] weights = new double[width * classes];
        // A class that no row has gets the odds of less than half a row.
        Arrays.fill(intercepts, -Math.log(2.0 * rows.length + 1));
        double[] w = model.getFeatureWeights();
        int[] labels = model.getLabels();
        int stride = labels.length == 2 ? 1 : labels.length;
        for (int k = 0; k < labels.length; k++) {
            int at = stride == 1 ? 0 : k;
            double sign = stride == 1 && k == 1 ? -1 : 1;
            for (int f = 0; f < width; f++) {
                weights[f * classes + labels[k]] = sign * w[f * stride + at];
            }
            intercepts[labels[k]] = sign * w[width * stride + at];
        }
        return LinearScorer.of(
                data.features().width(), data.features().sparseWidth(), intercepts, weights, Link.NORMALISED_SIGMOID);
    }

    private Parameter parameter(SolverType solver) {
        // It prints to the standard output unless told otherwise, which can be said for the whole process only.
        Linear.disableDebugOutput();
        Parameter parameter = new Parameter(solver, cost, TOLERANCE);
        parameter.setMaxIters(ITERATIONS);
        parameter.setRandom(new Random(seed)); // else all fits of a process share one
        return parameter;
    }

    private de.bwaldvogel.liblinear.Problem problem(double[] y) {
        de.bwaldvogel.liblinear.Problem problem = new de.bwaldvogel.liblinear.Problem();
        problem.l = rows.length;
        problem.n = width + 1;
        problem.bias = 1;
        problem.y = y;
        problem.x = new Feature[rows.length][];
        Feature one = new FeatureNode(width + 1, 1);
        for (int i = 0; i < rows.length; i++) {
            problem.x[i] = nodes(data.features(), rows[i], one);
        }
        return problem;
    }

    static Feature[] nodes(FeatureMatrix features, int row, Feature one) {
        SparseRows sparse = features.sparse();
        int dense = features.width();
        int start = sparse == null ? 0 : sparse.start(row);
        int end = sparse == null ? 0 : sparse.end(row);
        Feature[] nodes = new Feature[dense + end - start + 1];
        int size = 0;
        for (int j = 0; j < dense; j++) {
            float x = features.at(row, j);
            if (x != 0 && Float.isFinite(x)) {
                nodes[size++] = new FeatureNode(j + 1, x);
            }
        }
        for (int e = start; sparse != null && e < end; e++) {
            nodes[size++] = new FeatureNode(dense + sparse.index(e) + 1, sparse.value(e));
        }
        nodes[size++] = one;
        return Arrays.copyOf(nodes, size);
    }
}
