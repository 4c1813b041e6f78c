package org.autotuner.score;

import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;

/** The same outputs for every row: the prior. Immutable and thread-safe. */
public final class ConstantScorer implements Scorer {

    static final String TYPE = "constant";

    private final double[] values;

    private ConstantScorer(double[] values) {
        this.values = values;
    }

    /**
     * A scorer of these final outputs, at least one, all finite.
     *
     * @throws IllegalArgumentException if they are not
     */
    public static ConstantScorer of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("At least one output is needed.");
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("Outputs must be finite, but one is %s.".formatted(value));
            }
        }
        return new ConstantScorer(values.clone());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int outputs() {
        return values.length;
    }

    @Override
    public void score(FeatureRow row, double[] out) {
        System.arraycopy(values, 0, out, 0, values.length);
    }

    @Override
    public void write(Node node) {
        node.put("values", values);
    }

    static final class Codec implements ScorerCodec {

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Scorer read(Node node) {
            double[] values = node.doubles("values");
            Checks.that(values.length > 0, node, "values", "is empty");
            Checks.finite(values, node, "values");
            return new ConstantScorer(values);
        }
    }
}
