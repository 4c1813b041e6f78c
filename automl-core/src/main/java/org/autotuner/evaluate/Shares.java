package org.autotuner.evaluate;

import java.util.Arrays;
import org.autotuner.bundle.Node;

/** Which share of some values lies below another one, kept as quantiles. Immutable and thread-safe. */
final class Shares {

    private static final int STEPS = 200;

    /** Ascending. */
    private final double[] quantiles;

    private Shares(double[] quantiles) {
        this.quantiles = quantiles;
    }

    /** Of at least one value; sorts them. */
    static Shares of(double[] values) {
        Arrays.sort(values);
        double[] quantiles = new double[Math.min(STEPS, values.length - 1) + 1];
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = values[(int) ((long) i * (values.length - 1) / Math.max(1, quantiles.length - 1))];
        }
        return new Shares(quantiles);
    }

    /** In 0..1. */
    double below(double value) {
        if (!(value >= quantiles[0])) {
            return 0;
        }
        int at = quantiles.length - 1;
        while (quantiles[at] > value) {
            at--;
        }
        if (at == quantiles.length - 1) {
            return 1;
        }
        double within = (value - quantiles[at]) / (quantiles[at + 1] - quantiles[at]);
        return (at + within) / (quantiles.length - 1);
    }

    void write(Node node, String name) {
        node.put(name, quantiles);
    }

    /** Reads what {@link #write} wrote; all values lie within {@code low..high}. */
    static Shares read(Node node, String name, double low, double high) {
        double[] quantiles = node.doubles(name);
        if (quantiles.length == 0) {
            throw node.wrong(name, "is empty");
        }
        for (int i = 0; i < quantiles.length; i++) {
            if (!(quantiles[i] >= low && quantiles[i] <= high) || (i > 0 && quantiles[i] < quantiles[i - 1])) {
                throw node.wrong(
                        name, "holds no ascending values within %s..%s at position %d".formatted(low, high, i));
            }
        }
        return new Shares(quantiles);
    }
}
