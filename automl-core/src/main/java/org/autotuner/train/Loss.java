package org.autotuner.train;

import java.util.List;

/**
 * What a training makes small: the mean over a batch of the loss of each row, by the rows' weights. Immutable.
 *
 * <p>Targets are labels (class numbers from 0, one per row), soft labels (class probabilities, rows x classes) or values
 * (rows x outputs).
 */
public sealed interface Loss {

    /** Whether targets are labels or soft labels; otherwise they are values. */
    boolean isClassification();

    /**
     * Cross-entropy of the softmax of the outputs, one output per class.
     *
     * @param smoothing share of the target spread evenly over all classes, in [0, 1)
     * @param classWeights factor of the rows of each class; empty for 1
     */
    record CrossEntropy(double smoothing, List<Double> classWeights) implements Loss {
        public CrossEntropy {
            classWeights = List.copyOf(classWeights);
            Arguments.requireClasses(smoothing, classWeights);
        }

        @Override
        public boolean isClassification() {
            return true;
        }
    }

    /**
     * Cross-entropy of the sigmoid of one output; labels are 0 and 1.
     *
     * @param smoothing share of the target moved to one half, in [0, 1)
     * @param classWeights factors of the rows of class 0 and 1; empty for 1
     */
    record BinaryCrossEntropy(double smoothing, List<Double> classWeights) implements Loss {
        public BinaryCrossEntropy {
            classWeights = List.copyOf(classWeights);
            Arguments.requireClasses(smoothing, classWeights);
            Arguments.require(
                    classWeights.isEmpty() || classWeights.size() == 2, "classWeights", classWeights, "of two classes");
        }

        @Override
        public boolean isClassification() {
            return true;
        }
    }

    /**
     * Cross-entropy times {@code (1 - p)^gamma}, p the probability of the true class (Lin and others, arXiv 1708.02002);
     * of one output (sigmoid) or of one per class (softmax).
     */
    record Focal(double gamma) implements Loss {
        public Focal {
            Arguments.require(Arguments.isAtLeastZero(gamma), "gamma", gamma, "at least 0");
        }

        @Override
        public boolean isClassification() {
            return true;
        }
    }

    /** The squared difference, as a mean over the outputs of a row. */
    record Squared() implements Loss {
        @Override
        public boolean isClassification() {
            return false;
        }
    }

    /** The absolute difference, as a mean over the outputs of a row. */
    record Absolute() implements Loss {
        @Override
        public boolean isClassification() {
            return false;
        }
    }

    /**
     * Half the square up to {@code delta}, linear beyond, as a mean over the outputs of a row (Huber, Annals of Mathematical
     * Statistics 35, 1964).
     */
    record Huber(double delta) implements Loss {
        public Huber {
            Arguments.require(Arguments.isPositive(delta), "delta", delta, "above 0");
        }

        @Override
        public boolean isClassification() {
            return false;
        }
    }

    /**
     * Quantile loss, one output per level (Koenker and Bassett 1978); each row has one value, which all outputs share.
     *
     * @param levels in (0, 1)
     */
    record Pinball(List<Double> levels) implements Loss {
        public Pinball {
            levels = List.copyOf(levels);
            Arguments.require(
                    !levels.isEmpty() && levels.stream().allMatch(level -> level > 0 && level < 1),
                    "levels",
                    levels,
                    "at least one, and all in (0, 1)");
        }

        @Override
        public boolean isClassification() {
            return false;
        }
    }

    static Loss crossEntropy() {
        return new CrossEntropy(0, List.of());
    }

    static Loss binaryCrossEntropy() {
        return new BinaryCrossEntropy(0, List.of());
    }
}
