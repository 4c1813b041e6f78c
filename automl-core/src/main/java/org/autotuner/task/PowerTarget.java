package org.autotuner.task;

import org.autotuner.bundle.Node;

/**
 * The Yeo-Johnson power of the standardised value (Yeo, Johnson: A new family of power transformations to improve
 * normality or symmetry, Biometrika 87, 2000). Its exponent is the one of {@value #LEAST} to {@value #MOST} under which the
 * training values are most likely normal; values further than {@value #FAR} deviations away go on linearly.
 *
 * @param mean of the training values
 * @param deviation of the training values, above 0
 * @param lambda exponent
 */
public record PowerTarget(double mean, double deviation, double lambda) implements TargetTransform {

    static final double LEAST = -2;
    static final double MOST = 4;
    static final double FAR = 50;

    private static final double STEP = 0.05;
    private static final double NEAR = 1e-9;

    /** @param sorted ascending, at least one */
    static PowerTarget fit(double[] sorted) {
        double mean = 0;
        for (double value : sorted) {
            mean += value / sorted.length;
        }
        double squares = 0;
        for (double value : sorted) {
            squares += (value - mean) * (value - mean) / sorted.length;
        }
        double deviation = Math.sqrt(squares);
        if (!(deviation > 1e-12 * Math.abs(mean))) {
            return new PowerTarget(mean, 1, 1);
        }
        PowerTarget best = new PowerTarget(mean, deviation, 1);
        double highest = Double.NEGATIVE_INFINITY;
        int steps = (int) Math.round((MOST - LEAST) / STEP);
        for (int i = 0; i <= steps; i++) {
            PowerTarget tried = new PowerTarget(mean, deviation, LEAST + i * STEP);
            double likelihood = tried.likelihood(sorted);
            if (likelihood > highest) {
                highest = likelihood;
                best = tried;
            }
        }
        return best;
    }

    /** Logarithm of the profile likelihood per value, but for a constant. */
    private double likelihood(double[] values) {
        int step = Math.max(1, values.length / 5_000);
        double sum = 0;
        double squares = 0;
        double jacobian = 0;
        int count = 0;
        for (int i = step / 2; i < values.length; i += step) {
            double z = (values[i] - mean) / deviation;
            double changed = power(z);
            count++;
            double delta = changed - sum;
            sum += delta / count;
            squares += delta * (changed - sum);
            jacobian += Math.signum(z) * Math.log1p(Math.abs(z));
        }
        double variance = squares / count;
        return variance > 0 ? (lambda - 1) * jacobian / count - 0.5 * Math.log(variance) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public Kind kind() {
        return Kind.POWER;
    }

    @Override
    public double apply(double value) {
        double z = (value - mean) / deviation;
        double near = Math.max(-FAR, Math.min(FAR, z));
        return power(near) + (z - near) * slope(near);
    }

    @Override
    public double undo(double changed) {
        double low = power(-FAR);
        double high = power(FAR);
        double near = Math.max(low, Math.min(high, changed));
        double z = changed < low ? -FAR : changed > high ? FAR : root(near);
        return mean + deviation * (z + (changed - near) / slope(z));
    }

    private double power(double z) {
        if (z >= 0) {
            return Math.abs(lambda) < NEAR ? Math.log1p(z) : (Math.pow(1 + z, lambda) - 1) / lambda;
        }
        double other = 2 - lambda;
        return Math.abs(other) < NEAR ? -Math.log1p(-z) : -(Math.pow(1 - z, other) - 1) / other;
    }

    private double root(double changed) {
        if (changed >= 0) {
            return Math.abs(lambda) < NEAR ? Math.expm1(changed) : Math.pow(lambda * changed + 1, 1 / lambda) - 1;
        }
        double other = 2 - lambda;
        return Math.abs(other) < NEAR ? -Math.expm1(-changed) : 1 - Math.pow(1 - other * changed, 1 / other);
    }

    private double slope(double z) {
        return Math.pow(1 + Math.abs(z), z >= 0 ? lambda - 1 : 1 - lambda);
    }

    @Override
    public void write(Node node) {
        node.put("kind", kind().id())
                .put("mean", mean)
                .put("deviation", deviation)
                .put("lambda", lambda);
    }

    static PowerTarget read(Node node) {
        double mean = node.real("mean");
        double deviation = node.real("deviation");
        double lambda = node.real("lambda");
        if (!Double.isFinite(mean) || !(deviation > 0) || Double.isInfinite(deviation)) {
            throw node.wrong("deviation", "is %s around the mean %s".formatted(deviation, mean));
        }
        if (!(lambda >= LEAST - NEAR && lambda <= MOST + NEAR)) {
            throw node.wrong("lambda", "is %s, outside %s..%s".formatted(lambda, LEAST, MOST));
        }
        return new PowerTarget(mean, deviation, lambda);
    }
}
