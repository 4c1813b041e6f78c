package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.Column;
import org.autotuner.data.Table;

/**
 * Numbers of a cell, each scaled; a missing cell gives the fill value of each (NaN where it is to stay missing) and a
 * one in the indicator, which is the last feature if there is one.
 */
final class ScaledNumbers implements ColumnEncoder {

    static final String KIND = "scaled";

    private final CellNumbers reads;
    private final int column;
    private final List<Feature> features;
    private final int[] parts;
    private final List<Scaling> scalings;
    private final float[] fill;
    private final boolean indicator;

    ScaledNumbers(
            CellNumbers reads,
            int column,
            List<Feature> features,
            int[] parts,
            List<Scaling> scalings,
            float[] fill,
            boolean indicator) {
        this.reads = reads;
        this.column = column;
        this.features = features;
        this.parts = parts;
        this.scalings = List.copyOf(scalings);
        this.fill = fill;
        this.indicator = indicator;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<Feature> features() {
        return features;
    }

    @Override
    public void encode(Table table, int from, int to, float[] out, int stride, int offset) {
        Column cells = table.column(column);
        double[] numbers = new double[reads.parts()];
        for (int row = from; row < to; row++) {
            reads.read(cells, row, numbers);
            int at = row * stride + offset;
            for (int i = 0; i < parts.length; i++) {
                double number = numbers[parts[i]];
                out[at + i] = Double.isNaN(number) ? fill[i] : scalings.get(i).apply(number);
            }
            if (indicator) {
                out[at + parts.length] = Double.isNaN(numbers[0]) ? 1 : 0;
            }
        }
    }

    @Override
    public void write(Node node) {
        node.put("reads", reads.name()).put("column", column).put("parts", parts);
        node.put("fill", fill).put("indicator", indicator);
        node.list("scalings");
        scalings.forEach(scaling -> scaling.write(node.append("scalings")));
    }

    static ScaledNumbers read(Node node, List<Feature> features, InputColumns columns) {
        CellNumbers reads = CellNumbers.read(node);
        int[] parts = node.ints("parts");
        for (int part : parts) {
            if (part < 0 || part >= reads.parts()) {
                throw node.wrong("parts", "holds %d, outside 0..%d".formatted(part, reads.parts() - 1));
            }
        }
        List<Scaling> scalings = new ArrayList<>();
        node.nodes("scalings").forEach(scaling -> scalings.add(Scaling.read(scaling)));
        if (scalings.size() != parts.length) {
            throw node.wrong("scalings", "has %d entries for %d parts".formatted(scalings.size(), parts.length));
        }
        boolean indicator = node.flag("indicator");
        Codecs.width(node, features, parts.length + (indicator ? 1 : 0));
        float[] fill = Codecs.floats(node, "fill", parts.length);
        int column = columns.column(node, "column", reads.type());
        return new ScaledNumbers(reads, column, features, parts, scalings, fill, indicator);
    }
}
