package org.autotuner.models.tree;

import java.util.Arrays;

/**
 * Where statistics of categories are cut. Quantiles would lie within what the statistics of one level differ by as its rows come
 * in, and trees would ask for that noise; so there is one cut between any two levels where these are few, else cuts at equal
 * distances, as CatBoost has them.
 */
final class StatisticCuts {

    private static final int FEW_LEVELS = 64;
    private static final int CUTS = 31;
    /** Of the rows at either end, which do not decide where the cuts lie. */
    private static final double IGNORED = 0.001;

    private StatisticCuts() {}

    /**
     * Cuts, ascending.
     *
     * @param ofLevels the statistic of each level over all rows
     * @param ofRows the statistic of each row
     */
    static float[] of(float[] ofLevels, float[] ofRows) {
        if (ofLevels.length <= FEW_LEVELS) {
            return Bins.cutsOf(ofLevels, FEW_LEVELS);
        }
        float[] sorted = ofRows.clone();
        FloatSort.sort(sorted, sorted.length);
        int ignored = (int) (IGNORED * sorted.length);
        float low = sorted[ignored];
        float high = sorted[sorted.length - 1 - ignored];
        float[] cuts = new float[CUTS];
        int count = 0;
        for (int i = 1; i <= CUTS; i++) {
            float cut = low + (high - low) * i / (CUTS + 1);
            if (cut < high && (count == 0 || cut > cuts[count - 1])) {
                cuts[count++] = cut;
            }
        }
        return Arrays.copyOf(cuts, count);
    }
}
