package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.autotuner.budget.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Grows symmetric trees: at each level the one question that lowers the loss most over all leaves together (Prokhorenkova and
 * others 2018). Of two children the one with fewer rows is counted, the other's histogram is the parent's less it. Used by one
 * thread; its workers share what it reads.
 */
final class SymmetricGrower {

    /**
     * What a level asks.
     *
     * @param feature number of the column
     * @param rank the answer is yes for higher ranks, of a category for this one
     * @param isMissingYes whether missing cells answer yes
     */
    record Question(int feature, int rank, boolean isMissingYes) {}

    /** Instead of none, in units of the curvature: a leaf without rows then scores nothing. */
    private static final double LEAST_RIDGE = 1e-9;

    private final Histograms histograms;
    private final Workers workers;
    private final Deadline deadline;
    private final int depth;
    private final double l2;
    private final int outputs;
    private final ColumnRules rules;
    private final long[][][] cells;
    private final long[][] sums;
    private final LeafRows leafRows;
    private final int[] from;
    private final int[] to;
    private Bins bins;
    private int[] rows = {};

    /**
     * A grower.
     *
     * @param like bins of the same cuts as those that trees are grown on
     * @param outputs gradients of a row
     * @param depth at most
     */
    SymmetricGrower(
            Bins like, int outputs, int depth, double l2, ColumnRules rules, Workers workers, Deadline deadline) {
        this.bins = like;
        this.histograms = new Histograms(like);
        this.outputs = outputs;
        this.depth = depth;
        this.l2 = l2;
        this.rules = rules;
        this.workers = workers;
        this.deadline = deadline;
        int leaves = 1 << depth;
        this.cells = new long[outputs][Math.max(1, leaves / 2)][];
        this.sums = new long[outputs][leaves];
        this.leafRows = new LeafRows(histograms, like.rows(), workers, deadline);
        this.from = new int[leaves];
        this.to = new int[leaves];
    }

    /**
     * Grows a tree.
     *
     * @param packed gradients of each output
     * @param given the rows that were packed, {@code given[0..count)}, reordered so that those of a leaf lie together
     * @param chosen columns that may be asked for
     * @return null if the time was up before it was grown
     */
    @Nullable
    List<Question> grow(Bins grown, PackedGradients[] packed, int[] given, int count, int[] chosen) {
        bins = grown;
        rows = given;
        from[0] = 0;
        to[0] = count;
        for (int k = 0; k < outputs; k++) {
            sums[k][0] = packed[k].sum();
            if (!count(packed[k], k, 0, chosen, null)) {
                return null;
            }
        }
        List<Question> questions = new ArrayList<>();
        BitSet open = null;
        while (questions.size() < depth) {
            Question best = best(packed, 1 << questions.size(), rules.allowed(chosen, open));
            if (best == null) {
                break;
            }
            boolean isLast = questions.size() + 1 == depth;
            if (!ask(best, questions.size(), packed, chosen, isLast) || deadline.isOver()) {
                return null;
            }
            questions.add(best);
            open = rules.open(open, best.feature());
        }
        return questions;
    }

    /** 1 for each rank that answers yes. */
    static byte[] table(Bins bins, Question question) {
        byte[] table = new byte[256];
        if (bins.isCategorical(question.feature())) {
            table[question.rank()] = 1;
            return table;
        }
        Arrays.fill(table, question.rank() + 1, 256, (byte) 1);
        table[0] = (byte) (question.isMissingYes() ? 1 : 0);
        return table;
    }

    /** Parts the rows of all leaves and, unless it is the last level, counts the new ones. */
    private boolean ask(Question question, int level, PackedGradients[] packed, int[] chosen, boolean isLast) {
        byte[] ranks = bins.ranks(question.feature());
        byte[] isNo = table(bins, question);
        for (int rank = 0; rank < isNo.length; rank++) {
            isNo[rank] ^= 1;
        }
        int bit = 1 << level;
        for (int leaf = 0; leaf < bit; leaf++) {
            int end = to[leaf];
            int middle = leafRows.part(rows, from[leaf], end, ranks, isNo);
            to[leaf] = middle;
            from[leaf | bit] = middle;
            to[leaf | bit] = end;
            if (!isLast && !children(leaf, leaf | bit, question.feature(), isNo, packed, chosen)) {
                return false;
            }
        }
        return true;
    }

