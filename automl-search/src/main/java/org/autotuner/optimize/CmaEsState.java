package org.autotuner.optimize;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.autotuner.optimize.Observations.Observation;

/**
 * A normal distribution over the unit cube, with a distribution over the options of each category, adapted generation by
 * generation (Hansen: The CMA Evolution Strategy, a Tutorial, arXiv 1604.00772; its constants are kept). Trials that the
 * distribution did not make may be among a generation: their steps are cut to a plausible length (Hansen: Injecting
 * External Solutions Into CMA-ES, arXiv 1110.4181). Categories follow the weighted shares of the better half, as in
 * CatCMA (Hamano and others, GECCO 2024), never below a floor. Mutable; used by one thread.
 */
final class CmaEsState {

    private final Encoding encoding;
    private final int size;
    private final int offspring;
    private final double[] weights;
    private final double effective;
    private final double pathRate;
    private final double stepRate;
    private final double damping;
    private final double rankOne;
    private final double rankMany;
    private final double expectedLength;

    private final double[] mean;
    private final double[][] options;
    private double step;
    private double[][] covariance;
    private double[][] axes;
    private double[] lengths;
    private final double[] stepPath;
    private final double[] covariancePath;
    private int generations;

    /**
     * @param trials completed ones to begin with; the mean is that of their best quarter and the step follows its spread
     */
    CmaEsState(Encoding encoding, List<Observation> trials) {
        this.encoding = encoding;
        this.size = encoding.size();
        this.offspring = offspring(size);
        int parents = offspring / 2;
        weights = new double[parents];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < parents; i++) {
            weights[i] = Math.log((offspring + 1) / 2.0) - Math.log(i + 1.0);
            sum += weights[i];
        }
        for (int i = 0; i < parents; i++) {
            weights[i] /= sum;
            squares += weights[i] * weights[i];
        }
        double n = size;
        effective = 1 / squares;
        pathRate = (4 + effective / n) / (n + 4 + 2 * effective / n);
        stepRate = (effective + 2) / (n + effective + 5);
        damping = 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + stepRate;
        rankOne = 2 / ((n + 1.3) * (n + 1.3) + effective);
        rankMany = Math.min(1 - rankOne, 2 * (effective - 2 + 1 / effective) / ((n + 2) * (n + 2) + effective));
        expectedLength = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
        mean = new double[size];
        options = new double[size][];
        stepPath = new double[size];
        covariancePath = new double[size];
        covariance = identity(size);
        axes = identity(size);
        lengths = new double[size];
        Arrays.fill(lengths, 1);
        begin(trials);
    }

    /** Trials in a generation. */
    static int offspring(int size) {
        return 4 + (int) Math.floor(3 * Math.log(Math.max(1, size)));
    }

    private void begin(List<Observation> trials) {
        List<Observation> best = trials.stream()
                .sorted(Comparator.comparingDouble(Observation::value))
                .limit(Math.max(1, trials.size() / 4))
                .toList();
        double spread = 0;
        int numbers = 0;
        for (Dimension dimension : encoding.dimensions()) {
            int d = dimension.index();
            double[] values = best.stream()
                    .mapToDouble(one -> one.vector()[d])
                    .filter(value -> !Double.isNaN(value))
                    .toArray();
            mean[d] = Arrays.stream(values).average().orElse(0.5);
            if (dimension.isCategory()) {
                options[d] = new double[dimension.levels()];
                Arrays.fill(options[d], 1.0 / dimension.levels());
            } else {
                double own = mean[d];
                spread += Arrays.stream(values)
                                .map(value -> (value - own) * (value - own))
                                .sum()
                        + 0.08;
                numbers += values.length + 1;
            }
        }
        step = Math.min(0.3, Math.max(0.05, Math.sqrt(spread / Math.max(1, numbers))));
    }

    /** A draw, reflected into the cube. */
    double[] sample(RandomGenerator random) {
        double[] scaled = new double[size];
        for (int i = 0; i < size; i++) {
            scaled[i] = lengths[i] * random.nextGaussian();
        }
        double[] drawn = new double[size];
        for (int d = 0; d < size; d++) {
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += axes[d][i] * scaled[i];
            }
            drawn[d] = reflected(mean[d] + step * sum);
        }
        return encoding.walk(dimension -> {
            int d = dimension.index();
            return dimension.isCategory() ? option(dimension, options[d], random) : dimension.snap(drawn[d]);
        });
    }

    /** Learns one generation. */
    void learn(List<Observation> trials) {
        List<Observation> best = trials.stream()
                .sorted(Comparator.comparingDouble(Observation::value).thenComparingInt(Observation::number))
                .limit(weights.length)
                .toList();
        double[][] steps = new double[best.size()][];
        double[] move = new double[size];
        for (int i = 0; i < best.size(); i++) {
            steps[i] = stepTo(best.get(i).vector());
            for (int d = 0; d < size; d++) {
                move[d] += weights[i] * steps[i][d];
            }
        }
        for (int d = 0; d < size; d++) {
            mean[d] = Math.min(1, Math.max(0, mean[d] + step * move[d]));
        }
        generations++;
        adapt(move, steps);
        for (Dimension dimension : encoding.dimensions()) {
            if (dimension.isCategory()) {
                learnOptions(dimension, best);
            }
        }
    }

    private void adapt(double[] move, double[][] steps) {
        double[] white = whitened(move);
        double stepPull = Math.sqrt(stepRate * (2 - stepRate) * effective);
        double norm = 0;
        for (int d = 0; d < size; d++) {
            stepPath[d] = (1 - stepRate) * stepPath[d] + stepPull * white[d];
            norm += stepPath[d] * stepPath[d];
        }
        norm = Math.sqrt(norm);
        double settled = Math.sqrt(1 - Math.pow(1 - stepRate, 2.0 * generations));
        boolean isShort = norm / settled < (1.4 + 2 / (size + 1.0)) * expectedLength;
        double pathPull = isShort ? Math.sqrt(pathRate * (2 - pathRate) * effective) : 0;
        for (int d = 0; d < size; d++) {
            covariancePath[d] = (1 - pathRate) * covariancePath[d] + pathPull * move[d];
        }
        double kept = 1 - rankOne - rankMany + (isShort ? 0 : rankOne * pathRate * (2 - pathRate));
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double many = 0;
                for (int k = 0; k < steps.length; k++) {
                    many += weights[k] * steps[k][i] * steps[k][j];
                }
                double value =
                        kept * covariance[i][j] + rankOne * covariancePath[i] * covariancePath[j] + rankMany * many;
                covariance[i][j] = value;
                covariance[j][i] = value;
            }
        }
        step *= Math.exp(Math.min(1, stepRate / damping * (norm / expectedLength - 1)));
        step = Math.min(0.5, Math.max(1e-7, step));
        EigenDecomposition decomposition = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
        axes = decomposition.getV().getData();
        double[] values = decomposition.getRealEigenvalues();
        for (int i = 0; i < size; i++) {
            lengths[i] = Math.sqrt(Math.max(1e-14, values[i]));
        }
    }

    /** The step from the mean in units of the step size, cut where the distribution would hardly make it. */
    private double[] stepTo(double[] vector) {
        double[] to = new double[size];
        for (int d = 0; d < size; d++) {
            boolean isNumber =
                    !Double.isNaN(vector[d]) && !encoding.dimension(d).isCategory();
            to[d] = isNumber ? (vector[d] - mean[d]) / step : 0;
        }
        double norm = 0;
        for (double one : whitened(to)) {
            norm += one * one;
        }
        double longest = Math.sqrt(size) + 2.0 * size / (size + 2.0);
        double cut = Math.min(1, longest / Math.max(1e-12, Math.sqrt(norm)));
        for (int d = 0; d < size; d++) {
            to[d] *= cut;
        }
        return to;
    }

    private double[] whitened(double[] vector) {
        double[] inAxes = new double[size];
        for (int i = 0; i < size; i++) {
            for (int d = 0; d < size; d++) {
                inAxes[i] += axes[d][i] * vector[d];
            }
            inAxes[i] /= lengths[i];
        }
        double[] white = new double[size];
        for (int d = 0; d < size; d++) {
            for (int i = 0; i < size; i++) {
                white[d] += axes[d][i] * inAxes[i];
            }
        }
        return white;
    }

    private void learnOptions(Dimension dimension, List<Observation> best) {
        double[] shares = options[dimension.index()];
        double rate = 0.3;
        double[] seen = new double[shares.length];
        double total = 0;
        for (int i = 0; i < best.size(); i++) {
            double at = best.get(i).vector()[dimension.index()];
            if (!Double.isNaN(at)) {
                seen[dimension.option(at)] += weights[i];
                total += weights[i];
            }
        }
        double floor = 0.2 / shares.length / Math.max(1, shares.length - 1);
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            shares[k] = Math.max(floor, (1 - rate * total) * shares[k] + rate * seen[k]);
            sum += shares[k];
        }
        for (int k = 0; k < shares.length; k++) {
            shares[k] /= sum;
        }
    }

    private static double option(Dimension dimension, double[] shares, RandomGenerator random) {
        double left = random.nextDouble();
        int option = 0;
        while (option < shares.length - 1 && left >= shares[option]) {
            left -= shares[option++];
        }
        return dimension.ofOption(option);
    }

    private static double reflected(double value) {
        double folded = Math.abs(value) % 2;
        return folded > 1 ? 2 - folded : folded;
    }

    private static double[][] identity(int size) {
        double[][] identity = new double[size][size];
        for (int i = 0; i < size; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }
}
