package org.autotuner.models.tree;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the best split of a leaf in its histogram: the one by which a Newton step in both children lowers the loss most.
 * Of numbers every cut is tried, with missing cells on either side; of categories with few codes each code against the rest,
 * else the codes in the order of their Newton steps (Fisher 1958, as in LightGBM: Ke and others, NeurIPS 2017). Made for one
 * tree; thread-safe.
 */
final class SplitSearch {

    /** Where a leaf's missing cells go; without any, later ones follow the majority. */
    private enum Missing {
        NONE,
        LEFT,
        RIGHT
    }

    private static final int FEW_CODES = 4;
    private static final int MOST_CODES = 32;
    /** Rows that each further group of categories must bring. */
    private static final int GROUP_ROWS = 10;

    private final Bins bins;
    private final Histograms histograms;
    private final GrowthSettings settings;
    private final PackedGradients gradients;
    private final ColumnRules rules;
    private final double l2;

    SplitSearch(
            Bins bins, Histograms histograms, GrowthSettings settings, PackedGradients gradients, ColumnRules rules) {
        this.bins = bins;
        this.histograms = histograms;
        this.settings = settings;
        this.gradients = gradients;
        this.rules = rules;
        this.l2 = settings.l2() / gradients.curvatureUnit();
    }

    /**
     * The best split of a leaf by some features; null if none is worth it.
     *
     * @param cells of the leaf
     * @param total packed sum of the leaf's rows
     * @param rows of the leaf
     * @param limits of the leaf
     */
    @Nullable
    Split best(int[] features, int first, int end, long[] cells, long total, int rows, LeafLimits limits) {
        Best best = new Best(total, rows, limits);
        for (int i = first; i < end; i++) {
            int feature = features[i];
            if (!rules.isAllowed(feature, limits.open())) {
                continue;
            }
            if (bins.isCategorical(feature)) {
                category(feature, cells, best);
            } else {
                number(feature, cells, best);
            }
        }
        return best.split();
    }

    /** What a leaf of these rows should add, within its bounds. */
    double value(long sum, LeafLimits limits) {
        double curvature = gradients.curvatureSteps(sum) + l2;
        double unit = gradients.gradientUnit() / gradients.curvatureUnit();
        return limits.clamp(curvature > 0 ? -gradients.gradientSteps(sum) / curvature * unit : 0);
    }

    private void number(int feature, long[] cells, Best best) {
        int offset = histograms.offset(feature);
        int last = bins.count(feature) - 1;
        if (cells[offset] == 0) {
            best.scan(feature, cells, offset, 1, last, Missing.NONE);
            return;
        }
        best.scan(feature, cells, offset, 0, last, Missing.LEFT);
        best.scan(feature, cells, offset, 1, last, Missing.RIGHT);
    }