    private boolean children(int no, int yes, int asked, byte[] isNo, PackedGradients[] packed, int[] chosen) {
        boolean isNoSmall = to[no] - from[no] <= to[yes] - from[yes];
        int small = isNoSmall ? no : yes;
        for (int k = 0; k < outputs; k++) {
            long whole = sums[k][no];
            sums[k][no] = histograms.sum(asked, isNo, cells[k][no]);
            sums[k][yes] = whole - sums[k][no];
            if (isNoSmall) { // the parent's cells become those of yes
                long[] parent = cells[k][no];
                cells[k][no] = cells[k][yes];
                cells[k][yes] = parent;
            }
            if (!count(packed[k], k, small, chosen, cells[k][isNoSmall ? yes : no])) {
                return false;
            }
        }
        return true;
    }

    /** Counts a leaf's rows, and takes what it counted from its parent's cells, which become its sibling's. */
    private boolean count(PackedGradients packed, int output, int leaf, int[] chosen, long @Nullable [] parent) {
        if (cells[output][leaf] == null) {
            cells[output][leaf] = new long[histograms.cells()];
        }
        long[] own = cells[output][leaf];
        return leafRows.count(bins, packed, rows, from[leaf], to[leaf], chosen, own, (part, first, end) -> {
            if (parent != null) {
                histograms.subtract(chosen, first, end, parent, own);
            }
        });
    }

    /** The question whose gain over all leaves is highest; null if none gains. */
    private @Nullable Question best(PackedGradients[] packed, int leaves, int[] chosen) {
        if (chosen.length == 0) {
            return null;
        }
        int parts = Math.min(workers.threads(), chosen.length);
        Question[] found = new Question[parts];
        double[] scores = new double[parts];
        workers.run(parts, part -> {
            Scan scan = new Scan(packed, leaves);
            int end = Workers.bound(part + 1, parts, chosen.length);
            for (int i = Workers.bound(part, parts, chosen.length); i < end; i++) {
                scan.feature(chosen[i]);
            }
            found[part] = scan.question;
            scores[part] = scan.best;
        });
        Question best = null;
        double score = 0;
        for (int part = 0; part < parts; part++) {
            if (found[part] != null && scores[part] > score) {
                score = scores[part];
                best = found[part];
            }
        }
        return best;
    }

    /** Scores of all questions about some columns, above that of asking nothing. */
    private final class Scan {

        private final PackedGradients[] packed;
        private final int leaves;
        private final double nothing;
        private final double[] plain = new double[256];
        private final double[] missingYes = new double[256];
        private final double[] below = new double[256];
        private final double[] low = new double[256];
        private double best;
        private @Nullable Question question;

        Scan(PackedGradients[] packed, int leaves) {
            this.packed = packed;
            this.leaves = leaves;
            double sum = 0;
            for (int k = 0; k < outputs; k++) {
                for (int leaf = 0; leaf < leaves; leaf++) {
                    double gradient = packed[k].gradientSteps(sums[k][leaf]);
                    double curvature = packed[k].curvatureSteps(sums[k][leaf]);
                    sum += scale(k) * score(gradient, curvature + l2(k));
                }
            }
            this.nothing = sum;
            this.best = 1e-9 * Math.abs(sum);
        }

        private double scale(int output) {
            double unit = packed[output].gradientUnit();
            return unit * unit / packed[output].curvatureUnit();
        }

        private double l2(int output) {
            return l2 / packed[output].curvatureUnit();
        }

        private static double score(double gradient, double curvature) {
            return curvature > 0 ? gradient * gradient / curvature : 0;
        }

