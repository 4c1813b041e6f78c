package org.autotuner.prepare;

import java.util.List;
import org.autotuner.budget.Deadline;
import org.autotuner.bundle.Node;
import org.jspecify.annotations.Nullable;

/**
 * Turns texts into vectors by what it learned from other texts; never trained here. Immutable and thread-safe; a text's
 * vector depends on nothing but the text.
 */
public interface TextEncoder {

    /** Names weights, vocabulary and settings: encoders of equal id give equal vectors. */
    String id();

    /** Length of a vector. */
    int width();

    /** The most tokens that it reads of a text. */
    int mostTokens();

    /** Ids of a text's tokens, as many as it reads, at least one; each from 0 on and below 2^24. */
    int[] tokens(String text);

    /** The same encoder with what suits these texts, such as the number of tokens that it reads of each. */
    TextEncoder suiting(List<String> texts);

    /** Seconds of one thread of a middling machine that {@link #encode} would take, roughly. */
    double seconds(List<String> texts);

    /** Heap that it takes, roughly. */
    long bytes();

    /**
     * Writes the vectors of some texts. Every text has one, also an empty one; of overlong ones the beginning is read.
     *
     * @param texts null for a missing text, whose vector is 0
     * @param out texts x width, text by text
     * @throws org.autotuner.budget.DeadlineExceededException if the time is up before all are done
     */
    void encode(List<@Nullable String> texts, float[] out, Deadline deadline);

    /** Writes everything that {@link TextEncoderProvider#read} needs. */
    void write(Node node);
}
