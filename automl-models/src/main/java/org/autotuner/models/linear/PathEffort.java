package org.autotuner.models.linear;

/**
 * How exactly a penalty path is followed.
 *
 * @param firstStep where it begins
 * @param patience steps without a lower error after which it ends
 * @param iterations at most, per step
 * @param tolerance relative decrease over three iterations at which a step ends
 */
record PathEffort(int firstStep, int patience, int iterations, double tolerance) {

    private static final PathEffort EXACT = new PathEffort(1, 3, 60, 2e-6);
    /** For dense rows and many outputs, whose sums are in floats. */
    private static final PathEffort BLOCKS = new PathEffort(1, 2, 25, 1e-4);

    private static final int MANY_COLUMNS = 10_000;
    /** Penalties so many times the mean square of a sparse column leave next to nothing of its weight. */
    private static final double STRONG = 3;

    /** Whether a little less than exact is good enough. */
    boolean isRough() {
        return !equals(EXACT);
    }

    /** Whether data of this size are followed roughly. */
    static boolean suits(double sparse, int rows) {
        return sparse >= MANY_COLUMNS || sparse > rows;
    }

    /**
     * Exact, but for texts and the like: with tens of thousands of rare columns, or more of them than rows, few iterations per
     * step give as low an error out of sample in a tenth of the time (the early end regularises, too), strong penalties
     * are no use, and sums in floats are exact enough.
     *
     * @param moments mean square of each feature
     */
    static PathEffort of(Design design, double[] moments, int outputs) {
        if (DenseSums.suits(design, outputs)) {
            return BLOCKS;
        }
        int sparse = design.width() - design.denseWidth();
        if (!suits(sparse, design.rows())) {
            return EXACT;
        }
        double sum = 0;
        for (int j = design.denseWidth(); j < design.width(); j++) {
            sum += moments[j];
        }
        double strong = STRONG * sum / sparse;
        int first = 1;
        while (first < PenaltyPath.STEPS - 4 && PenaltyPath.penalty(first) > strong) {
            first++;
        }
        return new PathEffort(first, 2, 10, 1e-3);
    }
}
