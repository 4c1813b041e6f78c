package org.autotuner.models.tree;

import org.autotuner.score.Link;

/** What the trees so far make of the validation rows. Used by one thread. */
final class ValidationMargins {

    private final Bins bins;
    private final int outputs;
    private final double[] margins;

    /**
     * Margins before the first tree.
     *
     * @param start of each output
     */
    ValidationMargins(Bins bins, double[] start) {
        this.bins = bins;
        this.outputs = start.length;
        this.margins = new double[bins.rows() * outputs];
        for (int at = 0; at < margins.length; at++) {
            margins[at] = start[at % outputs];
        }
    }

    Bins bins() {
        return bins;
    }

    int rows() {
        return bins.rows();
    }

    void add(int row, int output, double value) {
        margins[row * outputs + output] += value;
    }

    /** Rows x outputs, behind the link. */
    double[] outputs(Link link) {
        double[] all = margins.clone();
        double[] one = new double[outputs];
        for (int at = 0; at < all.length; at += outputs) {
            System.arraycopy(all, at, one, 0, outputs);
            link.apply(one, outputs);
            System.arraycopy(one, 0, all, at, outputs);
        }
        return all;
    }
}
