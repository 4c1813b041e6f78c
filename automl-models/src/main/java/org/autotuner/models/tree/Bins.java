package org.autotuner.models.tree;

import java.util.Arrays;
import org.autotuner.prepare.FeatureMatrix;

/**
 * Features as at most 255 ranks each, column by column. Rank 0 is a missing value, so that missing cells lie below all
 * numbers. Cuts lie in the middle between neighbouring values, at quantiles where there are too many values. Immutable.
 */
final class Bins {

    private static final int MAX_CUTS = 253;
    /** Enough rows to place 253 quantiles. */
    private static final int SAMPLE = 50_000;

    private final byte[][] ranks;
    private final float[][] cuts;
    private final boolean[] missing;

    private Bins(byte[][] ranks, float[][] cuts, boolean[] missing) {
        this.ranks = ranks;
        this.cuts = cuts;
        this.missing = missing;
    }

    static Bins of(FeatureMatrix features) {
        int width = features.width();
        byte[][] ranks = new byte[width][features.rows()];
        float[][] cuts = new float[width][];
        boolean[] missing = new boolean[width];
        for (int f = 0; f < width; f++) {
            cuts[f] = cuts(features, f);
            for (int row = 0; row < ranks[f].length; row++) {
                float x = features.at(row, f);
                int rank = Float.isNaN(x) ? 0 : 1 + below(cuts[f], x);
                ranks[f][row] = (byte) rank;
                missing[f] |= rank == 0;
            }
        }
        return new Bins(ranks, cuts, missing);
    }

    int width() {
        return ranks.length;
    }

    /** Ranks of a feature by row, to be read as unsigned; shared, not to be changed. */
    byte[] ranks(int feature) {
        return ranks[feature];
    }

    /** Whether any training cell of the feature is missing. */
    boolean hasMissing(int feature) {
        return missing[feature];
    }

    /** The threshold t such that exactly the numbers of rank up to {@code rank} are {@code <= t}. */
    float threshold(int feature, int rank) {
        return rank == 0 ? Float.NEGATIVE_INFINITY : cuts[feature][rank - 1];
    }

    private static float[] cuts(FeatureMatrix features, int feature) {
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
        Arrays.sort(values, 0, count);
        float[] found = new float[MAX_CUTS];
        int cuts = 0;
        int distinct = distinct(values, count);
        double step = distinct <= MAX_CUTS + 1 ? 0 : (double) count / (MAX_CUTS + 1);
        double next = step;
        for (int i = 1; i < count && cuts < MAX_CUTS; i++) {
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

    /** Number of cuts below x. */
    private static int below(float[] cuts, float x) {
        int low = 0;
        int high = cuts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cuts[middle] < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
