package org.autotuner.prepare;

import org.autotuner.data.Table;
import org.jspecify.annotations.Nullable;

/** An encoder and, where training rows must not see their own target, what replaces its features for them. */
record FittedStep(ColumnEncoder encoder, @Nullable TrainingValues training) {

    static FittedStep of(ColumnEncoder encoder) {
        return new FittedStep(encoder, null);
    }

    /** Overwrites features of the training rows. */
    @FunctionalInterface
    interface TrainingValues {
        void fill(Table table, float[] dense, int stride, int offset);
    }
}
