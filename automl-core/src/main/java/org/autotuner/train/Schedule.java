package org.autotuner.train;

/** The learning rate over a training, as a factor of the base rate. Immutable and thread-safe. */
public sealed interface Schedule {

    /**
     * The factor at a moment.
     *
     * @param progress share of all steps that are done, in [0, 1]
     */
    double at(double progress);

    /** Always 1. */
    record Constant() implements Schedule {
        @Override
        public double at(double progress) {
            return 1;
        }
    }

    /**
     * Multiplied by {@code factor} after every {@code 1 / drops} of the training.
     *
     * @param drops number of equal parts
     */
    record Step(int drops, double factor) implements Schedule {
        public Step {
            Arguments.require(drops >= 1, "drops", drops, "at least 1");
            Arguments.require(Arguments.isPositive(factor), "factor", factor, "above 0");
        }

        @Override
        public double at(double progress) {
            return Math.pow(factor, Math.min(drops - 1, Math.floor(progress * drops + Arguments.ROUNDING)));
        }
    }

    /**
     * Half a cosine from 1 to 0, started again {@code cycles} times (Loshchilov and Hutter, arXiv 1608.03983).
     *
     * @param growth length of each cycle relative to the one before
     */
    record Cosine(int cycles, double growth) implements Schedule {
        public Cosine {
            Arguments.require(cycles >= 1, "cycles", cycles, "at least 1");
            Arguments.require(Arguments.isPositive(growth), "growth", growth, "above 0");
        }

        @Override
        public double at(double progress) {
            double length = growth == 1 ? 1.0 / cycles : (growth - 1) / (Math.pow(growth, cycles) - 1);
            double start = 0;
            for (int cycle = 0; cycle < cycles - 1 && progress + Arguments.ROUNDING >= start + length; cycle++) {
                start += length;
                length *= growth;
            }
            return 0.5 * (1 + Math.cos(Math.PI * Math.max(0, Math.min(1, (progress - start) / length))));
        }
    }

    /**
     * Up from {@code 1 / start} to 1 in the first {@code rise} of the training and down to {@code 1 / (start * end)}, both
     * by half cosines (Smith and Topin, arXiv 1708.07120; PyTorch's form).
     *
     * @param rise in (0, 1), usually 0.25 or 0.3
     */
    record OneCycle(double rise, double start, double end) implements Schedule {
        public OneCycle {
            Arguments.require(rise > 0 && rise < 1, "rise", rise, "in (0, 1)");
            Arguments.require(start >= 1 && Arguments.isPositive(start), "start", start, "at least 1");
            Arguments.require(end >= 1 && Arguments.isPositive(end), "end", end, "at least 1");
        }

        @Override
        public double at(double progress) {
            double low = 1 / start;
            double last = low / end;
            return progress < rise
                    ? between(low, 1, progress / rise)
                    : between(1, last, (progress - rise) / (1 - rise));
        }

        private static double between(double from, double to, double share) {
            return to + 0.5 * (from - to) * (1 + Math.cos(Math.PI * share));
        }
    }

    /** Linear from 0 to 1 in the first {@code share} of the training, then another schedule over what is left. */
    record WarmUp(double share, Schedule then) implements Schedule {
        public WarmUp {
            Arguments.require(share >= 0 && share < 1, "share", share, "in [0, 1)");
        }

        @Override
        public double at(double progress) {
            return progress < share ? progress / share : then.at((progress - share) / (1 - share));
        }
    }

    /** {@code 0.5 (1 - cos(2 pi log2(1 + 15 t)))}: four growing cycles from and to 0 (arXiv 2407.04491). */
    record CosLog4() implements Schedule {
        @Override
        public double at(double progress) {
            return 0.5 * (1 - Math.cos(2 * Math.PI * Math.log(1 + 15 * progress) / Math.log(2)));
        }
    }

    /** 1 in the first half, then half a cosine to 0 (arXiv 2407.04491). */
    record FlatCosine() implements Schedule {
        @Override
        public double at(double progress) {
            return progress < 0.5 ? 1 : 0.5 * (1 + Math.cos(Math.PI * (2 * progress - 1)));
        }
    }

    static Schedule constant() {
        return new Constant();
    }

    static Schedule cosine() {
        return new Cosine(1, 1);
    }

    /** A rise in the first quarter from a 25th of the rate, down to nearly 0. */
    static Schedule oneCycle() {
        return new OneCycle(0.25, 25, 1e4);
    }

    static Schedule cosLog4() {
        return new CosLog4();
    }

    static Schedule flatCosine() {
        return new FlatCosine();
    }
}
