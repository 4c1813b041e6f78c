package org.autotuner.models.linear;

import org.autotuner.model.DataShape;

/** How many numbers the linear preparation makes of a row. */
final class Entries {

    /** Different words, pairs of words and runs of characters per character of a text. */
    private static final double TERMS_PER_CHARACTER = 1.9;

    /** The vocabulary grows with the root of the text (Heaps' law). */
    private static final double TERMS_PER_ROOT = 75;

    private static final double MOST_TERMS = 120_000;
    private static final double MOST_WEIGHTS = 2e6;

    private Entries() {}

    /** Entries that are not 0: each number (and some indicators), one per category, terms of texts. */
    static double perRow(DataShape shape) {
        return dense(shape) + shape.categoricalColumns() + TERMS_PER_CHARACTER * shape.textCharacters();
    }

    /** The part of them that comes from numbers. */
    static double dense(DataShape shape) {
        return 1 + 1.2 * shape.numericColumns() + 10.0 * shape.textColumns();
    }

    /** Columns of the prepared matrix. */
    static double width(DataShape shape) {
        double most =
                Math.min(MOST_TERMS, MOST_WEIGHTS / Math.max(1, shape.task().outputs()));
        double characters = shape.textCharacters() * shape.rows() / Math.max(1, shape.textColumns());
        double terms = shape.textColumns() * Math.min(most, TERMS_PER_ROOT * Math.sqrt(characters));
        return dense(shape) + shape.levels() + terms;
    }
}
