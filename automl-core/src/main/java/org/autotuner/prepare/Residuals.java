package org.autotuner.prepare;

import java.util.Arrays;
import java.util.List;
import org.autotuner.budget.Deadline;

/**
 * What is left of the target of some rows by an additive model of levels, fitted by cyclic boosting: squared loss for
 * real values, logistic loss for each class.
 */
final class Residuals {

    private static final int CYCLES = 12;
    private static final int FEW_CYCLES = 4;
    private static final double RATE = 0.5;
    private static final double SMOOTHING = 5;
    private static final double LARGEST_CURVATURE = 0.25;
    private static final double LARGEST_MARGIN = 12;

    private final TargetNumbers target;
    private final int[] rows;
    private final double[] weights;
    private final double[][] left;

    /** Begins with what is left by the mean of all rows; neighbours stand in different halves. */
    Residuals(TargetNumbers target, int[] rows) {
        this.target = target;
        this.rows = rows;
        this.weights = new double[rows.length];
        this.left = new double[target.outputs()][rows.length];
        for (int i = 0; i < rows.length; i++) {
            weights[i] = target.weight(rows[i]);
            for (int k = 0; k < left.length; k++) {
                left[k][i] = target.value(rows[i], k) - target.prior(k);
            }
        }
    }

    /** Mean square of what is left, of all outputs together. */
    double left() {
        double total = 0;
        double squares = 0;
        for (int i = 0; i < rows.length; i++) {
            total += weights[i];
            for (double[] residuals : left) {
                squares += weights[i] * residuals[i] * residuals[i];
            }
        }
        return total > 0 ? squares / total : 0;
    }

    /**
     * By how much levels lower the squared error where each half of the rows is predicted by smoothed means of the other.
     *
     * @param mean per unit of weight
     * @param error standard error of the mean
     */
    record Gain(double mean, double error) {

        /** Whether it is more than so many standard errors and more than the least that matters. */
        boolean isBeyond(double errors, double least) {
            return mean > errors * error && mean > least;
        }
    }

    /** What these readings tell together, one added to the other. */
    Gain gain(RowLevels... readings) {
        double[] gains = new double[rows.length];
        double[] work = new double[rows.length];
        for (double[] residuals : left) {
            for (int half = 0; half < 2; half++) {
                System.arraycopy(residuals, 0, work, 0, work.length);
                explain(work, half, 2, readings);
                for (int i = 1 - half; i < work.length; i += 2) {
                    gains[i] += residuals[i] * residuals[i] - work[i] * work[i];
                }
            }
        }
        double total = 0;
        double mean = 0;
        for (int i = 0; i < gains.length; i++) {
            total += weights[i];
            mean += weights[i] * gains[i];
        }
        mean /= total;
        double squares = 0;
        for (int i = 0; i < gains.length; i++) {
            double part = weights[i] / total * (gains[i] - mean);
            squares += part * part;
        }
        return new Gain(mean, Math.sqrt(squares));
    }

    /** Takes away what the readings tell together. */
    void explain(RowLevels... readings) {
        for (double[] residuals : left) {
            explain(residuals, 0, 1, readings);
        }
    }

    /** Takes from all rows what every so manieth of them tells, from the first one given on. */
    private void explain(double[] residuals, int from, int every, RowLevels... readings) {
        double[][] counts = new double[readings.length][];
        for (int r = 0; r < readings.length; r++) {
            counts[r] = new double[readings[r].size()];
            byte[] levels = readings[r].levels();
            for (int i = from; i < levels.length; i += every) {
                counts[r][levels[i]] += weights[i];
            }
        }
        int cycles = readings.length == 1 ? 1 : FEW_CYCLES;
        boolean moves = true;
        for (int cycle = 0; cycle < cycles && moves; cycle++) {
            moves = false;
            double noise = noise(residuals, from, every);
            for (int r = 0; r < readings.length; r++) {
                byte[] levels = readings[r].levels();
                double[] means = new double[readings[r].size()];
                for (int i = from; i < levels.length; i += every) {
                    means[levels[i]] += weights[i] * residuals[i];
                }
                double factor = shrink(means, counts[r], noise);
                moves |= factor > 0;
                for (int i = 0; i < levels.length && factor > 0; i++) {
                    residuals[i] -= factor * means[levels[i]];
                }
            }
        }
    }

    /** What chance alone makes of a level: its weight times the square of its mean is this on average. */
    private double noise(double[] residuals, int from, int every) {
        double total = 0;
        double squares = 0;
        double weightSquares = 0;
        for (int i = from; i < residuals.length; i += every) {
            total += weights[i];
            weightSquares += weights[i] * weights[i];
            squares += weights[i] * residuals[i] * residuals[i];
        }
        return total > 0 ? squares / total * weightSquares / total : 0;
    }

    /**
     * Makes means of sums, and tells by what factor to shrink them all: the share of their variance that is more than chance
     * (James and Stein 1961).
     */
    private static double shrink(double[] sums, double[] counts, double noise) {
        double found = 0;
        double chance = 0;
        for (int level = 0; level < sums.length; level++) {
            sums[level] /= counts[level] + SMOOTHING;
            found += counts[level] * sums[level] * sums[level];
            chance += counts[level] > 0 ? noise : 0;
        }
        return found > chance ? 1 - chance / found : 0;
    }

    /** Fits the additive model of all these readings. */
    void fit(List<RowLevels> readings, Deadline deadline) {
        double[] margins = new double[rows.length];
        for (int k = 0; k < left.length; k++) {
            double prior = Math.min(1 - 1e-6, Math.max(1e-6, target.prior(k)));
            Arrays.fill(margins, target.isReal() ? 0 : Math.log(prior / (1 - prior)));
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                for (RowLevels reading : readings) {
                    deadline.check();
                    step(reading, k, margins);
                }
            }
        }
    }

    private void step(RowLevels reading, int k, double[] margins) {
        byte[] levels = reading.levels();
        double[] residuals = left[k];
        double[] steps = new double[reading.size()];
        double[] curvatures = new double[reading.size()];
        double smoothing = SMOOTHING * (target.isReal() ? 1 : LARGEST_CURVATURE);
        for (int i = 0; i < levels.length; i++) {
            double curvature = 1;
            if (!target.isReal()) {
                double probability = target.value(rows[i], k) - residuals[i];
                curvature = probability * (1 - probability);
            }
            steps[levels[i]] += weights[i] * residuals[i];
            curvatures[levels[i]] += weights[i] * curvature;
        }
        for (int level = 0; level < steps.length; level++) {
            steps[level] *= RATE / (curvatures[level] + smoothing);
        }
        for (int i = 0; i < levels.length; i++) {
            double step = steps[levels[i]];
            if (target.isReal()) {
                residuals[i] -= step;
            } else {
                margins[i] = Math.max(-LARGEST_MARGIN, Math.min(LARGEST_MARGIN, margins[i] + step));
                residuals[i] = target.value(rows[i], k) - 1 / (1 + Math.exp(-margins[i]));
            }
        }
    }
}
