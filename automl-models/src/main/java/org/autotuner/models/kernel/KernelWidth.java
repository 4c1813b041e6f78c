package org.autotuner.models.kernel;

import org.autotuner.model.DataShape;

/** How wide the dense preparation of kernels makes a row. */
final class KernelWidth {

    private static final int LEVELS_PER_CATEGORY = 10;
    private static final double NUMBERS_PER_TEXT = 74;

    private KernelWidth() {}

    /** Numbers as they are, counts and topics of texts, categories one-hot where they have few levels. */
    static double of(DataShape shape) {
        return 1
                + shape.numericColumns()
                + NUMBERS_PER_TEXT * shape.textColumns()
                + Math.min(shape.levels(), (double) LEVELS_PER_CATEGORY * shape.categoricalColumns());
    }
}
