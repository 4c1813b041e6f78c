package org.autotuner.prepare;

import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.Column;
import org.autotuner.data.Table;

/**
 * Looks up one row of numbers per level: codes, ordinals, frequencies and target statistics are all such tables, so
 * that a single row costs one array access per feature.
 */
final class LevelTable implements ColumnEncoder {

    static final String KIND = "levels";

    private final LevelSource source;
    private final List<Feature> features;
    private final float[] values;

    /** Takes the values without a copy: one row of numbers per level, {@link LevelSource#UNSEEN} first. */
    LevelTable(LevelSource source, List<Feature> features, float[] values) {
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
        Column column = table.column(source.column());
        int width = features.size();
        if (width == 1) {
            for (int row = from; row < to; row++) {
                out[row * stride + offset] = values[source.level(column, row)];
            }
            return;
        }
        for (int row = from; row < to; row++) {
            System.arraycopy(values, source.level(column, row) * width, out, row * stride + offset, width);
        }
    }

    @Override
    public void write(Node node) {
        source.write(node);
        node.put("values", values);
    }

    static LevelTable read(Node node, List<Feature> features, InputColumns columns) {
        LevelSource source = LevelSource.read(node, columns);
        float[] values = Codecs.floats(node, "values", (long) source.size() * features.size());
        int width = features.size();
        for (int i = 0; i < values.length; i++) {
            int cardinality = features.get(i % width).cardinality();
            boolean code = values[i] >= 0 && values[i] < cardinality && values[i] == (int) values[i];
            if (cardinality > 0 ? !(code || Float.isNaN(values[i])) : Float.isNaN(values[i])) {
                throw node.wrong("values", "holds %s at position %d".formatted(values[i], i));
            }
        }
        return new LevelTable(source, features, values);
    }
}
