package org.autotuner.models.linear;

import org.autotuner.budget.DeadlineExceededException;

/**
 * Limited-memory BFGS with backtracking (Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 3.1), and its
 * orthant-wise variant for an absolute-value penalty (Andrew and Gao 2007). One use; not thread-safe.
 */
final class Lbfgs {

    /** What is minimised. */
    interface Objective {

        /**
         * Value and gradient of the smooth part.
         *
         * @throws DeadlineExceededException to end the minimisation at the last accepted point
         */
        double evaluate(double[] w, double[] gradient);
    }

    private static final int HISTORY = 8;
    /** Doubles that the history may hold: with millions of parameters fewer pairs are kept. */
    private static final long HISTORY_DOUBLES = 8_000_000;

    private static final int MAX_HALVINGS = 25;

    private final int size;
    private final int history;
    private final double l1;
    private final int penalised;
    private final double[] inverse;
    private final double[][] s;
    private final double[][] y;
    private final double[] rho;
    private int pairs;

    private double[] w;
    private double[] gradient;
    private double[] nextW;
    private double[] nextGradient;
    private final double[] direction;
    private final double[] steepest;
    private boolean interrupted;
    private int accepted;

    /**
     * A minimiser.
     *
     * @param l1 factor of the absolute values of the first {@code penalised} parameters, 0 for none
     * @param inverse positive guess of the inverse curvature of each parameter, right up to a common factor: rare
     *     columns have little curvature and would need many steps without it; not copied
     */
    Lbfgs(double[] start, double l1, int penalised, double[] inverse) {
        this.size = start.length;
        this.l1 = l1;
        this.penalised = penalised;
        this.inverse = inverse;
        this.history = (int) Math.max(3, Math.min(HISTORY, HISTORY_DOUBLES / Math.max(1, 2L * size)));
        this.s = new double[history][];
        this.y = new double[history][];
        this.rho = new double[history];
        this.w = start.clone();
        this.gradient = new double[size];
        this.nextW = new double[size];
        this.nextGradient = new double[size];
        this.direction = new double[size];
        this.steepest = new double[size];
    }

    /** The last accepted point. */
    double[] point() {
        return w.clone();
    }

    /** Whether the objective ended the minimisation. */
    boolean interrupted() {
        return interrupted;
    }

    /** Number of steps that lowered the objective. */
    int accepted() {
        return accepted;
    }

    /** Goes on until the relative decrease of three steps is below {@code tolerance}, or for {@code iterations}. */
    Lbfgs minimise(Objective objective, int iterations, double tolerance) {
        try {
            run(objective, iterations, tolerance);
        } catch (DeadlineExceededException e) {
            interrupted = true; // the accepted point stays valid: that is what the caller asked for
        }
        return this;
    }

    private void run(Objective objective, int iterations, double tolerance) {
        double value = objective.evaluate(w, gradient) + absolutes(w);
        int flat = 0;
        for (int iteration = 0; iteration < iterations && flat < 3; iteration++) {
            pseudoGradient();
            double norm = Math.sqrt(dot(steepest, steepest));
            if (norm < 1e-9 * Math.max(1, Math.sqrt(dot(w, w)))) {
                return;
            }
            direct();
            double slope = dot(direction, steepest);
            if (!(slope < 0)) {
                pairs = 0;
                direct();
                slope = dot(direction, steepest);
            }
            double next = search(objective, value, slope, pairs == 0 ? firstStep() : 1);
            if (Double.isNaN(next)) {
                if (pairs == 0) {
                    return;
                }
                pairs = 0;
                continue;
            }
            flat = value - next <= tolerance * Math.max(Math.abs(value), 1e-12) ? flat + 1 : 0;
            value = next;
            accept();
        }
    }