        void feature(int feature) {
            int count = bins.count(feature);
            boolean isCategorical = bins.isCategorical(feature);
            boolean hasMissing = !isCategorical && bins.hasMissing(feature);
            Arrays.fill(plain, 0, count, 0);
            Arrays.fill(missingYes, 0, count, 0);
            int offset = histograms.offset(feature);
            for (int k = 0; k < outputs; k++) {
                for (int leaf = 0; leaf < leaves; leaf++) {
                    if (to[leaf] == from[leaf]) {
                        continue;
                    }
                    if (isCategorical) {
                        codes(k, leaf, offset, count);
                    } else {
                        cuts(k, leaf, offset, count, hasMissing, rules.direction(feature));
                    }
                }
            }
            int first = isCategorical ? 1 : hasMissing ? 0 : 1;
            for (int rank = first; rank < (isCategorical ? count : count - 1); rank++) {
                offer(feature, rank, plain[rank], false);
                if (hasMissing && rank > 0) {
                    offer(feature, rank, missingYes[rank], true);
                }
            }
        }

        private void offer(int feature, int rank, double score, boolean isMissingYes) {
            double gain = score - nothing;
            if (gain > best) {
                best = gain;
                question = new Question(feature, rank, isMissingYes);
            }
        }

        private void cuts(int output, int leaf, int offset, int count, boolean hasMissing, int direction) {
            cuts(output, leaf, offset, 0, count, direction, plain);
            if (hasMissing) {
                cuts(output, leaf, offset, 1, count, direction, missingYes);
            }
        }

        /** Adds the scores of the cuts behind each rank from the first on; lower ranks than that answer yes. */
        private void cuts(int output, int leaf, int offset, int first, int count, int direction, double[] scores) {
            PackedGradients own = packed[output];
            long[] all = cells[output][leaf];
            int shift = own.shift();
            long mask = (1L << shift) - 1;
            double ridge = Math.max(LEAST_RIDGE, l2(output));
            long sum = 0;
            for (int rank = first; rank < count - 1; rank++) {
                sum += all[offset + rank];
                below[rank] = sum >> shift;
                low[rank] = (sum & mask) + ridge;
            }
            double gradient = sums[output][leaf] >> shift;
            double curvature = (sums[output][leaf] & mask) + 2 * ridge;
            if (direction == 0) {
                add(scale(output), gradient, curvature, below, low, first, count - 1, scores);
            } else {
                addAlong(direction, scale(output), gradient, curvature, ridge, first, count - 1, scores);
            }
        }

        /** A cut that turns against the direction is worth nothing in this leaf, since both sides will get the same value. */
        private void addAlong(
                int direction,
                double scale,
                double gradient,
                double curvature,
                double ridge,
                int from,
                int to,
                double[] scores) {
            for (int rank = from; rank < to; rank++) {
                double above = gradient - below[rank];
                double high = curvature - low[rank];
                double yes = -above / high;
                double no = -below[rank] / low[rank];
                scores[rank] += scale
                        * (direction * (yes - no) < 0
                                ? score(gradient, curvature - ridge)
                                : score(below[rank], low[rank]) + score(above, high));
            }
        }

        /** Plain enough to be turned into vector instructions; by one division, since that is what takes the time. */
        private static void add(
                double scale,
                double gradient,
                double curvature,
                double[] below,
                double[] low,
                int from,
                int to,
                double[] scores) {
            for (int rank = from; rank < to; rank++) {
                double above = gradient - below[rank];
                double high = curvature - low[rank];
                scores[rank] +=
                        scale * ((below[rank] * below[rank] * high + above * above * low[rank]) / (low[rank] * high));
            }
        }

        private void codes(int output, int leaf, int offset, int count) {
            PackedGradients own = packed[output];
            double ridge = l2(output);
            double gradient = own.gradientSteps(sums[output][leaf]);
            double curvature = own.curvatureSteps(sums[output][leaf]);
            for (int rank = 1; rank < count; rank++) {
                long cell = cells[output][leaf][offset + rank];
                double yes = own.gradientSteps(cell);
                double high = own.curvatureSteps(cell);
                plain[rank] +=
                        scale(output) * (score(yes, high + ridge) + score(gradient - yes, curvature - high + ridge));
            }
        }
    }
}
