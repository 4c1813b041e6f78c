package org.autotuner.prepare;

import java.util.List;
import java.util.Optional;
import org.autotuner.bundle.Node;
import org.autotuner.data.Table;

/** A fitted, immutable, thread-safe preparation; goes into the model file. */
public interface FittedPreparation {

    /** The dense features it makes, in order. */
    List<Feature> features();

    /** Number of sparse features it makes. */
    int sparseWidth();

    /**
     * The features of some rows. One row and a whole table go through the same code and give the same numbers.
     *
     * @param features a table aligned to the schema of training: same names, types and levels
     */
    FeatureMatrix transform(Table features);

    /**
     * The same for one of several preparations that transform the same table, which share what does not depend on their
     * fit.
     */
    default FeatureMatrix transform(Table features, SharedVectors shared) {
        return transform(features);
    }

    /** The encoder of texts that it needs, which a model file holds once for all preparations; empty for most. */
    default Optional<TextEncoder> encoder() {
        return Optional.empty();
    }

    /** Writes everything that reading it back needs; see {@code FittedPreparations.read}. */
    void write(Node node);
}
