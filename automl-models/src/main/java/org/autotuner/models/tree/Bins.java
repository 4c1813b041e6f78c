package org.autotuner.models.tree;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.FeatureMatrix;

/**
 * Features as at most 255 ranks each, column by column. Rank 0 is a missing value, so that missing cells lie below all
 * numbers. Cuts lie in the middle between neighbouring values, at quantiles where there are too many values. Of a category
 * each code has a rank of its own, the most frequent 254 of them where there are more; the others count as missing. Immutable.
 */
final class Bins {

    static final int MOST_CUTS = 253;
    /** Enough rows to place 253 quantiles. */
    private static final int SAMPLE = 50_000;

    private static final float[] NO_CUTS = {};
    private static final int[] NO_CODES = {};

    private final byte[][] ranks;
    private final float[][] cuts;
    /** Codes of a category by rank less 1; empty for a number. */
    private final int[][] codes;

    private final boolean[] missing;

    private Bins(byte[][] ranks, float[][] cuts, int[][] codes, boolean[] missing) {
        this.ranks = ranks;
        this.cuts = cuts;
        this.codes = codes;
        this.missing = missing;
    }

    /**
     * Bins of features.
     *
     * @param mostCuts of a number, at most 253
     * @throws org.autotuner.budget.DeadlineExceededException if the time ends before
     */
    static Bins of(FeatureMatrix features, int mostCuts, Workers workers, Deadline deadline) {
        int width = features.width();
        float[][] cuts = new float[width][];
        int[][] codes = new int[width][];
        workers.each(width, f -> {
            deadline.check();
            boolean isCategorical = features.features().get(f).isCategorical();
            cuts[f] = isCategorical ? NO_CUTS : cuts(features, f, Math.min(mostCuts, MOST_CUTS));
            codes[f] = isCategorical ? codes(features, f) : NO_CODES;
        });
        return ranked(features, cuts, codes, workers, deadline);
    }

    private record Key(int mostCuts) {}

    /** As {@link #of}, shared with other fits on the same rows. */
    static Bins shared(TrainingData data, int mostCuts, Workers workers, Deadline deadline) {
        return data.derivations()
                .get(
                        Bins.class,
                        new Key(mostCuts),
                        deadline,
                        () -> of(data.features(), mostCuts, workers, deadline),
                        bins -> (long) bins.rows() * bins.width());
    }

    /** Other rows by the same cuts and codes. */
    Bins like(FeatureMatrix features, Workers workers, Deadline deadline) {
        return ranked(features, cuts, codes, workers, deadline);
    }

    private static Bins ranked(
            FeatureMatrix features, float[][] cuts, int[][] codes, Workers workers, Deadline deadline) {
        byte[][] ranks = new byte[cuts.length][];
        boolean[] missing = new boolean[cuts.length];
        workers.each(cuts.length, f -> {
            deadline.check();
            ranks[f] = codes[f].length > 0
                    ? categories(features, f, byCode(codes[f]))
                    : numbers(features, f, new RankTable(cuts[f]));
            for (byte rank : ranks[f]) {
                missing[f] |= rank == 0;
            }
        });
        return new Bins(ranks, cuts, codes, missing);
    }

    private static byte[] numbers(FeatureMatrix features, int feature, RankTable table) {
        byte[] ranks = new byte[features.rows()];
        float[] dense = features.denseArray();
        int at = feature;
        for (int row = 0; row < ranks.length; row++, at += features.width()) {
            float x = dense[at];
            ranks[row] = (byte) (Float.isNaN(x) ? 0 : 1 + table.below(x));
        }
        return ranks;
    }

    private static byte[] categories(FeatureMatrix features, int feature, byte[] byCode) {
        byte[] ranks = new byte[features.rows()];
        for (int row = 0; row < ranks.length; row++) {
            float code = features.at(row, feature);
            ranks[row] = code >= 0 && code < byCode.length ? byCode[(int) code] : 0;
        }
        return ranks;
    }

    private static byte[] byCode(int[] codes) {
        byte[] ranks = new byte[1 + Arrays.stream(codes).max().orElse(-1)];
        for (int i = 0; i < codes.length; i++) {
            ranks[codes[i]] = (byte) (i + 1);
        }
        return ranks;
    }

