package org.autotuner.optimize;

import java.util.Arrays;
import java.util.List;

/**
 * The most probable parameters of a Gaussian process: likelihood times log-normal priors, lengths with the root of the
 * number of dimensions (Hvarfner, Hellsten, Nardi: Vanilla Bayesian Optimization Performs Great in High Dimensions, ICML
 * 2024, arXiv 2402.02229).
 */
final class ProcessFit {

    private final Encoding encoding;
    private final double[] means;
    private final double[] deviations;
    private final double[] low;
    private final double[] high;

    /** @param path how many dimensions are active at once, about */
    ProcessFit(Encoding encoding, double path) {
        this.encoding = encoding;
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
        BoxedBfgs search = new BoxedBfgs(low, high, evaluations, 0.7);
        return search.minimise(from, (logs, gradient) -> {
            GaussianProcess process = new GaussianProcess(new Covariance(encoding, logs));
            rows.forEach(process::append);
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
}
