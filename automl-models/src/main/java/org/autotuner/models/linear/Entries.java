package org.autotuner.models.linear;

import org.autotuner.model.DataShape;

/** How many numbers the linear preparation makes of a row. */
final class Entries {

    private static final int TEXT_ENTRIES = 60;
    private static final int TEXT_WIDTH = 20_000;

    private Entries() {}

    /** Entries that are not 0: each number (and some indicators), one per category, n-grams of texts. */
    static double perRow(DataShape shape) {
        return dense(shape) + shape.categoricalColumns() + TEXT_ENTRIES * (double) shape.textColumns();
    }

    /** The part of them that comes from numbers. */
    static double dense(DataShape shape) {
        return 1 + 1.2 * shape.numericColumns();
    }

    /** Columns of the prepared matrix. */
    static double width(DataShape shape) {
        return 1 + 1.2 * shape.numericColumns() + shape.levels() + TEXT_WIDTH * (double) shape.textColumns();
    }
}
