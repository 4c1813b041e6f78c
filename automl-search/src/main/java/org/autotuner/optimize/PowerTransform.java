package org.autotuner.optimize;

/**
 * Makes values look normal: Yeo-Johnson with the exponent of the highest likelihood (Yeo, Johnson: A New Family of Power
 * Transformations, Biometrika 87, 2000), after and before standardising. It is monotone, so the best stays the best; as
 * in HEBO (Cowen-Rivers and others, JAIR 74, 2022) it keeps a few huge losses from flattening all others. Immutable.
 */
record PowerTransform(double shift, double scale, double lambda, double mean, double deviation) {

    static PowerTransform of(double[] values) {
        int n = values.length;
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        double shift = n == 0 ? 0 : sorted[n / 2];
        double spread = n == 0 ? 1 : sorted[(int) (0.84 * (n - 1))] - sorted[(int) (0.16 * (n - 1))];
        double scale = spread > 0 ? spread / 2 : n > 0 && sorted[n - 1] > sorted[0] ? sorted[n - 1] - sorted[0] : 1;
        double[] z = new double[n];
        for (int i = 0; i < n; i++) {
            z[i] = (values[i] - shift) / scale;
        }
        double lambda = n < 3 ? 1 : bestLambda(z);
        double mean = 0;
        for (double one : z) {
            mean += yeoJohnson(one, lambda) / n;
        }
        double variance = 0;
        for (double one : z) {
            double difference = yeoJohnson(one, lambda) - mean;
            variance += difference * difference / n;
        }
        return new PowerTransform(shift, scale, lambda, mean, variance > 1e-24 ? Math.sqrt(variance) : 1);
    }

    double apply(double value) {
        return (yeoJohnson((value - shift) / scale, lambda) - mean) / deviation;
    }

    /** By golden section over -2..1: exponents above 1 would flatten the good end. */
    private static double bestLambda(double[] z) {
        double low = Tune.d("lamlow", -1);
        double high = 1;
        double ratio = (Math.sqrt(5) - 1) / 2;
        double a = high - ratio * (high - low);
        double b = low + ratio * (high - low);
        double atA = logLikelihood(z, a);
        double atB = logLikelihood(z, b);
        for (int i = 0; i < 20; i++) {
            if (atA > atB) {
                high = b;
                b = a;
                atB = atA;
                a = high - ratio * (high - low);
                atA = logLikelihood(z, a);
            } else {
                low = a;
                a = b;
                atA = atB;
                b = low + ratio * (high - low);
                atB = logLikelihood(z, b);
            }
        }
        double found = (low + high) / 2;
        return logLikelihood(z, found) > logLikelihood(z, 1) + 1 ? found : 1;
    }

    private static double logLikelihood(double[] z, double lambda) {
        double mean = 0;
        double jacobian = 0;
        double[] moved = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            moved[i] = yeoJohnson(z[i], lambda);
            mean += moved[i] / z.length;
            jacobian += Math.signum(z[i]) * Math.log1p(Math.abs(z[i]));
        }
        double variance = 1e-12;
        for (double one : moved) {
            variance += (one - mean) * (one - mean) / z.length;
        }
        return -0.5 * z.length * Math.log(variance) + (lambda - 1) * jacobian;
    }

    private static double yeoJohnson(double z, double lambda) {
        if (z >= 0) {
            return Math.abs(lambda) < 1e-9 ? Math.log1p(z) : (Math.pow(z + 1, lambda) - 1) / lambda;
        }
        return Math.abs(lambda - 2) < 1e-9 ? -Math.log1p(-z) : -(Math.pow(1 - z, 2 - lambda) - 1) / (2 - lambda);
    }
}
