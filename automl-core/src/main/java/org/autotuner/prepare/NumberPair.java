package org.autotuner.prepare;

import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.Column;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Table;

/**
 * What a sum, difference, product or ratio of two numbers gives; NaN where one of them is missing or infinite, or the
 * result is not a finite number, as of a division by 0.
 */
final class NumberPair implements ColumnEncoder {

    static final String KIND = "number-pair";

    /** What is done with the two numbers. */
    enum Operation {
        SUM('+'),
        DIFFERENCE('-'),
        PRODUCT('*'),
        RATIO('/');

        private final char sign;

        Operation(char sign) {
            this.sign = sign;
        }

        char sign() {
            return sign;
        }

        /** The result of two numbers that may be NaN but are not infinite; NaN where it is not finite. */
        double of(double first, double second) {
            double result =
                    switch (this) {
                        case SUM -> first + second;
                        case DIFFERENCE -> first - second;
                        case PRODUCT -> first * second;
                        case RATIO -> first / second;
                    };
            return Double.isFinite(result) ? result : Double.NaN;
        }
    }

    private final Operation operation;
    private final int first;
    private final int second;
    private final List<Feature> features;

    NumberPair(Operation operation, int first, int second, List<Feature> features) {
        this.operation = operation;
        this.first = first;
        this.second = second;
        this.features = features;
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
        Column left = table.column(first);
        Column right = table.column(second);
        for (int row = from; row < to; row++) {
            double result = operation.of(RawNumber.finite(left, row), RawNumber.finite(right, row));
            out[row * stride + offset] = RawNumber.toFloat(result);
        }
    }

    @Override
    public void write(Node node) {
        node.put("operation", operation.name()).put("firstColumn", first).put("secondColumn", second);
    }

    static NumberPair read(Node node, List<Feature> features, InputColumns columns) {
        Codecs.width(node, features, 1);
        if (features.get(0).isCategorical()) {
            throw node.wrong("cardinalities", "says that a result is a category");
        }
        Operation operation = Codecs.constant(node, "operation", Operation.class, node.text("operation"));
        return new NumberPair(
                operation,
                columns.column(node, "firstColumn", ColumnType.NUMERIC),
                columns.column(node, "secondColumn", ColumnType.NUMERIC),
                features);
    }
}
