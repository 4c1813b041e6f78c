package org.autotuner.score;

import java.util.Arrays;
import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;

/**
 * Boosted symmetric trees: all nodes of one level ask the same question, so that a tree is a table whose index is made of the
 * answers (Kulin and others; CatBoost: Prokhorenkova and others 2018). Questions are about the row's features and about
 * statistics of its categories, which are computed once per row. Made by {@link SymmetricEnsembleBuilder}. Immutable and
 * thread-safe.
 */
public final class SymmetricEnsemble implements Scorer {

    static final String TYPE = "symmetric_trees";
    static final int MOST_DEPTH = 16;

    /** The answer is yes for numbers above the threshold. */
    static final int ABOVE = 0;
    /** The same, and for missing cells. */
    static final int ABOVE_OR_MISSING = 1;
    /** The answer is yes for the category whose code is the threshold. */
    static final int EQUAL = 2;

    private final Parts parts;

    SymmetricEnsemble(Parts parts) {
        this.parts = parts;
    }

    /**
     * Everything an ensemble consists of. Arrays are shared and do not change.
     *
     * @param width of the rows
     * @param base of the outputs
     * @param depths of the trees
     * @param features asked for by each question, tree by tree; from {@code width} on a statistic
     * @param thresholds of each question
     * @param kinds of each question
     * @param leaves tree by tree, for each index the values of all outputs
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Parts(
            int width,
            double[] base,
            Link link,
            CategoryStatistic[] statistics,
            int[] depths,
            int[] features,
            float[] thresholds,
            byte[] kinds,
            double[] leaves) {

        /** The same without statistics that no question asks for. */
        Parts withoutIdleStatistics() {
            boolean[] isAsked = new boolean[width + statistics.length];
            for (int feature : features) {
                isAsked[feature] = true;
            }
            UsedStatistics used = UsedStatistics.of(List.of(statistics), width, isAsked);
            int[] moved = Arrays.stream(features)
                    .map(feature -> used.places()[feature])
                    .toArray();
            return new Parts(width, base, link, used.statistics(), depths, moved, thresholds, kinds, leaves);
        }
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int outputs() {
        return parts.base.length;
    }

    @Override
    public int width() {
        return parts.width;
    }

    /** Number of trees, which is that of the rounds. */
    public int trees() {
        return parts.depths.length;
    }

    /** The ensemble of the first trees; this one if it has no more. */
    public SymmetricEnsemble truncate(int trees) {
        if (trees < 0) {
            throw new IllegalArgumentException("The number of trees is %d, but must not be negative.".formatted(trees));
        }
        if (trees >= trees()) {
            return this;
        }
        int questions = 0;
        int values = 0;
        for (int tree = 0; tree < trees; tree++) {
            questions += parts.depths[tree];
            values += outputs() << parts.depths[tree];
        }
        Parts first = new Parts(
                parts.width,
                parts.base,
                parts.link,
                parts.statistics,
                Arrays.copyOf(parts.depths, trees),
                Arrays.copyOf(parts.features, questions),
                Arrays.copyOf(parts.thresholds, questions),
                Arrays.copyOf(parts.kinds, questions),
                Arrays.copyOf(parts.leaves, values));
        return new SymmetricEnsemble(first.withoutIdleStatistics());
    }

    @Override
    public void score(FeatureRow row, double[] out) {
        margins(row, out);
        parts.link.apply(out, parts.base.length);
    }

    /** The sums before the link. */
    public void margins(FeatureRow row, double[] out) {
        float[] data = row.array();
        int offset = row.offset();
        float[] more = new float[parts.statistics.length];
        for (int i = 0; i < more.length; i++) {
            more[i] = parts.statistics[i].value(data, offset);
        }
        int outputs = parts.base.length;
        System.arraycopy(parts.base, 0, out, 0, outputs);
        int question = 0;
        int start = 0;
        for (int depth : parts.depths) {
            int index = 0;
            for (int level = 0; level < depth; level++, question++) {
                int feature = parts.features[question];
                float x = feature < parts.width ? data[offset + feature] : more[feature - parts.width];
                index |= isYes(question, x) ? 1 << level : 0;
            }
            int at = start + index * outputs;
            for (int k = 0; k < outputs; k++) {
                out[k] += parts.leaves[at + k];
            }
            start += outputs << depth;
        }
    }

    private boolean isYes(int question, float x) {
        float threshold = parts.thresholds[question];
        int kind = parts.kinds[question];
        return kind == EQUAL ? x == threshold : x > threshold || (kind == ABOVE_OR_MISSING && Float.isNaN(x));
    }

    Parts parts() {
        return parts;
    }

    @Override
    public void write(Node node) {
        parts.link.write(node);
        node.put("width", parts.width);
        node.put("base", parts.base);
        node.put("depths", parts.depths);
        node.put("features", parts.features);
        node.put("thresholds", parts.thresholds);
        node.put("kinds", parts.kinds);
        node.put("leaves", parts.leaves);
        CategoryStatistic.writeAll(parts.statistics, node);
    }

    /** Reads it and checks that every walk stays inside its arrays. */
    static final class Codec implements ScorerCodec {

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Scorer read(Node node) {
            double[] base = node.doubles("base");
            int width = node.integer("width", 0, Checks.MAX_WIDTH);
            int[] depths = node.ints("depths");
            int[] features = node.ints("features");
            float[] thresholds = node.floats("thresholds");
            byte[] kinds = node.bytes("kinds");
            double[] leaves = node.doubles("leaves");
            CategoryStatistic[] statistics = CategoryStatistic.readAll(node, width);
            Checks.that(base.length >= 1, node, "base", "is empty");
            Checks.noNaN(base, node, "base");
            Checks.within(depths, 0, MOST_DEPTH, node, "depths");
            long questions = 0;
            long values = 0;
            for (int depth : depths) {
                questions += depth;
                values += (long) base.length << depth;
            }
            Checks.length(features.length, questions, node, "features");
            Checks.length(thresholds.length, questions, node, "thresholds");
            Checks.length(kinds.length, questions, node, "kinds");
            Checks.length(leaves.length, values, node, "leaves");
            Checks.within(features, 0, width + statistics.length - 1, node, "features");
            for (byte kind : kinds) {
                Checks.that(kind >= ABOVE && kind <= EQUAL, node, "kinds", "holds " + kind);
            }
            Checks.noNaN(leaves, node, "leaves");
            return new SymmetricEnsemble(
                    new Parts(width, base, Link.read(node), statistics, depths, features, thresholds, kinds, leaves));
        }
    }
}
