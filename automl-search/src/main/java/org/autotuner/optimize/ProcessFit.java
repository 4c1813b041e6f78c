package org.autotuner.optimize;

import java.util.Arrays;
import java.util.List;

/**
 * The most probable parameters of a Gaussian process: likelihood times log-normal priors, lengths with the root of the
 * number of dimensions (Hvarfner, Hellsten, Nardi: Vanilla Bayesian Optimization Performs Great in High Dimensions, ICML
 * 2024, arXiv 2402.02229).
 */
final class ProcessFit {

    private static final double[] EXPONENTS = {1, 0.5, 0, -0.5};

    private final Encoding encoding;
    private final double[] means;
    private final double[] deviations;
    private final double[] low;
    private final double[] high;

    ProcessFit(Encoding encoding) {
        this.encoding = encoding;
        double path = path(encoding);
        int size = encoding.size();
        means = new double[size + 1];
        deviations = new double[size + 1];
        low = new double[size + 1];
        high = new double[size + 1];
        for (int d = 0; d < size; d++) {
            boolean isCategory = encoding.dimension(d).isCategory();
            means[d] = isCategory ? -0.7 : 0.5 * Math.log(path);
            deviations[d] = isCategory ? 1.0 : 1.2;
            low[d] = Math.log(isCategory ? 0.01 : 0.03);
            high[d] = Math.log(isCategory ? 5 : 50);
        }
        means[size] = -7;
        deviations[size] = 2.5;
        low[size] = Math.log(1e-6);
        high[size] = Math.log(2);
    }

    /** Mean number of active dimensions, over evenly drawn points. */
    private static double path(Encoding encoding) {
        SpaceFilling filling = new SpaceFilling(encoding, 0);
        double sum = 0;
        for (int i = 0; i < 64; i++) {
            for (double one : filling.point(i)) {
                sum += Double.isNaN(one) ? 0 : 1.0 / 64;
            }
        }
        return Math.max(1, sum);
    }

    /** Where the search starts when nothing is known. */
    double[] start() {
        double[] start = means.clone();
        for (int i = 0; i < start.length; i++) {
            start[i] = Math.min(high[i], Math.max(low[i], start[i]));
        }
        return start;
    }

    /**
     * Improves the parameters.
     *
     * @param evaluations how often the likelihood may be computed; each costs the cube of the number of rows
     */
    double[] improve(double[] from, List<double[]> rows, double[] values, int evaluations) {
        return improve(from, rows, values, new double[values.length], evaluations);
    }

    /** The same for values of which each has a variance beside the noise, in that of the signal. */
    double[] improve(double[] from, List<double[]> rows, double[] values, double[] uncertainties, int evaluations) {
        BoxedBfgs search = new BoxedBfgs(low, high, evaluations, 0.7);
        return search.minimise(from, (logs, gradient) -> {
            GaussianProcess process = process(logs, rows, uncertainties);
            process.condition(Arrays.copyOf(values, rows.size()));
            double sum = process.negativeLogLikelihood(gradient);
            for (int i = 0; i < logs.length; i++) {
                double z = (logs[i] - means[i]) / deviations[i];
                sum += 0.5 * z * z;
                gradient[i] += z / deviations[i];
            }
            return sum;
        });
    }

    /** The exponent under which the values are most likely, given the kernel's parameters. */
    double exponent(double[] logs, List<double[]> rows, double[] values) {
        return exponent(logs, rows, values, new double[values.length]);
    }

    /** The same for values of which each has a variance beside the noise, in that of the signal. */
    double exponent(double[] logs, List<double[]> rows, double[] values, double[] uncertainties) {
        GaussianProcess given = process(logs, rows, uncertainties);
        double best = 1;
        double highest = Double.NEGATIVE_INFINITY;
        for (double exponent : EXPONENTS) {
            PowerTransform candidate = PowerTransform.of(values, exponent);
            given.condition(candidate.apply(values));
            double likelihood = candidate.logSlopes(values) - given.negativeLogLikelihood();
            if (likelihood > highest) {
                best = exponent;
                highest = likelihood;
            }
        }
        return best;
    }

    private GaussianProcess process(double[] logs, List<double[]> rows, double[] uncertainties) {
        GaussianProcess process = new GaussianProcess(new Covariance(encoding, logs));
        for (int i = 0; i < rows.size(); i++) {
            process.appendUncertain(rows.get(i), uncertainties[i]);
        }
        return process;
    }
}
