package org.autotuner.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Adds up the trees of a {@link SymmetricEnsemble}. Used by one thread. */
public final class SymmetricEnsembleBuilder {

    /** What all nodes of a level ask; the answer yes adds the level's bit to the index of the leaf. */
    public record Question(int feature, float threshold, Kind kind) {}

    /** How a question is asked. */
    public enum Kind {
        /** Is the number above the threshold? Missing ones are not. */
        ABOVE(SymmetricEnsemble.ABOVE),
        /** Is the number above the threshold, or missing? */
        ABOVE_OR_MISSING(SymmetricEnsemble.ABOVE_OR_MISSING),
        /** Is the category's code the threshold? */
        EQUAL(SymmetricEnsemble.EQUAL);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    private final int width;
    private final double[] base;
    private final Link link;
    private final List<CategoryStatistic> statistics = new ArrayList<>();
    private final IntArray depths = new IntArray();
    private final IntArray features = new IntArray();
    private final IntArray thresholds = new IntArray();
    private final IntArray kinds = new IntArray();
    private double[] leaves = new double[256];
    private int leafCount;

    /**
     * An ensemble without trees.
     *
     * @param width number of dense features that rows have
     * @param base what is added to each output before the link
     */
    public SymmetricEnsembleBuilder(int width, double[] base, Link link) {
        Arguments.that(width >= 0 && base.length >= 1, "Width %d or %d outputs are out of range.", width, base.length);
        this.width = width;
        this.base = base.clone();
        this.link = link;
    }

    /** Adds a statistic and returns the number by which questions name it as their feature. */
    public int statistic(CategoryStatistic statistic) {
        statistics.add(statistic);
        return width + statistics.size() - 1;
    }

    /**
     * Adds a tree.
     *
     * @param questions of its levels, at most 16
     * @param values for each index of a leaf those of all outputs: 2^levels x outputs
     * @throws IllegalArgumentException if lengths do not fit or a value is not a number
     */
    public SymmetricEnsembleBuilder tree(List<Question> questions, double[] values) {
        Arguments.that(
                questions.size() <= SymmetricEnsemble.MOST_DEPTH,
                "A tree has %d levels, at most 16.",
                questions.size());
        Arguments.length(values.length, (long) base.length << questions.size(), "leaves");
        for (Question question : questions) {
            Arguments.that(
                    question.feature() >= 0 && question.feature() < width + statistics.size(),
                    "There is no feature %d.",
                    question.feature());
            features.add(question.feature());
            thresholds.add(Float.floatToRawIntBits(question.threshold()));
            kinds.add(question.kind().code);
        }
        depths.add(questions.size());
        if (leafCount + values.length > leaves.length) {
            leaves = Arrays.copyOf(leaves, Math.max(2 * leaves.length, leafCount + values.length));
        }
        for (double value : values) {
            Arguments.that(!Double.isNaN(value), "A leaf of tree %d is NaN.", trees() - 1);
            leaves[leafCount++] = value;
        }
        return this;
    }

    /** Number of trees so far. */
    public int trees() {
        return depths.size();
    }

    /** The ensemble of all trees added so far; statistics that none of them asks for are left out. */
    public SymmetricEnsemble build() {
        int[] bits = thresholds.toArray();
        float[] cuts = new float[bits.length];
        byte[] ways = new byte[bits.length];
        int[] codes = kinds.toArray();
        for (int i = 0; i < bits.length; i++) {
            cuts[i] = Float.intBitsToFloat(bits[i]);
            ways[i] = (byte) codes[i];
        }
        SymmetricEnsemble.Parts parts = new SymmetricEnsemble.Parts(
                width,
                base.clone(),
                link,
                statistics.toArray(CategoryStatistic[]::new),
                depths.toArray(),
                features.toArray(),
                cuts,
                ways,
                Arrays.copyOf(leaves, leafCount));
        return new SymmetricEnsemble(parts.withoutIdleStatistics());
    }
}
