package org.autotuner.score;

import java.util.Arrays;
import org.autotuner.bundle.Node;

/**
 * A number for each combination of one to four categories, such as the mean of the target where they occurred together. A
 * combination that is not known has the number {@code otherwise}. Immutable and thread-safe.
 */
public final class CategoryStatistic {

    private static final int MOST_FEATURES = 4;

    private final int[] features;
    private final int[] levels;
    private final long[] keys;
    private final float[] values;
    private final float otherwise;

    private CategoryStatistic(int[] features, int[] levels, long[] keys, float[] values, float otherwise) {
        this.features = features;
        this.levels = levels;
        this.keys = keys;
        this.values = values;
        this.otherwise = otherwise;
    }

    /**
     * A statistic.
     *
     * @param features dense features that hold the codes, one to four
     * @param levels how many codes each has
     * @param keys of the known combinations, ascending; see {@link #key}
     * @param values one per key
     * @throws IllegalArgumentException if lengths do not fit, keys do not ascend or a value is not finite
     */
    public static CategoryStatistic of(int[] features, int[] levels, long[] keys, float[] values, float otherwise) {
        Arguments.that(
                features.length >= 1 && features.length <= MOST_FEATURES && levels.length == features.length,
                "A statistic is of one to four categories, but %d features and %d numbers of levels are given.",
                features.length,
                levels.length);
        Arguments.that(product(levels) > 0, "So many levels have too many combinations: %s.", Arrays.toString(levels));
        Arguments.length(values.length, keys.length, "values");
        Arguments.finite(values, "values");
        Arguments.that(Float.isFinite(otherwise), "The value of unknown combinations is %s.", otherwise);
        for (int i = 1; i < keys.length; i++) {
            Arguments.that(keys[i] > keys[i - 1], "Key %d does not ascend.", i);
        }
        return new CategoryStatistic(features.clone(), levels.clone(), keys.clone(), values.clone(), otherwise);
    }

    /** How many combinations there are, missing cells counted as a level; 0 if a long cannot tell them apart. */
    private static long product(int[] levels) {
        long product = 1;
        for (int count : levels) {
            if (count < 1 || product > Long.MAX_VALUE / (count + 1L)) {
                return 0;
            }
            product *= count + 1L;
        }
        return product;
    }

    /** Dense features that hold the codes. */
    public int[] features() {
        return features.clone();
    }

    /**
     * The number of a combination: its codes as digits, a missing or unknown cell as 0, code c as c + 1, the first the highest.
     */
    public static long key(int[] features, int[] levels, float[] data, int offset) {
        long key = 0;
        for (int i = 0; i < features.length; i++) {
            float code = data[offset + features[i]];
            key = key * (levels[i] + 1L) + (code >= 0 && code < levels[i] ? 1 + (int) code : 0);
        }
        return key;
    }

    /** The number of a row's combination; its features begin at {@code offset}. */
    public float value(float[] data, int offset) {
        int at = Arrays.binarySearch(keys, key(features, levels, data, offset));
        return at < 0 ? otherwise : values[at];
    }

    /** Rough heap size. */
    public long bytes() {
        return 12L * keys.length;
    }

    /** Writes them under {@code statistics}. */
    static void writeAll(CategoryStatistic[] all, Node node) {
        node.list("statistics");
        for (CategoryStatistic statistic : all) {
            statistic.write(node.append("statistics"));
        }
    }

    /**
     * Reads what {@link #writeAll} wrote.
     *
     * @param width of the rows whose features they are of
     */
    static CategoryStatistic[] readAll(Node node, int width) {
        return node.nodes("statistics").stream().map(one -> read(one, width)).toArray(CategoryStatistic[]::new);
    }

    private void write(Node node) {
        node.put("features", features);
        node.put("levels", levels);
        node.put("keys", keys);
        node.put("values", values);
        node.put("otherwise", otherwise);
    }

    private static CategoryStatistic read(Node node, int width) {
        int[] features = node.ints("features");
        Checks.within(features, 0, width - 1, node, "features");
        try {
            return of(features, node.ints("levels"), node.longs("keys"), node.floats("values"), (float)
                    node.real("otherwise"));
        } catch (IllegalArgumentException e) {
            throw node.wrong("values", "do not make a statistic: " + e.getMessage());
        }
    }
}
