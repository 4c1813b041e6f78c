package org.autotuner.execute;

import org.autotuner.model.TrainingData;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.prepare.SparseRows;

/**
 * One fold under one preparation.
 *
 * @param training the fold's training rows; its {@code validation} are the fold's validation rows
 */
public record PreparedFold(FittedPreparation preparation, TrainingData training) {

    /** Rough heap size, for the cache. */
    long bytes() {
        TrainingData validation = training.validation();
        return bytes(training) + training.derivations().bytes() + (validation == null ? 0 : bytes(validation));
    }

    private static long bytes(TrainingData data) {
        SparseRows sparse = data.features().sparse();
        long entries = sparse == null ? 0 : sparse.end(sparse.rows() - 1);
        return 4L * data.features().denseArray().length + 8 * entries + 16L * data.rows();
    }
}
