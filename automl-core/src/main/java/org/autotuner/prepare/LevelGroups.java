package org.autotuner.prepare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Levels of a categorical column counted, and rare ones merged into one group. */
final class LevelGroups {

    private static final int FEW_ROWS = 100;

    private final LevelSource source;
    private final int[] counts;
    private final int[] groups;
    private final int size;
    private final int rare;

    private LevelGroups(LevelSource source, int[] counts, int[] groups, int size, int rare) {
        this.source = source;
        this.counts = counts;
        this.groups = groups;
        this.size = size;
        this.rare = rare;
    }

    /** Groups of the levels that rows of positive weight show; from 100 rows on, levels seen once are rare. */
    static LevelGroups of(FitInput input, LevelSource source) {
        int[] counts = new int[source.size()];
        int[] levels = source.levels(input.table());
        for (int row = 0; row < levels.length; row++) {
            if (input.weights().at(row) > 0) {
                counts[levels[row]]++;
            }
        }
        int least = levels.length < FEW_ROWS ? 1 : 2;
        int[] groups = new int[counts.length];
        Arrays.fill(groups, -1);
        int size = 0;
        boolean anyRare = false;
        for (int level = 2; level < counts.length; level++) {
            if (counts[level] >= least) {
                groups[level] = size++;
            } else {
                anyRare |= counts[level] > 0;
            }
        }
        int rare = anyRare ? size++ : -1;
        for (int level = 2; level < counts.length; level++) {
            if (counts[level] > 0 && counts[level] < least) {
                groups[level] = rare;
            }
        }
        return new LevelGroups(source, counts, groups, size, rare);
    }

    LevelSource source() {
        return source;
    }

    /** Number of groups, without missing. */
    int size() {
        return size;
    }

    boolean hasMissing() {
        return counts[LevelSource.MISSING] > 0;
    }

    boolean isConstant() {
        return size + (hasMissing() ? 1 : 0) < 2;
    }

    /** Group of each level as a code; NaN for missing, unseen and unknown ones. */
    float[] codes() {
        float[] codes = new float[groups.length];
        for (int level = 0; level < codes.length; level++) {
            codes[level] = groups[level] < 0 ? Float.NaN : groups[level];
        }
        return codes;
    }

    /** Rank of each group by frequency, 1 for the rarest; 0 for missing, unseen and unknown levels. */
    float[] ordinals() {
        long[] totals = new long[size];
        for (int level = 2; level < groups.length; level++) {
            if (groups[level] >= 0) {
                totals[groups[level]] += counts[level];
            }
        }
        int[] order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingLong((Integer group) -> totals[group])
                        .thenComparing(group -> group))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] ranks = new int[size];
        for (int i = 0; i < size; i++) {
            ranks[order[i]] = i + 1;
        }
        float[] ordinals = new float[groups.length];
        for (int level = 2; level < groups.length; level++) {
            ordinals[level] = groups[level] < 0 ? 0 : ranks[groups[level]];
        }
        return ordinals;
    }

    /** Slot of each level for one-hot: missing has its own if training shows it; unknown levels count as rare ones. */
    int[] slots() {
        int[] slots = groups.clone();
        for (int level = 0; level < slots.length; level++) {
            slots[level] = slots[level] < 0 ? rare : slots[level];
        }
        slots[LevelSource.MISSING] = hasMissing() ? size : -1;
        return slots;
    }

    int slotCount() {
        return size + (hasMissing() ? 1 : 0);
    }
}
