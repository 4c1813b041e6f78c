package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ordered boosting (Prokhorenkova and others 2018, section 4 and algorithm 2): a row's gradient is of a model that has not seen
 * the row. Several models with the same trees: the values of each one's leaves are of the first rows in the order, of twice as
 * many from one model to the next, and a row is judged by the largest of those that end before it.
 */
final class PrefixMargins implements OrderMargins {

    /** Of the smallest model, as in the authors' library. */
    private static final int MOST_FIRST = 100;

    private static final int FIRST_SHARE = 50;

    /**
     * A model.
     *
     * @param rows those that give leaves their values, {@code seen} of them, then those that are judged by it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(
            Margins margins, int[] rows, int seen, float[][] gradients, float[][] curvatures, short[] leafOf) {

        static Part of(Margins all, int[] rows, int seen) {
            int outputs = all.outputs();
            int curved = all.isFlat() ? 0 : rows.length;
            return new Part(
                    all.of(rows),
                    rows,
                    seen,
                    new float[outputs][rows.length],
                    new float[outputs][curved],
                    new short[rows.length]);
        }

        void refresh() {
            margins.beginRound();
            for (int k = 0; k < gradients.length; k++) {
                margins.gradients(k, gradients[k], curvatures[k]);
            }
        }

        /** Writes the numbers of the rows from one on to where these stand among all rows. */
        static void scatter(float[] own, int[] rows, int from, float[] all) {
            for (int i = from; i < own.length; i++) {
                all[rows[i]] = own[i];
            }
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private final double l2;
    private final double learningRate;
    private final short[] leafOf;

    /**
     * Models without trees.
     *
     * @param margins of all rows, without trees
     * @param order of the rows
     */
    PrefixMargins(Margins margins, int[] order, double l2, double learningRate) {
        this.l2 = l2;
        this.learningRate = learningRate;
        this.leafOf = new short[order.length];
        int seen = Math.max(1, Math.min(MOST_FIRST, order.length / FIRST_SHARE));
        do {
            int end = Math.min(order.length, 2 * seen);
            parts.add(Part.of(margins, Arrays.copyOf(order, end), Math.min(seen, end)));
            seen = end;
        } while (seen < order.length);
    }

    @Override
    public void gradients(float[][] gradients, float[][] curvatures) {
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            part.refresh();
            int from = i == 0 ? 0 : part.seen();
            for (int k = 0; k < gradients.length; k++) {
                Part.scatter(part.gradients()[k], part.rows(), from, gradients[k]);
                Part.scatter(part.curvatures()[k], part.rows(), from, curvatures[k]);
            }
        }
    }

    @Override
    public double[][] give(RoundGrower.Round grown, Bins bins) {
        double[][] values = new double[parts.get(0).gradients().length][];
        for (int k = 0; k < values.length; k++) {
            if (k == 0 || !grown.isShared()) {
                grown.find(bins, k, leafOf);
            }
            for (Part part : parts) {
                values[k] = give(part, k, grown);
            }
        }
        return values;
    }

    private double[] give(Part part, int output, RoundGrower.Round grown) {
        short[] own = part.leafOf();
        int[] rows = part.rows();
        for (int i = 0; i < own.length; i++) {
            own[i] = leafOf[rows[i]];
        }
        double[] steps = part.margins()
                .steps(
                        output,
                        own,
                        part.seen(),
                        grown.leaves(output),
                        part.gradients()[output],
                        part.curvatures()[output],
                        l2);
        double[] values = RoundGrower.shrunk(grown, output, steps, own, learningRate);
        part.margins().add(output, own, values);
        return values;
    }
}
