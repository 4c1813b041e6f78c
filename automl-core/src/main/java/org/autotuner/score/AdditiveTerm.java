package org.autotuner.score;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.bundle.Node;

/** One function of {@link AdditiveScorer}: of one feature or of two, the same value within each cell. Immutable and thread-safe. */
public final class AdditiveTerm {

    private final List<AdditiveAxis> axes;
    private final int outputs;
    private final double[] values;

    /**
     * A function.
     *
     * @param axes one or two
     * @param values for each cell the values of all outputs, the last axis fastest; not copied
     */
    AdditiveTerm(List<AdditiveAxis> axes, int outputs, double[] values) {
        this.axes = List.copyOf(axes);
        this.outputs = outputs;
        this.values = values;
    }

    static long cells(List<AdditiveAxis> axes) {
        long cells = 1;
        for (AdditiveAxis axis : axes) {
            cells *= axis.cells();
        }
        return cells;
    }

    /** One axis for each feature. */
    public List<AdditiveAxis> axes() {
        return axes;
    }

    /**
     * What the function adds to an output before the link.
     *
     * @param cells one for each axis
     */
    public double value(int output, int... cells) {
        if (cells.length != axes.size()) {
            throw new IllegalArgumentException("%d cells for %d axes.".formatted(cells.length, axes.size()));
        }
        int at = 0;
        for (int i = 0; i < cells.length; i++) {
            at = at * axes.get(i).cells()
                    + java.util.Objects.checkIndex(cells[i], axes.get(i).cells());
        }
        return values[at * outputs + java.util.Objects.checkIndex(output, outputs)];
    }

    void add(float[] row, int offset, double[] out) {
        AdditiveAxis first = axes.get(0);
        int at = first.cell(row[offset + first.feature()]);
        if (axes.size() > 1) {
            AdditiveAxis second = axes.get(1);
            at = at * second.cells() + second.cell(row[offset + second.feature()]);
        }
        for (int k = 0; k < outputs; k++) {
            out[k] += values[at * outputs + k];
        }
    }

    void write(Node node) {
        axes.forEach(axis -> axis.write(node.append("axes")));
        node.put("values", values);
    }

    static AdditiveTerm read(Node node, int width, int outputs) {
        List<AdditiveAxis> axes = new ArrayList<>();
        node.nodes("axes").forEach(axis -> axes.add(AdditiveAxis.read(axis, width)));
        Checks.that(axes.size() == 1 || axes.size() == 2, node, "axes", "are neither one nor two");
        double[] values = node.doubles("values");
        Checks.length(values.length, cells(axes) * outputs, node, "values");
        Checks.finite(values, node, "values");
        return new AdditiveTerm(axes, outputs, values);
    }
}
