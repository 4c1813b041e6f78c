package org.autotuner.models.kernel;

import org.autotuner.budget.Deadline;

/**
 * Sequential minimal optimisation of {@code 1/2 a'Qa + p'a} with {@code y'a = 0, 0 <= a <= c}, the working pair chosen
 * by second order information (Fan, Chen and Lin, JMLR 6, 2005; the method of LibSVM, without shrinking). Variable t
 * belongs to kernel row {@code t % rows}, so that regression, which has two variables per row, shares its kernel. One
 * use; not thread-safe.
 */
final class SmoSolver {

    private static final double TAU = 1e-12;
    private static final int STEPS_PER_CHECK = 64;

    private final KernelRows kernel;
    private final int rows;
    private final int size;
    private final byte[] y;
    private final double[] c;
    private final double[] alpha;
    private final double[] gradient;
    private boolean interrupted;

    /**
     * A problem.
     *
     * @param p linear term, one per variable
     * @param y +1 or -1 per variable
     * @param c upper bound per variable
     */
    SmoSolver(KernelRows kernel, double[] p, byte[] y, double[] c) {
        this.kernel = kernel;
        this.rows = kernel.rows();
        this.size = p.length;
        this.y = y;
        this.c = c;
        this.alpha = new double[size];
        this.gradient = p.clone(); // all variables start at 0
    }

    /** The problem of epsilon regression: no loss within {@code epsilon} of the target. */
    static SmoSolver regression(KernelRows kernel, double[] target, double[] bounds, double epsilon) {
        int rows = target.length;
        double[] p = new double[2 * rows];
        byte[] y = new byte[2 * rows];
        double[] c = new double[2 * rows];
        for (int i = 0; i < rows; i++) {
            p[i] = epsilon - target[i];
            p[rows + i] = epsilon + target[i];
            y[i] = 1;
            y[rows + i] = -1;
            c[i] = bounds[i];
            c[rows + i] = bounds[i];
        }
        return new SmoSolver(kernel, p, y, c);
    }

    /** Solves until the largest violation is below {@code tolerance}, or until the deadline. */
    SmoSolver solve(double tolerance, Deadline deadline) {
        long limit = Math.max(10_000_000L, 100L * size);
        for (long step = 0; step < limit; step++) {
            if (step % STEPS_PER_CHECK == 0 && deadline.isOver()) {
                interrupted = true; // the variables are feasible at every step, hence usable
                break;
            }
            int i = first();
            if (i < 0) {
                break;
            }
            float[] kernelI = kernel.row(i % rows);
            int j = second(i, kernelI, tolerance);
            if (j < 0) {
                break;
            }
            update(i, j, kernelI, kernel.row(j % rows));
        }
        return this;
    }

    boolean interrupted() {
        return interrupted;
    }

    /** The variables times their signs, summed over the variables of a row. */
    double[] coefficients() {
        double[] sum = new double[rows];
        for (int t = 0; t < size; t++) {
            sum[t % rows] += y[t] * alpha[t];
        }
        return sum;
    }

    /** Decision value of each row of a two-class problem, rows with a bound of 0 included; free of further kernels. */
    double[] decisions() {
        double offset = offset();
        double[] values = new double[size];
        for (int t = 0; t < size; t++) {
            values[t] = y[t] * (gradient[t] + 1) - offset;
        }
        return values;
    }

    /** Offset: the decision value of a point is the kernel sum minus this. */
    double offset() {
        double sum = 0;
        int free = 0;
        double upper = Double.POSITIVE_INFINITY;
        double lower = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < size; t++) {
            double yg = y[t] * gradient[t];
            if (alpha[t] > 0 && alpha[t] < c[t]) {
                sum += yg;
                free++;
            } else if (alpha[t] >= c[t] ? y[t] < 0 : y[t] > 0) {
                upper = Math.min(upper, yg);
            } else {
                lower = Math.max(lower, yg);
            }
        }
        if (free > 0) {
            return sum / free;
        }
        if (Double.isInfinite(upper) || Double.isInfinite(lower)) {
            return Double.isInfinite(upper) ? (Double.isInfinite(lower) ? 0 : lower) : upper;
        }
        return (upper + lower) / 2;
    }

    private boolean canRise(int t) {
        return y[t] > 0 ? alpha[t] < c[t] : alpha[t] > 0;
    }

    private boolean canFall(int t) {
        return y[t] > 0 ? alpha[t] > 0 : alpha[t] < c[t];
    }

    private int first() {
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < size; t++) {
            double violation = -y[t] * gradient[t];
            if (violation > most && canRise(t)) {
                most = violation;
                best = t;
            }
        }
        return best;
    }

    private int second(int i, float[] kernelI, double tolerance) {
        double high = -y[i] * gradient[i];
        double low = Double.POSITIVE_INFINITY;
        double gain = Double.NEGATIVE_INFINITY;
        int best = -1;
        for (int t = 0; t < size; t++) {
            double value = -y[t] * gradient[t];
            if ((value >= high && value >= low) || !canFall(t)) {
                continue;
            }
            low = Math.min(low, value);
            double gap = high - value;
            if (gap > 0) {
                double curve = 2 - 2.0 * kernelI[t < rows ? t : t - rows];
                double promised = gap * gap / (curve > 0 ? curve : TAU);
                if (promised > gain) {
                    gain = promised;
                    best = t;
                }
            }
        }
        return high - low < tolerance ? -1 : best;
    }

    private void update(int i, int j, float[] kernelI, float[] kernelJ) {
        double curve = Math.max(TAU, 2 - 2.0 * kernelI[j % rows]);
        double delta = (-y[i] * gradient[i] + y[j] * gradient[j]) / curve;
        // The pair moves by +y_i delta and -y_j delta; delta ends where the first of the two meets its bound.
        delta = Math.min(delta, y[i] > 0 ? c[i] - alpha[i] : alpha[i]);
        delta = Math.min(delta, y[j] > 0 ? alpha[j] : c[j] - alpha[j]);
        double oldI = alpha[i];
        double oldJ = alpha[j];
        alpha[i] = snapped(oldI + y[i] * delta, c[i]);
        alpha[j] = snapped(oldJ - y[j] * delta, c[j]);
        double changeI = y[i] * (alpha[i] - oldI);
        double changeJ = y[j] * (alpha[j] - oldJ);
        for (int from = 0; from < size; from += rows) {
            for (int k = 0; k < rows; k++) {
                gradient[from + k] += y[from + k] * (changeI * kernelI[k] + changeJ * kernelJ[k]);
            }
        }
    }

    /** Onto a bound that differs by rounding only, or the pair would be chosen for ever. */
    private static double snapped(double value, double bound) {
        if (value <= 1e-12 * bound) {
            return 0;
        }
        return value >= bound * (1 - 1e-12) ? bound : value;
    }
}
