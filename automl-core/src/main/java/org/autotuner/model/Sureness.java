package org.autotuner.model;

import java.util.Arrays;
import org.autotuner.budget.Deadline;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Table;
import org.autotuner.evaluate.Confidence;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.prepare.SharedVectors;
import org.autotuner.prepare.TextEncoder;
import org.autotuner.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * How sure a blend is of rows: by probabilities before calibration, which is about rows of the classes and makes too sure of
 * others where all were right, and by the vectors of texts. Immutable and thread-safe.
 */
final class Sureness {

    private final Task task;
    private final Blend blend;
    private final Confidence confidence;
    /** Null if probabilities alone count, as where the members that used the encoder were left out. */
    private final @Nullable TextEncoder encoder;

    private Sureness(Task task, Blend blend, Confidence confidence, @Nullable TextEncoder encoder) {
        this.task = task;
        this.blend = blend;
        this.confidence = confidence;
        this.encoder = encoder;
    }

    /**
     * Finds the encoder among those of the model's preparations.
     *
     * @throws IllegalArgumentException if the confidence does not fit the model
     */
    static Sureness of(ModelParts parts, Blend blend, Confidence confidence) {
        @Nullable
        TextEncoder encoder = confidence.encoder().isEmpty()
                ? null
                : parts.preparations().stream()
                        .map(FittedPreparation::encoder)
                        .flatMap(one -> one.stream())
                        .filter(one -> one.id().equals(confidence.encoder().get()))
                        .findFirst()
                        .orElse(null);
        if (encoder != null) {
            boolean isText = parts.features().fields().size() == 1
                    && parts.features().fields().get(0).type() == ColumnType.TEXT;
            if (!isText || encoder.width() != confidence.width()) {
                throw new IllegalArgumentException(
                        "The confidence reads the vector of one text, %d numbers long, but the encoder's have %d and the columns are %s."
                                .formatted(confidence.width(), encoder.width(), parts.features()));
            }
        }
        return new Sureness(parts.task(), blend, confidence, encoder);
    }

    /** As {@link Blend#mix}, and writes how sure the blend is of the rows, from row {@code start / outputs} on. */
    void mix(Table aligned, double[] out, int start, double[] shares) {
        SharedVectors shared = new SharedVectors();
        blend.mix(aligned, out, start, shared);
        int outputs = task.outputs();
        int rows = aligned.rowCount();
        Predictions predictions = Predictions.of(task, Arrays.copyOfRange(out, start, start + rows * outputs));
        for (int row = 0; row < rows; row++) {
            double largest = Confidence.largest(predictions, row);
            shares[start / outputs + row] = encoder == null
                    ? confidence.share(largest)
                    : confidence.share(
                            largest, shared.get(encoder, aligned, 0, Deadline.never()), row * encoder.width());
        }
    }
}
