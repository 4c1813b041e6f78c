package org.autotuner.models.kernel;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.autotuner.budget.Deadline;

/**
 * One trained machine: the decision value of a point is the sum of {@code coefficients[i] * kernel(rows[i], point)}
 * minus {@code offset}. Immutable.
 */
final class Machine {

    private static final double TOLERANCE = 1e-3;
    private static final int FOLDS = 3;

    private final int[] rows;
    private final double[] coefficients;
    private final double offset;
    private final Platt platt;

    private Machine(int[] rows, double[] coefficients, double offset, Platt platt) {
        this.rows = rows;
        this.coefficients = coefficients;
        this.offset = offset;
        this.platt = platt;
    }

    /** Rows of the training matrix, one per coefficient, zero coefficients included. */
    int[] rows() {
        return rows;
    }

    double[] coefficients() {
        return coefficients;
    }

    double offset() {
        return offset;
    }

    /** Turns decision values into the probability of the first side. */
    Platt platt() {
        return platt;
    }

    /**
     * A machine that tells two classes apart.
     *
     * @param rows rows of the training matrix that belong to the two classes
     * @param bounds upper bound of each row's coefficient
     */
    static Machine separate(
            KernelRows kernel, int[] rows, boolean[] positive, double[] bounds, long seed, Deadline deadline) {
        int size = rows.length;
        byte[] y = new byte[size];
        double[] p = new double[size];
        for (int i = 0; i < size; i++) {
            y[i] = (byte) (positive[i] ? 1 : -1);
            p[i] = -1;
        }
        SmoSolver whole = new SmoSolver(kernel, p, y, bounds).solve(TOLERANCE, deadline);
        double[] decisions = new double[size];
        int[] fold = folds(positive, new SplittableRandom(seed));
        double[] held = whole.decisions();
        boolean complete = !whole.interrupted();
        for (int k = 0; k < FOLDS && complete; k++) {
            double[] caps = bounds.clone();
            for (int i = 0; i < size; i++) {
                caps[i] = fold[i] == k ? 0 : bounds[i]; // held out by bound, so that the kernel rows are shared
            }
            SmoSolver part = new SmoSolver(kernel, p, y, caps).solve(TOLERANCE, deadline);
            complete = !part.interrupted();
            double[] values = part.decisions();
            for (int i = 0; i < size; i++) {
                decisions[i] = fold[i] == k ? values[i] : decisions[i];
            }
        }
        double largest = 0;
        for (double bound : bounds) {
            largest = Math.max(largest, bound);
        }
        double[] weights = new double[size];
        for (int i = 0; i < size; i++) {
            weights[i] = bounds[i] / largest;
        }
        Platt platt = Platt.fit(complete ? decisions : held, positive, weights);
        return new Machine(rows, whole.coefficients(), whole.offset(), platt);
    }

    /** Folds by class: each side is spread evenly. */
    private static int[] folds(boolean[] positive, RandomGenerator random) {
        int[] order = new int[positive.length];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        int[] fold = new int[order.length];
        int[] dealt = new int[2];
        for (int i : order) {
            fold[i] = dealt[positive[i] ? 1 : 0]++ % FOLDS;
        }
        return fold;
    }
}
