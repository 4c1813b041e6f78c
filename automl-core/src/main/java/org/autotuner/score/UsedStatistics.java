package org.autotuner.score;

import java.util.ArrayList;
import java.util.List;

/**
 * The statistics behind the features of a row that trees ask for: each costs time per row and space in the file.
 *
 * @param places where each feature and each statistic stands when the others are left out
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record UsedStatistics(CategoryStatistic[] statistics, int[] places) {

    /**
     * Leaves out those that are not used.
     *
     * @param width of the rows, behind which the statistics stand
     * @param isUsed of each feature and each statistic
     */
    static UsedStatistics of(List<CategoryStatistic> all, int width, boolean[] isUsed) {
        List<CategoryStatistic> kept = new ArrayList<>();
        int[] places = new int[width + all.size()];
        for (int feature = 0; feature < places.length; feature++) {
            places[feature] = feature < width ? feature : width + kept.size();
            if (feature >= width && isUsed[feature]) {
                kept.add(all.get(feature - width));
            }
        }
        return new UsedStatistics(kept.toArray(CategoryStatistic[]::new), places);
    }
}
