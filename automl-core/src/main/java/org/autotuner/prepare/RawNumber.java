package org.autotuner.prepare;

import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.Column;
import org.autotuner.data.ColumnType;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;

/** A number as it is; NaN where it is missing or infinite, the largest float where it is larger. */
final class RawNumber implements ColumnEncoder {

    static final String KIND = "raw";

    private final int column;
    private final List<Feature> features;

    RawNumber(int column, List<Feature> features) {
        this.column = column;
        this.features = features;
    }

    @Override
    public String kind() {
        return KIND;
    }

    int column() {
        return column;
    }

    @Override
    public List<Feature> features() {
        return features;
    }

    @Override
    public void encode(Table table, int from, int to, float[] out, int stride, int offset) {
        NumericColumn cells = (NumericColumn) table.column(column);
        for (int row = from; row < to; row++) {
            out[row * stride + offset] = toFloat(cells.number(row));
        }
    }

    @Override
    public void write(Node node) {
        node.put("column", column);
    }

    static RawNumber read(Node node, List<Feature> features, InputColumns columns) {
        Codecs.width(node, features, 1);
        return new RawNumber(columns.column(node, "column", ColumnType.NUMERIC), features);
    }

    static float toFloat(double number) {
        if (!Double.isFinite(number)) {
            return Float.NaN;
        }
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, number));
    }

    /** The number, or NaN if it is missing or infinite. */
    static double finite(Column cells, int row) {
        double number = ((NumericColumn) cells).number(row);
        return Double.isFinite(number) ? number : Double.NaN;
    }
}
