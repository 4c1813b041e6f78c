package org.autotuner.optimize;

import java.util.Arrays;

/**
 * Makes values look normal: Yeo-Johnson (A New Family of Power Transformations, Biometrika 87, 2000) between two
 * standardisations. It is monotone, so the best stays the best; as in HEBO (Cowen-Rivers and others, JAIR 74, 2022) it
 * keeps a few huge losses from flattening all others. Immutable.
 *
 * @param lambda exponent: 1 leaves the shape, lower ones draw the high values in
 */
record PowerTransform(double shift, double scale, double lambda, double mean, double deviation) {

    /** Around the median, in units of the spread of the middle two thirds. */
    static PowerTransform of(double[] values, double lambda) {
        int n = values.length;
        if (n == 0) {
            return new PowerTransform(0, 1, lambda, 0, 1);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double spread = (sorted[(int) (0.84 * (n - 1))] - sorted[(int) (0.16 * (n - 1))]) / 2;
        double range = sorted[n - 1] - sorted[0];
        double scale = spread > 0 ? spread : range > 0 ? range : 1;
        PowerTransform raw = new PowerTransform(sorted[n / 2], scale, lambda, 0, 1);
        double mean = 0;
        for (double value : values) {
            mean += raw.apply(value) / n;
        }
        double variance = 0;
        for (double value : values) {
            double difference = raw.apply(value) - mean;
            variance += difference * difference / n;
        }
        return new PowerTransform(raw.shift, scale, lambda, mean, variance > 1e-24 ? Math.sqrt(variance) : 1);
    }

    double apply(double value) {
        return (yeoJohnson((value - shift) / scale, lambda) - mean) / deviation;
    }

    double[] apply(double[] values) {
        return Arrays.stream(values).map(this::apply).toArray();
    }

    /** The value that {@link #apply} takes to this; the end of what it reaches where it reaches none so far out. */
    double inverse(double transformed) {
        return shift + scale * inverseYeoJohnson(mean + deviation * transformed, lambda);
    }

    /** Sum of the logarithms of the slope at some values, to compare likelihoods across exponents; up to a constant. */
    double logSlopes(double[] values) {
        double sum = 0;
        for (double value : values) {
            double z = (value - shift) / scale;
            sum += (lambda - 1) * Math.signum(z) * Math.log1p(Math.abs(z)) - Math.log(deviation);
        }
        return sum;
    }

    private static double yeoJohnson(double z, double lambda) {
        if (z >= 0) {
            return Math.abs(lambda) < 1e-9 ? Math.log1p(z) : (Math.pow(z + 1, lambda) - 1) / lambda;
        }
        return Math.abs(lambda - 2) < 1e-9 ? -Math.log1p(-z) : -(Math.pow(1 - z, 2 - lambda) - 1) / (2 - lambda);
    }

    private static double inverseYeoJohnson(double y, double lambda) {
        if (y >= 0) {
            return Math.abs(lambda) < 1e-9 ? Math.expm1(y) : power(y * lambda + 1, 1 / lambda) - 1;
        }
        return Math.abs(lambda - 2) < 1e-9 ? -Math.expm1(-y) : 1 - power(1 - (2 - lambda) * y, 1 / (2 - lambda));
    }

    /** Of a base that is kept above 0, which a value reaches for far away. */
    private static double power(double base, double exponent) {
        return Math.pow(Math.max(1e-12, base), exponent);
    }
}
