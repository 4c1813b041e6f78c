package org.autotuner.score;

import java.util.Optional;
import java.util.function.Function;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.prepare.TextEncoder;
import org.autotuner.task.TargetTransform;

/**
 * The one output of a model that was trained on a changed target, changed back. With residuals it predicts a mean: that of the
 * changed-back outputs with each residual added (smearing; Duan, Journal of the American Statistical Association 78, 1983).
 * Without, it is the change of the model's output alone: a median where errors are symmetric. Immutable and thread-safe.
 */
public final class TransformedScorer implements Scorer {

    static final String TYPE = "transformed";

    private final Scorer inner;
    private final TargetTransform transform;
    private final double low;
    private final double high;
    private final double[] residuals;

    private TransformedScorer(Scorer inner, TargetTransform transform, double low, double high, double[] residuals) {
        this.inner = inner;
        this.transform = transform;
        this.low = low;
        this.high = high;
        this.residuals = residuals;
    }

    /**
     * A scorer without residuals.
     *
     * @param inner has one output
     * @param low least changed value that is changed back; lower ones count as this one
     * @param high largest changed value that is changed back
     */
    public static TransformedScorer of(Scorer inner, TargetTransform transform, double low, double high) {
        Arguments.that(inner.outputs() == 1, "One output is needed, not %d.", inner.outputs());
        Arguments.that(
                Double.isFinite(low) && Double.isFinite(high) && low <= high, "No numbers are in %s..%s.", low, high);
        return new TransformedScorer(inner, transform, low, high, new double[0]);
    }

    /**
     * The same for the mean.
     *
     * @param given what changed values were beyond predicted ones; finite, copied; none for no smearing
     */
    public TransformedScorer withResiduals(double... given) {
        Arguments.finite(given, "residuals");
        return new TransformedScorer(inner, transform, low, high, given.clone());
    }

    public TargetTransform transform() {
        return transform;
    }

    /** A copy of the residuals; empty without smearing. */
    public double[] residuals() {
        return residuals.clone();
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public int width() {
        return inner.width();
    }

    @Override
    public int sparseWidth() {
        return inner.sparseWidth();
    }

    @Override
    public void score(FeatureRow row, double[] out) {
        inner.score(row, out);
        out[0] = undo(out[0]);
    }

    /** What is predicted where the model's own output is {@code changed}. */
    public double undo(double changed) {
        if (residuals.length == 0) {
            return transform.undo(within(changed));
        }
        double sum = 0;
        for (double residual : residuals) {
            sum += transform.undo(within(changed + residual));
        }
        return sum / residuals.length;
    }

    private double within(double changed) {
        return Math.max(low, Math.min(high, changed));
    }

    @Override
    public Scorer compressed(Compression compression) {
        return new TransformedScorer(inner.compressed(compression), transform, low, high, residuals);
    }

    @Override
    public Optional<TextEncoder> encoder() {
        return inner.encoder();
    }

    @Override
    public void write(Node node) {
        Scorers.write(inner, node.child("inner"));
        transform.write(node.child("transform"));
        node.put("low", low).put("high", high).put("residuals", residuals);
    }

    static final class Codec implements ScorerCodec {

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Scorer read(Node node) {
            return read(node, id -> {
                throw node.wrong("inner", "needs the encoder of texts '%s', which is not there".formatted(id));
            });
        }

        @Override
        public Scorer read(Node node, Function<String, TextEncoder> encoders) {
            Node written = node.node("inner");
            Checks.that(!written.text("type").equals(TYPE), node, "inner", "is changed already");
            Scorer inner = Scorers.read(written, encoders);
            Checks.that(inner.outputs() == 1, node, "inner", "has %d outputs instead of 1".formatted(inner.outputs()));
            double low = node.real("low");
            double high = node.real("high");
            Checks.finite(low, node, "low");
            Checks.finite(high, node, "high");
            Checks.that(low <= high, node, "high", "is below the low end %s".formatted(low));
            double[] residuals = node.doubles("residuals");
            Checks.finite(residuals, node, "residuals");
            return new TransformedScorer(inner, TargetTransform.read(node.node("transform")), low, high, residuals);
        }
    }
}