    /** The codes that occur, the most frequent first where not all have room, else in their own order. */
    private static int[] codes(FeatureMatrix features, int feature) {
        int[] counts = new int[features.features().get(feature).cardinality()];
        for (int row = 0; row < features.rows(); row++) {
            float code = features.at(row, feature);
            if (code >= 0 && code < counts.length) {
                counts[(int) code]++;
            }
        }
        int[] seen = IntStream.range(0, counts.length)
                .filter(code -> counts[code] > 0)
                .toArray();
        if (seen.length > MOST_CUTS + 1) {
            seen = Arrays.stream(seen)
                    .boxed()
                    .sorted(Comparator.comparing((Integer code) -> -counts[code])
                            .thenComparing(code -> code))
                    .limit(MOST_CUTS + 1)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return seen.length == 0 ? new int[] {0} : seen;
    }

    /**
     * These features with more behind them, numbers without missing values.
     *
     * @param more ranks of each, see {@link #ranked(float[], float[])}
     * @param moreCuts of each of them
     */
    Bins with(List<byte[]> more, List<float[]> moreCuts) {
        int width = ranks.length + more.size();
        byte[][] allRanks = Arrays.copyOf(ranks, width);
        float[][] allCuts = Arrays.copyOf(cuts, width);
        int[][] allCodes = Arrays.copyOf(codes, width);
        for (int i = 0; i < more.size(); i++) {
            allRanks[ranks.length + i] = more.get(i);
            allCuts[ranks.length + i] = moreCuts.get(i);
            allCodes[ranks.length + i] = NO_CODES;
        }
        return new Bins(allRanks, allCuts, allCodes, Arrays.copyOf(missing, width));
    }

    /** The ranks of values among cuts, none missing. */
    static byte[] ranked(float[] values, float[] cuts) {
        RankTable table = new RankTable(cuts);
        byte[] own = new byte[values.length];
        for (int row = 0; row < own.length; row++) {
            own[row] = (byte) (1 + table.below(values[row]));
        }
        return own;
    }

    /** Cuts of some values at quantiles, at most 253. */
    static float[] cutsOf(float[] values, int most) {
        float[] sorted = values.clone();
        FloatSort.sort(sorted, sorted.length);
        return cuts(sorted, sorted.length, most);
    }

    /** The first features alone. */
    Bins first(int width) {
        return new Bins(
                Arrays.copyOf(ranks, width),
                Arrays.copyOf(cuts, width),
                Arrays.copyOf(codes, width),
                Arrays.copyOf(missing, width));
    }

    /** Cuts of a number; shared, not to be changed. */
    float[] cuts(int feature) {
        return cuts[feature];
    }

    int width() {
        return ranks.length;
    }

    int rows() {
        return ranks.length == 0 ? 0 : ranks[0].length;
    }

    /** Ranks of a feature by row, to be read as unsigned; shared, not to be changed. */
    byte[] ranks(int feature) {
        return ranks[feature];
    }

    /** One more than the highest rank that a feature may have. */
    int count(int feature) {
        return isCategorical(feature) ? codes[feature].length + 1 : cuts[feature].length + 2;
    }

    boolean isCategorical(int feature) {
        return codes[feature].length > 0;
    }

    /** The code of a rank above 0 of a category. */
    int code(int feature, int rank) {
        return codes[feature][rank - 1];
    }

    /** Whether any training cell of the feature is missing. */
    boolean hasMissing(int feature) {
        return missing[feature];
    }

    /** The threshold t such that exactly the numbers of rank up to {@code rank} are {@code <= t}. */
    float threshold(int feature, int rank) {
        return rank == 0 ? Float.NEGATIVE_INFINITY : cuts[feature][rank - 1];
    }

    private static float[] cuts(FeatureMatrix features, int feature, int most) {
        int stride = Math.max(1, features.rows() / SAMPLE);
        float[] values = new float[(features.rows() + stride - 1) / stride];
        int count = 0;
        for (int row = 0; row < features.rows(); row += stride) {
            float x = features.at(row, feature);
            if (!Float.isNaN(x)) {
                // Plus zero makes one zero of both.
                values[count++] = x + 0f;
            }
        }
        FloatSort.sort(values, count);
        return cuts(values, count, most);
    }

    private static float[] cuts(float[] values, int count, int most) {
        float[] found = new float[most];
        int cuts = 0;
        int distinct = distinct(values, count);
        double step = distinct <= most + 1 ? 0 : (double) count / (most + 1);
        double next = step;
        for (int i = 1; i < count && cuts < most; i++) {
            if (values[i] > values[i - 1] && i >= next) {
                found[cuts++] = middle(values[i - 1], values[i]);
                while (step > 0 && next <= i) {
                    next += step;
                }
            }
        }
        return Arrays.copyOf(found, cuts);
    }

    private static int distinct(float[] sorted, int count) {
        int distinct = count == 0 ? 0 : 1;
        for (int i = 1; i < count; i++) {
            distinct += sorted[i] > sorted[i - 1] ? 1 : 0;
        }
        return distinct;
    }

    /** At least {@code low} and below {@code high}, finite. */
    private static float middle(float low, float high) {
        float middle = (float) (((double) Math.max(low, -Float.MAX_VALUE) + Math.min(high, Float.MAX_VALUE)) / 2);
        return middle < high ? middle : low;
    }
}
