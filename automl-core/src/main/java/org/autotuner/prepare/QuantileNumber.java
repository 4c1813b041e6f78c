package org.autotuner.prepare;

import java.util.Arrays;
import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.Column;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Table;

/**
 * A number mapped by its rank in training to a standard normal one, within -5.2..5.2 like scikit-learn's
 * {@code QuantileTransformer}; equal numbers share their mean rank. A missing cell gives 0 and a one in the indicator.
 */
final class QuantileNumber implements ColumnEncoder {

    static final String KIND = "quantile";

    private final int column;
    private final List<Feature> features;
    private final double[] knots;
    private final double[] ranks;

    /**
     * An encoder.
     *
     * @param features the number and, if there are two, the indicator
     * @param knots numbers, strictly increasing
     * @param ranks rank of each, in 0..1
     */
    QuantileNumber(int column, List<Feature> features, double[] knots, double[] ranks) {
        this.column = column;
        this.features = features;
        this.knots = knots;
        this.ranks = ranks;
    }

    /** Fits at most {@code count} knots to sorted numbers. */
    static QuantileNumber fit(int column, List<Feature> features, NumericSummary summary, int count) {
        int wanted = Math.min(count, summary.sorted().length);
        double[] knots = new double[wanted];
        double[] ranks = new double[wanted];
        int size = 0;
        for (int first = 0; first < wanted; ) {
            double knot = summary.quantile(first / (double) (wanted - 1));
            int last = first;
            while (last + 1 < wanted && summary.quantile((last + 1) / (double) (wanted - 1)) <= knot) {
                last++;
            }
            knots[size] = knot;
            ranks[size++] = (first + last) / 2.0 / (wanted - 1);
            first = last + 1;
        }
        return new QuantileNumber(column, features, Arrays.copyOf(knots, size), Arrays.copyOf(ranks, size));
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
        boolean indicator = features.size() == 2;
        for (int row = from; row < to; row++) {
            int at = row * stride + offset;
            double number = RawNumber.finite(cells, row);
            out[at] = Double.isNaN(number) ? 0 : (float) NormalQuantile.of(rank(number));
            if (indicator) {
                out[at + 1] = Double.isNaN(number) ? 1 : 0;
            }
        }
    }

    private double rank(double number) {
        int last = knots.length - 1;
        if (number < knots[0]) {
            return 0;
        }
        if (number > knots[last]) {
            return 1;
        }
        int position = Arrays.binarySearch(knots, number + 0.0);
        if (position >= 0) {
            return ranks[position];
        }
        int above = Math.min(last, Math.max(1, -position - 1));
        // Halves, because the difference of two large numbers may overflow.
        double part = (number / 2 - knots[above - 1] / 2) / (knots[above] / 2 - knots[above - 1] / 2);
        return ranks[above - 1] + part * (ranks[above] - ranks[above - 1]);
    }

    @Override
    public void write(Node node) {
        node.put("column", column).put("knots", knots).put("ranks", ranks);
    }

    static QuantileNumber read(Node node, List<Feature> features, InputColumns columns) {
        if (features.size() != 1) {
            Codecs.width(node, features, 2);
        }
        double[] knots = Codecs.increasing(node, "knots");
        double[] ranks = Codecs.increasing(node, "ranks");
        if (knots.length < 2 || ranks.length != knots.length || ranks[0] < 0 || ranks[ranks.length - 1] > 1) {
            throw node.wrong("ranks", "does not give one rank in 0..1 to each of two or more knots");
        }
        return new QuantileNumber(columns.column(node, "column", ColumnType.NUMERIC), features, knots, ranks);
    }
}
