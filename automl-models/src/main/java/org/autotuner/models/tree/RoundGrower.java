package org.autotuner.models.tree;

import org.autotuner.model.FittedModel;
import org.jspecify.annotations.Nullable;

/** The trees of an ordered booster, whatever their shape: grows those of each round and keeps them. Used by one thread. */
interface RoundGrower {

    /** The trees of one round, which have no values yet. */
    interface Round {

        /** Whether rows are asked nothing. */
        boolean isEmpty();

        /** Leaves are numbered below it. */
        int leaves(int output);

        /** Whether all outputs have the same tree. */
        boolean isShared();

        /** Writes the leaf of each row in the tree of an output. */
        void find(Bins bins, int output, short[] leafOf);

        /** Changes the values of the leaves so that they keep to the directions of the columns. */
        void limit(int output, double[] values, short[] leafOf);

        /** Keeps the trees, with values output by output. */
        void keep(double[][] values);
    }

    /**
     * Grows the trees of a round.
     *
     * @param packed gradients of each output
     * @param rows that were packed
     * @param columns that may be asked for
     * @return null if the time was up before they were grown
     */
    @Nullable
    Round grow(Bins bins, PackedGradients[] packed, int[] rows, int[] columns);

    /** The values of an output's leaves: steps within the limits of the leaves, times the learning rate. */
    static double[] shrunk(Round grown, int output, double[] steps, short[] leafOf, double learningRate) {
        grown.limit(output, steps, leafOf);
        for (int leaf = 0; leaf < steps.length; leaf++) {
            steps[leaf] *= learningRate;
        }
        return steps;
    }

    /** Rounds that were kept. */
    int rounds();

    FittedModel model();
}
