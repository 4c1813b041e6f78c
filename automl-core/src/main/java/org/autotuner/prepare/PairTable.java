package org.autotuner.prepare;

import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.Column;
import org.autotuner.data.Table;

/** Looks up one row of numbers per combination of two levels; combinations that training did not show share one. */
final class PairTable implements ColumnEncoder {

    static final String KIND = "pairs";

    private final PairSource source;
    private final List<Feature> features;
    private final float[] values;

    /** Takes the values without a copy: one row of numbers per combination, the first for unseen ones. */
    PairTable(PairSource source, List<Feature> features, float[] values) {
        this.source = source;
        this.features = features;
        this.values = values;
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
        Column first = table.column(source.first().column());
        Column second = table.column(source.second().column());
        int width = features.size();
        for (int row = from; row < to; row++) {
            System.arraycopy(values, source.level(first, second, row) * width, out, row * stride + offset, width);
        }
    }

    @Override
    public void write(Node node) {
        source.write(node);
        node.put("values", values);
    }

    static PairTable read(Node node, List<Feature> features, InputColumns columns) {
        PairSource source = PairSource.read(node, columns);
        float[] values = Codecs.floats(node, "values", (long) source.size() * features.size());
        for (int i = 0; i < values.length; i++) {
            if (Float.isNaN(values[i])) {
                throw node.wrong("values", "holds NaN at position %d".formatted(i));
            }
        }
        return new PairTable(source, features, values);
    }
}
