package org.autotuner.models.tree;

import org.autotuner.score.Link;

/** A loss of one margin per row against its value: first and second derivative by the margin. */
sealed interface PointLoss {

    double gradient(double margin, double value);

    /** Above 0; 1 for losses without a useful second derivative. */
    default double curvature(double margin, double value) {
        return 1;
    }

    /** Whether the curvature is always 1. */
    default boolean isFlat() {
        return true;
    }

    /** The margin that is best where all rows have the same. */
    double start(double[] values, double[] weights);

    /** The quantile of the residuals that a leaf's value should be; not a number where a Newton step is right. */
    default double renewedBy() {
        return Double.NaN;
    }

    default Link link() {
        return Link.IDENTITY;
    }

    /** (margin - value)^2 / 2. */
    record Squared() implements PointLoss {
        @Override
        public double gradient(double margin, double value) {
            return margin - value;
        }

        @Override
        public double start(double[] values, double[] weights) {
            return WeightedValues.mean(values, weights);
        }
    }

    /** |margin - value|; leaves get the median of their residuals (Friedman 2001, algorithm 3). */
    record Absolute() implements PointLoss {
        @Override
        public double gradient(double margin, double value) {
            return Math.signum(margin - value);
        }

        @Override
        public double start(double[] values, double[] weights) {
            return WeightedValues.quantile(values, weights, 0.5);
        }

        @Override
        public double renewedBy() {
            return 0.5;
        }
    }

    /** Squared up to {@code delta} from the value, absolute beyond (Huber 1964). */
    record Huber(double delta) implements PointLoss {
        @Override
        public double gradient(double margin, double value) {
            return Math.max(-delta, Math.min(delta, margin - value));
        }

        @Override
        public double start(double[] values, double[] weights) {
            return WeightedValues.quantile(values, weights, 0.5);
        }
    }

    /** Pinball loss of a quantile (Koenker and Bassett 1978); leaves get that quantile of their residuals. */
    record Quantile(double level) implements PointLoss {
        @Override
        public double gradient(double margin, double value) {
            return margin > value ? 1 - level : margin < value ? -level : 0;
        }

        @Override
        public double start(double[] values, double[] weights) {
            return WeightedValues.quantile(values, weights, level);
        }

        @Override
        public double renewedBy() {
            return level;
        }
    }

    /** Binary cross-entropy of 1 / (1 + exp(-margin)) against 0 or 1. */
    record Logistic() implements PointLoss {
        private static final double LEAST_CURVATURE = 1e-16;

        @Override
        public double gradient(double margin, double value) {
            return 1 / (1 + Math.exp(-margin)) - value;
        }

        @Override
        public double curvature(double margin, double value) {
            double p = 1 / (1 + Math.exp(-margin));
            return Math.max(LEAST_CURVATURE, p * (1 - p));
        }

        @Override
        public boolean isFlat() {
            return false;
        }

        @Override
        public double start(double[] values, double[] weights) {
            double share = Math.max(1e-12, Math.min(1 - 1e-12, WeightedValues.mean(values, weights)));
            return Math.log(share / (1 - share));
        }

        @Override
        public Link link() {
            return Link.SIGMOID;
        }
    }

    /** A loss whose margin is the logarithm of the value. */
    sealed interface OfLogarithm extends PointLoss {
        @Override
        default boolean isFlat() {
            return false;
        }

        @Override
        default double start(double[] values, double[] weights) {
            return Math.log(Math.max(1e-12, WeightedValues.mean(values, weights)));
        }

        @Override
        default Link link() {
            return Link.EXP;
        }
    }

    /** exp(margin) - value * margin, for counts. */
    record Poisson() implements OfLogarithm {
        @Override
        public double gradient(double margin, double value) {
            return exp(margin) - value;
        }

        @Override
        public double curvature(double margin, double value) {
            return exp(margin);
        }
    }

    /** Deviance of Tweedie's distribution of a power between 1 and 2 (Jorgensen 1987), for amounts of which many are 0. */
    record Tweedie(double power) implements OfLogarithm {
        @Override
        public double gradient(double margin, double value) {
            return exp((2 - power) * margin) - value * exp((1 - power) * margin);
        }

        @Override
        public double curvature(double margin, double value) {
            return (2 - power) * exp((2 - power) * margin) - (1 - power) * value * exp((1 - power) * margin);
        }
    }

    private static double exp(double margin) {
        return Math.exp(Math.max(-30, Math.min(30, margin)));
    }
}
