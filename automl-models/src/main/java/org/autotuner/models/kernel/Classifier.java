package org.autotuner.models.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.model.TrainingData;
import org.autotuner.score.ConstantScorer;
import org.autotuner.score.KernelScorer;
import org.autotuner.score.Scorer;
import org.autotuner.task.BinaryTask;

/** One machine per pair of classes, assembled in LibSVM's layout. One use; not thread-safe. */
final class Classifier {

    private final TrainingData data;
    private final Points points;
    private final double gamma;
    private final double[] bounds;
    private final long cacheBytes;
    /** Label numbers that occur, and the rows of each. */
    private final int[] labels;

    private final List<int[]> rowsOf = new ArrayList<>();

    Classifier(TrainingData data, Points points, double gamma, double[] bounds, long cacheBytes) {
        this.data = data;
        this.points = points;
        this.gamma = gamma;
        this.bounds = bounds;
        this.cacheBytes = cacheBytes;
        this.labels = IntStream.range(0, data.task().labels().size())
                .filter(label -> IntStream.range(0, data.rows())
                        .anyMatch(row -> data.target().label(row) == label && bounds[row] > 0))
                .toArray();
        for (int label : labels) {
            rowsOf.add(IntStream.range(0, data.rows())
                    .filter(row -> data.target().label(row) == label && bounds[row] > 0)
                    .toArray());
        }
    }

    Scorer fit(long seed, Deadline deadline) {
        if (labels.length < 2) {
            return constant();
        }
        int classes = labels.length;
        double[][] coefficients = new double[classes - 1][data.rows()];
        int pairs = classes * (classes - 1) / 2;
        double[] rho = new double[pairs];
        double[] slopes = new double[pairs];
        double[] shifts = new double[pairs];
        int pair = 0;
        for (int i = 0; i < classes; i++) {
            for (int j = i + 1; j < classes; j++, pair++) {
                // Each pair may use its share of what is left, so that the last ones are trained too.
                Machine machine = machine(i, j, seed + pair, deadline.share(1.0 / (pairs - pair)));
                for (int t = 0; t < machine.rows().length; t++) {
                    boolean first = t < rowsOf.get(i).length;
                    coefficients[first ? j - 1 : i][machine.rows()[t]] = machine.coefficients()[t];
                }
                rho[pair] = machine.offset();
                slopes[pair] = machine.platt().a();
                shifts[pair] = machine.platt().b();
            }
        }
        return scorer(coefficients, rho, slopes, shifts);
    }

    private Machine machine(int first, int second, long seed, Deadline deadline) {
        int[] one = rowsOf.get(first);
        int[] other = rowsOf.get(second);
        int[] rows = IntStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
        boolean[] positive = new boolean[rows.length];
        Arrays.fill(positive, 0, one.length, true);
        double[] caps = Arrays.stream(rows).mapToDouble(row -> bounds[row]).toArray();
        Points part = points.select(rows);
        KernelRows kernel = new KernelRows(part.values(), part.rows(), part.width(), gamma, cacheBytes);
        return Machine.separate(kernel, rows, positive, caps, seed, deadline);
    }

    private Scorer scorer(double[][] coefficients, double[] rho, double[] slopes, double[] shifts) {
        int[] counts = new int[labels.length];
        List<Integer> vectors = new ArrayList<>();
        for (int k = 0; k < labels.length; k++) {
            for (int row : rowsOf.get(k)) {
                if (Arrays.stream(coefficients).anyMatch(machine -> machine[row] != 0)) {
                    vectors.add(row);
                    counts[k]++;
                }
            }
        }
        int[] rows = vectors.stream().mapToInt(Integer::intValue).toArray();
        double[] flat = new double[coefficients.length * rows.length];
        for (int machine = 0; machine < coefficients.length; machine++) {
            for (int v = 0; v < rows.length; v++) {
                flat[machine * rows.length + v] = coefficients[machine][rows[v]];
            }
        }
        return KernelScorer.classification(
                points.width(),
                gamma,
                points.select(rows).values(),
                counts,
                flat,
                rho,
                slopes,
                shifts,
                labels,
                data.task().outputs());
    }

    /** All rows carry one label: nothing can be separated. */
    private Scorer constant() {
        int classes = data.task().labels().size();
        int label = labels.length == 0 ? 0 : labels[0];
        double floor = 0.5 / (data.rows() + 0.5 * classes);
        double[] shares = new double[classes];
        Arrays.fill(shares, floor);
        shares[label] = 1 - floor * (classes - 1);
        return data.task() instanceof BinaryTask ? ConstantScorer.of(shares[1]) : ConstantScorer.of(shares);
    }
}
