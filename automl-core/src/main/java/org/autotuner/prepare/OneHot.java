package org.autotuner.prepare;

import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.Column;
import org.autotuner.data.Table;

/** A one in the slot of the level, dense or sparse; levels without a slot give zeros only. */
final class OneHot implements ColumnEncoder {

    static final String KIND = "one-hot";

    private final LevelSource source;
    private final List<Feature> features;
    private final int[] slots;
    private final int width;

    /**
     * An encoder.
     *
     * @param features one per slot if dense, none if sparse
     * @param slots slot of each level, -1 for none
     */
    OneHot(LevelSource source, List<Feature> features, int[] slots, int width) {
        this.source = source;
        this.features = features;
        this.slots = slots;
        this.width = width;
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
    public int sparseWidth() {
        return features.isEmpty() ? width : 0;
    }

    @Override
    public void encode(Table table, int from, int to, float[] out, int stride, int offset) {
        if (features.isEmpty()) {
            return;
        }
        Column column = table.column(source.column());
        for (int row = from; row < to; row++) {
            int at = row * stride + offset;
            for (int slot = 0; slot < width; slot++) {
                out[at + slot] = 0;
            }
            int slot = slots[source.level(column, row)];
            if (slot >= 0) {
                out[at + slot] = 1;
            }
        }
    }

    @Override
    public void encodeSparse(Table table, int row, int base, SparseRowsBuilder out) {
        int slot = slots[source.level(table.column(source.column()), row)];
        if (features.isEmpty() && slot >= 0) {
            out.add(base + slot, 1);
        }
    }

    @Override
    public void write(Node node) {
        source.write(node);
        node.put("slots", slots).put("width", width);
    }

    static OneHot read(Node node, List<Feature> features, InputColumns columns) {
        LevelSource source = LevelSource.read(node, columns);
        int[] slots = node.ints("slots");
        int width = node.integer("width", 1, Integer.MAX_VALUE - 8);
        if (!features.isEmpty()) {
            Codecs.width(node, features, width);
        }
        if (slots.length != source.size()) {
            throw node.wrong("slots", "has %d entries for %d levels".formatted(slots.length, source.size()));
        }
        for (int slot : slots) {
            if (slot < -1 || slot >= width) {
                throw node.wrong("slots", "holds %d, outside -1..%d".formatted(slot, width - 1));
            }
        }
        return new OneHot(source, features, slots, width);
    }
}