    private void category(int feature, long[] cells, Best best) {
        int offset = histograms.offset(feature);
        int count = bins.count(feature);
        if (count - 1 <= FEW_CODES) {
            for (int rank = 1; rank < count; rank++) {
                best.one(feature, rank, cells[offset + rank]);
            }
            return;
        }
        double smooth = settings.categorySmooth() / gradients.curvatureUnit();
        Integer[] order = java.util.stream.IntStream.range(1, count)
                .filter(rank -> best.rows(cells[offset + rank]) >= settings.categorySmooth())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer rank) -> gradients.gradientSteps(cells[offset + rank])
                                / (gradients.curvatureSteps(cells[offset + rank]) + smooth))
                        .thenComparing(rank -> rank))
                .toArray(Integer[]::new);
        int[] ranks = Arrays.stream(order).mapToInt(Integer::intValue).toArray();
        best.groups(feature, ranks, cells, offset);
        for (int i = 0; i < ranks.length / 2; i++) {
            int other = ranks[ranks.length - 1 - i];
            ranks[ranks.length - 1 - i] = ranks[i];
            ranks[i] = other;
        }
        best.groups(feature, ranks, cells, offset);
    }

    /** The best so far. Scores are in units of the packed numbers. */
    private final class Best {

        private final double gradient;
        private final long curvature;
        private final double rowsPerCurvature;
        private final long least;
        private final int shift = gradients.shift();
        private final double parent;
        private final boolean isFree;
        private final double lowest;
        private final double highest;
        private double score;
        private int feature = -1;
        private int rank;
        private boolean isMissingLeft;
        private int @Nullable [] codes;
        private long left;

        Best(long total, int rows, LeafLimits limits) {
            this.gradient = gradients.gradientSteps(total);
            this.curvature = gradients.curvatureSteps(total);
            this.rowsPerCurvature = rows / Math.max(1.0, (double) curvature);
            this.least = (long) Math.max(
                    1,
                    Math.ceil(Math.max(
                            settings.leastCurvature() / gradients.curvatureUnit(),
                            settings.leastRows() / rowsPerCurvature)));
            this.isFree = !limits.isBounded();
            double unit = gradients.gradientUnit() / gradients.curvatureUnit();
            this.lowest = limits.low() / unit;
            this.highest = limits.high() / unit;
            this.parent = worth(gradient, curvature + l2, value(gradient, curvature + l2));
            this.score = parent + settings.leastGain() / scale();
        }

        /** What a unit of the scores is worth. */
        private double scale() {
            return gradients.gradientUnit() * gradients.gradientUnit() / gradients.curvatureUnit();
        }

        double rows(long sum) {
            return gradients.curvatureSteps(sum) * rowsPerCurvature;
        }

        @Nullable
        Split split() {
            double gain = (score - parent) * scale();
            return feature < 0 || !(gain > 0) ? null : new Split(gain, feature, rank, isMissingLeft, codes, left);
        }

        /** Cuts behind the ranks from..last-1. */
        void scan(int own, long[] cells, int offset, int from, int last, Missing missing) {
            int direction = rules.direction(own);
            long sum = 0;
            long mask = (1L << shift) - 1;
            for (int at = from; at < last; at++) {
                long cell = cells[offset + at];
                if (cell == 0) {
                    continue;
                }
                sum += cell;
                long low = sum & mask;
                if (low < least) {
                    continue;
                }
                long rest = curvature - low;
                if (rest < least) {
                    break;
                }
                double below = sum >> shift;
                double above = gradient - below;
                if (isBetter(below, low + l2, above, rest + l2, direction)) {
                    feature = own;
                    rank = at;
                    left = sum;
                    isMissingLeft = missing == Missing.LEFT || (missing == Missing.NONE && low > rest);
                    codes = null;
                }
            }
        }

        /** Whether two leaves score more than the best; divides, which is slow, only then. */
        private boolean isBetter(double below, double low, double above, double rest, int direction) {
            if (!isFree || direction != 0) {
                return isBetterInBounds(below, low, above, rest, direction);
            }
            double both = below * below * rest + above * above * low;
            if (both <= score * (low * rest)) {
                return false;
            }
            score = both / (low * rest);
            return true;
        }

        /** Values of the leaves lie in the bounds and do not turn against the direction. */
        private boolean isBetterInBounds(double below, double low, double above, double rest, int direction) {
            double left = value(below, low);
            double right = value(above, rest);
            double both = worth(below, low, left) + worth(above, rest, right);
            if (direction * (right - left) < 0 || both <= score) {
                return false;
            }
            score = both;
            return true;
        }

        private double value(double sum, double curved) {
            return Math.max(lowest, Math.min(highest, -sum / curved));
        }

        /** How much a leaf of this value lowers the loss, twice; the squared gradient by the curvature for the best value. */
        private static double worth(double sum, double curved, double value) {
            return -(2 * sum + curved * value) * value;
        }

        void one(int own, int code, long cell) {
            offer(own, cell, l2, new int[] {code}, 1);
        }

        /** Categories in this order, one more at a time. */
        void groups(int own, int[] ranks, long[] cells, int offset) {
            double penalty = l2 + settings.categoryL2() / gradients.curvatureUnit();
            int most = Math.min(MOST_CODES, (ranks.length + 1) / 2);
            long sum = 0;
            double group = 0;
            for (int i = 0; i < most; i++) {
                sum += cells[offset + ranks[i]];
                group += rows(cells[offset + ranks[i]]);
                if (group >= GROUP_ROWS) {
                    group = 0;
                    offer(own, sum, penalty, ranks, i + 1);
                }
            }
        }

        private void offer(int own, long sum, double penalty, int[] ranks, int count) {
            long low = gradients.curvatureSteps(sum);
            long rest = curvature - low;
            if (low < least || rest < least) {
                return;
            }
            double below = gradients.gradientSteps(sum);
            double above = gradient - below;
            if (isBetter(below, low + penalty, above, rest + penalty, 0)) {
                feature = own;
                left = sum;
                isMissingLeft = false;
                codes = Arrays.copyOf(ranks, count);
            }
        }
    }
}
