package org.autotuner.optimize;

import java.util.Arrays;

/**
 * Minimises a smooth function in a box with few evaluations: BFGS over the coordinates that are not held at a bound
 * (Bertsekas: Projected Newton Methods, SIAM J. Control Optim. 20, 1982; Nocedal, Wright: Numerical Optimization, 2006,
 * section 6.1), with backtracking. Deterministic.
 */
final class BoxedBfgs {

    private static final double ARMIJO = 1e-4;

    /** A function with its gradient. */
    interface Smooth {
        /** The value at a point; fills the gradient. */
        double at(double[] point, double[] gradient);
    }

    private final double[] low;
    private final double[] high;
    private final int evaluations;
    private final double firstStep;

    /**
     * @param evaluations how often the function may be asked
     * @param firstStep length of the first step, while nothing is known of the curvature
     */
    BoxedBfgs(double[] low, double[] high, int evaluations, double firstStep) {
        this.low = low;
        this.high = high;
        this.evaluations = evaluations;
        this.firstStep = firstStep;
    }

    /** The best point found from a start inside the box. */
    double[] minimise(double[] start, Smooth function) {
        int n = start.length;
        double[] x = start.clone();
        double[] gradient = new double[n];
        double value = function.at(x, gradient);
        double[][] inverse = new double[n][n];
        boolean isFresh = true;
        double[] next = new double[n];
        double[] nextGradient = new double[n];
        double[] direction = new double[n];
        int used = 1;
        while (used < evaluations) {
            boolean[] isFree = free(x, gradient);
            double slope =
                    isFresh ? steepest(gradient, isFree, direction) : quasiNewton(inverse, gradient, isFree, direction);
            if (!(slope < -1e-12)) {
                if (isFresh) {
                    break;
                }
                isFresh = true;
                continue;
            }
            double step = 1;
            double nextValue = Double.NaN;
            boolean isBetter = false;
            while (used < evaluations && step > 1e-4 && !isBetter) {
                for (int i = 0; i < n; i++) {
                    next[i] = Math.min(high[i], Math.max(low[i], x[i] + step * direction[i]));
                }
                nextValue = function.at(next, nextGradient);
                used++;
                isBetter = nextValue <= value + ARMIJO * step * slope;
                step *= 0.3;
            }
            if (!isBetter) {
                break;
            }
            update(inverse, x, next, gradient, nextGradient, isFresh);
            isFresh = false;
            double gained = value - nextValue;
            System.arraycopy(next, 0, x, 0, n);
            System.arraycopy(nextGradient, 0, gradient, 0, n);
            value = nextValue;
            if (gained < 1e-9 * (1 + Math.abs(value))) {
                break;
            }
        }
        return x;
    }

    private boolean[] free(double[] x, double[] gradient) {
        boolean[] isFree = new boolean[x.length];
        for (int i = 0; i < x.length; i++) {
            isFree[i] = !(x[i] <= low[i] && gradient[i] > 0) && !(x[i] >= high[i] && gradient[i] < 0);
        }
        return isFree;
    }

    private double steepest(double[] gradient, boolean[] isFree, double[] direction) {
        double norm = 0;
        for (int i = 0; i < gradient.length; i++) {
            direction[i] = isFree[i] ? -gradient[i] : 0;
            norm += direction[i] * direction[i];
        }
        double scale = norm > 0 ? firstStep / Math.sqrt(norm) : 0;
        for (int i = 0; i < direction.length; i++) {
            direction[i] *= scale;
        }
        return -scale * norm;
    }

    private static double quasiNewton(double[][] inverse, double[] gradient, boolean[] isFree, double[] direction) {
        double slope = 0;
        for (int i = 0; i < gradient.length; i++) {
            double sum = 0;
            for (int j = 0; j < gradient.length && isFree[i]; j++) {
                sum -= isFree[j] ? inverse[i][j] * gradient[j] : 0;
            }
            direction[i] = sum;
            slope += sum * gradient[i];
        }
        return slope;
    }

    private static void update(
            double[][] inverse, double[] x, double[] next, double[] gradient, double[] nextGradient, boolean isFresh) {
        int n = x.length;
        double[] s = new double[n];
        double[] y = new double[n];
        double sy = 0;
        double yy = 0;
        for (int i = 0; i < n; i++) {
            s[i] = next[i] - x[i];
            y[i] = nextGradient[i] - gradient[i];
            sy += s[i] * y[i];
            yy += y[i] * y[i];
        }
        if (isFresh) {
            for (int i = 0; i < n; i++) {
                Arrays.fill(inverse[i], 0);
                inverse[i][i] = sy > 0 && yy > 0 ? sy / yy : 1e-2;
            }
        }
        if (!(sy > 1e-12)) {
            return;
        }
        double[] hy = new double[n];
        double yhy = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                hy[i] += inverse[i][j] * y[j];
            }
            yhy += y[i] * hy[i];
        }
        double factor = (1 + yhy / sy) / sy;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                inverse[i][j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / sy;
            }
        }
    }
}
