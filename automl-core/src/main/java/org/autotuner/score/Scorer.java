package org.autotuner.score;

import java.util.Optional;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.prepare.TextEncoder;

/**
 * What a trained model needs at prediction time, in plain Java. Immutable and thread-safe; no native memory. Outputs
 * are final: probabilities, values or quantiles as {@code Task.outputs()} says, not margins.
 */
public interface Scorer {

    /** Name under which a {@link ScorerCodec} reads it back. */
    String type();

    int outputs();

    /** Number of dense features that a row must have at least; a model file is refused whose rows have fewer. */
    default int width() {
        return 0;
    }

    /** Number of sparse columns that a row must have at least. */
    default int sparseWidth() {
        return 0;
    }

    /**
     * Scores the row under the cursor.
     *
     * @param out at least {@link #outputs()} long; overwritten from 0
     */
    void score(FeatureRow row, double[] out);

    /**
     * A scorer of the same kind whose file is smaller and whose outputs differ a little.
     *
     * @return this scorer where there is nothing to compress, as by default
     */
    default Scorer compressed(Compression compression) {
        return this;
    }

    /** The encoder of texts that it goes on from, which a model file holds once for all scorers; empty for most. */
    default Optional<TextEncoder> encoder() {
        return Optional.empty();
    }

    /** Writes everything that the codec of {@link #type()} needs to read it back. */
    void write(Node node);
}
