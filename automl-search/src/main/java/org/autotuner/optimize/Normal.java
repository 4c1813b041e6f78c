package org.autotuner.optimize;

import java.util.random.RandomGenerator;

/** The standard normal distribution, as far as optimizers need it. */
final class Normal {

    private static final double INV_SQRT_2PI = 0.3989422804014327;
    private static final double LOG_SQRT_2PI = 0.9189385332046728;
    private static final double SQRT_PI_HALF = 1.2533141373155001;

    private static final int REJECTIONS = 8;

    private Normal() {}

    static double density(double z) {
        return INV_SQRT_2PI * Math.exp(-0.5 * z * z);
    }

    /** Cumulative probability, with a relative error of about 1e-7 also far out (W. J. Cody's bounds are not needed). */
    static double cumulative(double z) {
        double tail = 0.5 * erfc(Math.abs(z) / Math.sqrt(2));
        return z < 0 ? tail : 1 - tail;
    }

    /** Inverse of {@link #cumulative} (P. J. Acklam's rational approximation and one step of Halley's method). */
    static double quantile(double p) {
        if (p <= 0 || p >= 1) {
            return p <= 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        double x = acklam(p);
        double error = cumulative(x) - p;
        double u = error * Math.exp(0.5 * x * x) / INV_SQRT_2PI;
        return Double.isFinite(u) ? x - u / (1 + 0.5 * x * u) : x;
    }

    /** A draw of a normal distribution cut to 0..1; exact, since what rejection leaves is drawn by the inverse. */
    static double truncated(double mean, double deviation, RandomGenerator random) {
        for (int i = 0; i < REJECTIONS; i++) { // cheaper than the inverse, and mostly the first draw will do
            double drawn = mean + deviation * random.nextGaussian();
            if (drawn >= 0 && drawn <= 1) {
                return drawn;
            }
        }
        double from = cumulative(-mean / deviation);
        double to = cumulative((1 - mean) / deviation);
        double drawn = mean + deviation * quantile(from + random.nextDouble() * (to - from));
        return Math.min(1, Math.max(0, drawn));
    }

    /**
     * Logarithm of {@code density(z) + z * cumulative(z)}, exact far into the left tail too (Ament and others:
     * Unexpected Improvements to Expected Improvement for Bayesian Optimization, NeurIPS 2023, equation 9).
     */
    static double logImprovement(double z) {
        if (z > -1) {
            return Math.log(density(z) + z * cumulative(z));
        }
        if (z < -1e5) {
            return -0.5 * z * z - LOG_SQRT_2PI - 2 * Math.log(-z);
        }
        double scaled = Math.log(SQRT_PI_HALF * -z * erfcx(-z / Math.sqrt(2)));
        return -0.5 * z * z - LOG_SQRT_2PI + log1mexp(scaled);
    }

    /** log(1 - e^x) for x at most 0. */
    private static double log1mexp(double x) {
        double y = Math.min(x, -1e-16);
        return y > -0.6931471805599453 ? Math.log(-Math.expm1(y)) : Math.log1p(-Math.exp(y));
    }

    private static double erfc(double x) {
        return Math.exp(-x * x) * erfcx(x);
    }

    /** e^(x^2) erfc(x) for x at least 0 (Numerical Recipes, third edition, section 6.2.2, Chebyshev fit). */
    private static double erfcx(double x) {
        if (x > 50) {
            double y = 1 / (x * x);
            return (1 - 0.5 * y * (1 - 1.5 * y)) / (x * Math.sqrt(Math.PI));
        }
        double t = 2 / (2 + x);
        double ty = 4 * t - 2;
        double d = 0;
        double dd = 0;
        for (int j = CHEBYSHEV.length - 1; j > 0; j--) {
            double before = d;
            d = ty * d - dd + CHEBYSHEV[j];
            dd = before;
        }
        return t * Math.exp(0.5 * (CHEBYSHEV[0] + ty * d) - dd);
    }

    private static final double[] CHEBYSHEV = {
        -1.3026537197817094,
        6.419697923564902e-1,
        1.9476473204185836e-2,
        -9.56151478680863e-3,
        -9.46595344482036e-4,
        3.66839497852761e-4,
        4.2523324806907e-5,
        -2.0278578112534e-5,
        -1.624290004647e-6,
        1.303655835580e-6,
        1.5626441722e-8,
        -8.5238095915e-8,
        6.529054439e-9,
        5.059343495e-9,
        -9.91364156e-10,
        -2.27365122e-10,
        9.6467911e-11,
        2.394038e-12,
        -6.886027e-12,
        8.94487e-13,
        3.13092e-13,
        -1.12708e-13,
        3.81e-16,
        7.106e-15,
        -1.523e-15,
        -9.4e-17,
        1.21e-16,
        -2.8e-17
    };

    private static double acklam(double p) {
        if (p < 0.02425) {
            return tail(Math.sqrt(-2 * Math.log(p)));
        }
        if (p > 1 - 0.02425) {
            return -tail(Math.sqrt(-2 * Math.log(1 - p)));
        }
        double q = p - 0.5;
        double r = q * q;
        return (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.3577518672690) * r
                                        - 30.66479806614716)
                                * r
                        + 2.506628277459239)
                * q
                / (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r
                                        - 13.28068155288572)
                                * r
                        + 1);
    }

    private static double tail(double q) {
        return (((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734)
                                                * q
                                        + 4.374664141464968)
                                * q
                        + 2.938163982698783)
                / ((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416)
                                * q
                        + 1);
    }
}
