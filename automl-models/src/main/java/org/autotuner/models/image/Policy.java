package org.autotuner.models.image;

import java.util.List;
import java.util.SplittableRandom;

/** A way to change images at random while training. Immutable and thread-safe. */
sealed interface Policy {

    /**
     * Changes one image where it is.
     *
     * @param scratch at least a plane long
     */
    void apply(float[] image, int at, Frame frame, SplittableRandom random, float[] scratch);

    /** Leaves images as they are. */
    record None() implements Policy {
        @Override
        public void apply(float[] image, int at, Frame frame, SplittableRandom random, float[] scratch) {}
    }

    /**
     * One operation drawn evenly, at one of 31 strengths drawn evenly (Mueller and Hutter: TrivialAugment, arXiv 2103.10158, the
     * wide ranges): shear to 0.99, translate to 32 pixels but at most the side, rotate to 135 degrees, solarize from 255 to 0,
     * posterize from 8 to 2 bits, factors of colour, contrast, brightness and sharpness from 0.01 to 1.99.
     */
    record Trivial() implements Policy {

        private static final List<Operation> OPERATIONS =
                List.of(Operation.values()).subList(0, 14);
        private static final int LEVELS = 31;
        private static final double PIXELS = 32;

        @Override
        public void apply(float[] image, int at, Frame frame, SplittableRandom random, float[] scratch) {
            Operation operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
            double share = random.nextInt(LEVELS) / (LEVELS - 1.0);
            boolean isNegative = random.nextBoolean();
            double amount = amount(operation, share, frame);
            operation.apply(image, at, frame, operation.isSigned() && isNegative ? -amount : amount, scratch);
        }

        /** The amount at a share of the widest range. */
        static double amount(Operation operation, double share, Frame frame) {
            return switch (operation) {
                case ROTATE -> 135 * share;
                case SOLARIZE -> 255 * (1 - share);
                case POSTERIZE -> 8 - Math.round(6 * share);
                case COLOUR, CONTRAST, BRIGHTNESS, SHARPNESS, SHEAR_X, SHEAR_Y -> 0.99 * share;
                case TRANSLATE_X -> Math.min(PIXELS, frame.width()) * share;
                case TRANSLATE_Y -> Math.min(PIXELS, frame.height()) * share;
                case IDENTITY, AUTOCONTRAST, EQUALIZE, INVERT -> 0;
            };
        }
    }

    /**
     * Several operations, one after the other, at one common strength (Cubuk and others: RandAugment, arXiv 1909.13719).
     *
     * @param operations how many, usually 1 to 3
     * @param strength 0 to 30, usually 5 to 15
     */
    record Rand(int operations, int strength) implements Policy {

        private static final List<Operation> OPERATIONS =
                List.of(Operation.values()).subList(0, 14);
        private static final double LARGEST = 30;

        @Override
        public void apply(float[] image, int at, Frame frame, SplittableRandom random, float[] scratch) {
            for (int i = 0; i < operations; i++) {
                Operation operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
                boolean isNegative = random.nextBoolean();
                double amount = amount(operation, strength / LARGEST, frame);
                operation.apply(image, at, frame, operation.isSigned() && isNegative ? -amount : amount, scratch);
            }
        }

        /** The amount at a share of AutoAugment's ranges (arXiv 1805.09501), which RandAugment has, too. */
        static double amount(Operation operation, double share, Frame frame) {
            return switch (operation) {
                case ROTATE -> 30 * share;
                case SOLARIZE -> 255 * (1 - share);
                case POSTERIZE -> 8 - Math.round(4 * share);
                case COLOUR, CONTRAST, BRIGHTNESS, SHARPNESS -> 0.9 * share;
                case SHEAR_X, SHEAR_Y -> 0.3 * share;
                case TRANSLATE_X -> 150.0 / 331 * frame.width() * share;
                case TRANSLATE_Y -> 150.0 / 331 * frame.height() * share;
                case IDENTITY, AUTOCONTRAST, EQUALIZE, INVERT -> 0;
            };
        }
    }

    /** One of 25 pairs of operations, each with its own probability and strength of ten. */
    record Auto(AutoAugmentTable table) implements Policy {

        private static final double LARGEST = 9;

        @Override
        public void apply(float[] image, int at, Frame frame, SplittableRandom random, float[] scratch) {
            AutoAugmentTable.Pair pair =
                    table.pairs().get(random.nextInt(table.pairs().size()));
            for (AutoAugmentTable.Choice choice : List.of(pair.first(), pair.second())) {
                boolean isUsed = random.nextDouble() < choice.probability();
                boolean isNegative = random.nextBoolean();
                if (isUsed) {
                    Operation operation = choice.operation();
                    double amount = Rand.amount(operation, choice.strength() / LARGEST, frame);
                    operation.apply(image, at, frame, operation.isSigned() && isNegative ? -amount : amount, scratch);
                }
            }
        }
    }
}
