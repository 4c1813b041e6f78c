package org.autotuner.models.kernel;

/**
 * Probability {@code 1 / (1 + exp(a f + b))} of the positive class for a decision value f (Platt 1999), fitted by the
 * damped Newton method of Lin, Lin and Weng (Machine Learning 68, 2007).
 */
record Platt(double a, double b) {

    private static final int ITERATIONS = 100;
    private static final double SMALLEST_STEP = 1e-10;
    private static final double RIDGE = 1e-12;

    /** Fits decision values that were made by machines that had not seen their rows. */
    static Platt fit(double[] decisions, boolean[] positive, double[] weights) {
        double positives = 0;
        double negatives = 0;
        for (int i = 0; i < decisions.length; i++) {
            positives += positive[i] ? weights[i] : 0;
            negatives += positive[i] ? 0 : weights[i];
        }
        double[] goal = new double[decisions.length];
        for (int i = 0; i < goal.length; i++) {
            // Targets short of 0 and 1: the maximum a posteriori estimate under a uniform prior.
            goal[i] = positive[i] ? (positives + 1) / (positives + 2) : 1 / (negatives + 2);
        }
        double a = 0;
        double b = Math.log((negatives + 1) / (positives + 1));
        double value = loss(decisions, goal, weights, a, b);
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double h11 = RIDGE;
            double h22 = RIDGE;
            double h21 = 0;
            double g1 = 0;
            double g2 = 0;
            for (int i = 0; i < goal.length; i++) {
                double p = probability(decisions[i], a, b);
                double curve = weights[i] * p * (1 - p);
                h11 += decisions[i] * decisions[i] * curve;
                h22 += curve;
                h21 += decisions[i] * curve;
                double slope = weights[i] * (goal[i] - p);
                g1 += decisions[i] * slope;
                g2 += slope;
            }
            if (Math.abs(g1) < 1e-5 && Math.abs(g2) < 1e-5) {
                break;
            }
            double determinant = h11 * h22 - h21 * h21;
            double da = -(h22 * g1 - h21 * g2) / determinant;
            double db = -(-h21 * g1 + h11 * g2) / determinant;
            double slope = g1 * da + g2 * db;
            double step = 1;
            double next = value;
            for (; step >= SMALLEST_STEP; step /= 2) {
                next = loss(decisions, goal, weights, a + step * da, b + step * db);
                if (next < value + 1e-4 * step * slope) {
                    break;
                }
            }
            if (step < SMALLEST_STEP) {
                break;
            }
            a += step * da;
            b += step * db;
            value = next;
        }
        return new Platt(a, b);
    }

    double probability(double decision) {
        return probability(decision, a, b);
    }

    private static double probability(double decision, double a, double b) {
        double f = a * decision + b;
        return f >= 0 ? Math.exp(-f) / (1 + Math.exp(-f)) : 1 / (1 + Math.exp(f));
    }

    private static double loss(double[] decisions, double[] goal, double[] weights, double a, double b) {
        double sum = 0;
        for (int i = 0; i < goal.length; i++) {
            double f = a * decisions[i] + b;
            sum += weights[i]
                    * (f >= 0 ? goal[i] * f + Math.log1p(Math.exp(-f)) : (goal[i] - 1) * f + Math.log1p(Math.exp(f)));
        }
        return sum;
    }
}
