package org.autotuner.prepare;

import java.util.Arrays;
import org.autotuner.data.NumericColumn;
import org.jspecify.annotations.Nullable;

/** Finds numbers that may be categories: whole numbers that repeat. */
final class NumberReadings {

    static final int MOST_LEVELS = 50_000;
    private static final int COARSE = 32;
    private static final int RANGES = COARSE + 2;
    /** Of fewer levels ranges are too few to tell what the order is worth. */
    private static final int KEY_LEVELS = 64;

    private static final double KEY_SHARE = 1 / 3.0;

    private NumberReadings() {}

    /** The column read as levels, or null if its numbers are not whole, do not repeat or are all equal. */
    static LevelSource.@Nullable Numbers of(FitInput input, int column) {
        NumericColumn cells = (NumericColumn) input.table().column(column);
        double[] numbers = new double[input.rows()];
        int size = 0;
        for (int row = 0; row < numbers.length; row++) {
            double number = cells.number(row);
            if (Double.isFinite(number)) {
                if (number != Math.rint(number)) {
                    return null;
                }
                numbers[size++] = number + 0.0;
            }
        }
        Arrays.sort(numbers, 0, size);
        int distinct = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || numbers[i] != numbers[i - 1]) {
                numbers[distinct++] = numbers[i];
            }
        }
        if (distinct < 2 || distinct > MOST_LEVELS || distinct > size / 2) {
            return null;
        }
        return new LevelSource.Numbers(column, Arrays.copyOf(numbers, distinct));
    }

    /**
     * What a column of whole numbers tells.
     *
     * @param ofLevels gain of its levels
     * @param ofRanges gain of a few dozen neighbouring ranges of them: of its order
     * @param size how many levels
     */
    record Worth(double ofLevels, double ofRanges, int size) {

        /** Whether its levels tell more than its order does. */
        boolean isCategoryLike() {
            return ofLevels > 0 && ofLevels > ofRanges;
        }

        /**
         * Whether its order tells so much less than its levels that it is hardly more than chance, as of keys and codes: of
         * some levels in a random order, ranges of four tell a quarter of what the levels do.
         */
        boolean isKeyLike() {
            return size >= KEY_LEVELS && ofRanges < KEY_SHARE * ofLevels;
        }
    }

    static Worth worth(LevelGain gain, int[] levels, int size) {
        return new Worth(gain.of(levels, size), gain.of(ranges(levels, size), RANGES), size);
    }

    /** The levels in neighbouring ranges, those of missing and unknown cells apart. */
    private static int[] ranges(int[] levels, int size) {
        int bins = Math.max(2, Math.min(COARSE, size / 4));
        int[] coarse = new int[levels.length];
        for (int i = 0; i < levels.length; i++) {
            coarse[i] = levels[i] < 2 ? levels[i] : 2 + (int) ((long) (levels[i] - 2) * bins / Math.max(1, size - 2));
        }
        return coarse;
    }
}