    /** The value at the accepted step, which is then in {@code nextW}; NaN if no step lowers the objective. */
    private double search(Objective objective, double value, double slope, double first) {
        double step = first;
        for (int i = 0; i < MAX_HALVINGS; i++) {
            double moved = 0;
            for (int j = 0; j < size; j++) {
                nextW[j] = w[j] + step * direction[j];
                if (l1 > 0 && j < penalised && nextW[j] * orthant(j) < 0) {
                    nextW[j] = 0; // never across zero within one step
                }
                moved += (nextW[j] - w[j]) * steepest[j];
            }
            double next = objective.evaluate(nextW, nextGradient) + absolutes(nextW);
            double promised = l1 > 0 ? moved : step * slope;
            if (next <= value + 1e-4 * promised && next <= value) {
                return next;
            }
            step /= 2;
        }
        return Double.NaN;
    }

    private void accept() {
        double[] move = pairs < history ? new double[size] : s[0];
        double[] change = pairs < history ? new double[size] : y[0];
        for (int j = 0; j < size; j++) {
            move[j] = nextW[j] - w[j];
            change[j] = nextGradient[j] - gradient[j];
        }
        double product = dot(move, change);
        if (product > 1e-12 * dot(change, change)) {
            if (pairs == history) {
                System.arraycopy(s, 1, s, 0, history - 1);
                System.arraycopy(y, 1, y, 0, history - 1);
                System.arraycopy(rho, 1, rho, 0, history - 1);
                pairs--;
            }
            s[pairs] = move;
            y[pairs] = change;
            rho[pairs++] = 1 / product;
        } else {
            pairs = 0; // a pair without curvature would spoil the metric
        }
        double[] swap = w;
        w = nextW;
        nextW = swap;
        swap = gradient;
        gradient = nextGradient;
        nextGradient = swap;
        accepted++;
    }

    /** Writes the descent direction: the two-loop recursion on the (pseudo) gradient. */
    private void direct() {
        for (int j = 0; j < size; j++) {
            direction[j] = -steepest[j];
        }
        double[] alpha = new double[pairs];
        for (int i = pairs - 1; i >= 0; i--) {
            alpha[i] = rho[i] * dot(s[i], direction);
            add(direction, -alpha[i], y[i]);
        }
        double scale = 1;
        if (pairs > 0) {
            double[] last = y[pairs - 1];
            double curved = 0;
            for (int j = 0; j < size; j++) {
                curved += last[j] * last[j] * inverse[j];
            }
            scale = 1 / (rho[pairs - 1] * curved);
        }
        for (int j = 0; j < size; j++) {
            direction[j] *= scale * inverse[j];
        }
        for (int i = 0; i < pairs; i++) {
            add(direction, alpha[i] - rho[i] * dot(y[i], direction), s[i]);
        }
        if (l1 > 0) {
            for (int j = 0; j < penalised; j++) {
                if (direction[j] * steepest[j] >= 0) {
                    direction[j] = 0;
                }
            }
        }
    }

    /** Without any pair the scale is a guess: at most one unit far. */
    private double firstStep() {
        return Math.min(1, 1 / Math.max(1e-300, Math.sqrt(dot(direction, direction))));
    }

    private void pseudoGradient() {
        System.arraycopy(gradient, 0, steepest, 0, size);
        if (l1 == 0) {
            return;
        }
        for (int j = 0; j < penalised; j++) {
            double g = gradient[j];
            if (w[j] != 0) {
                steepest[j] = g + Math.signum(w[j]) * l1;
            } else {
                steepest[j] = g > l1 ? g - l1 : g < -l1 ? g + l1 : 0;
            }
        }
    }

    private double orthant(int j) {
        return w[j] != 0 ? w[j] : -steepest[j];
    }

    private double absolutes(double[] at) {
        double sum = 0;
        if (l1 > 0) {
            for (int j = 0; j < penalised; j++) {
                sum += Math.abs(at[j]);
            }
        }
        return l1 * sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        double other = 0;
        int j = 0;
        for (; j + 1 < a.length; j += 2) {
            sum += a[j] * b[j];
            other += a[j + 1] * b[j + 1];
        }
        return j < a.length ? sum + other + a[j] * b[j] : sum + other;
    }

    private static void add(double[] to, double factor, double[] from) {
        for (int j = 0; j < to.length; j++) {
            to[j] += factor * from[j];
        }
    }
}
