package org.autotuner.profile;

/**
 * Something suspicious about the data.
 *
 * @param column the column, or empty if it is about the table
 * @param message one sentence that says what was found and what to do
 */
public record ProfileWarning(Kind kind, String column, String message, Severity severity) {

    /** What was found. */
    public enum Kind {
        /** Many cells have no value. */
        MISSING,
        /** No cell has a value. */
        EMPTY,
        /** All values are equal. */
        CONSTANT,
        /** Nearly every row has a value of its own. */
        ID_LIKE,
        /** A categorical column has very many levels. */
        HIGH_CARDINALITY,
        /** Rows occur several times. */
        DUPLICATE_ROWS,
        /** Two columns say the same. */
        DUPLICATE_COLUMNS,
        /** One column alone nearly gives the target away. */
        LEAKAGE,
        /** A class has only a few rows. */
        RARE_CLASS,
        /** Classes are of very different sizes. */
        IMBALANCE,
        /** The target itself has missing values. */
        MISSING_TARGET,
        /** A column is distributed otherwise than in the data it is compared with. */
        SHIFT,
        /** Time ran out before everything was looked at. */
        INCOMPLETE
    }

    /** How much it matters. */
    public enum Severity {
        /** Good to know. */
        INFO,
        /** Should be looked at. */
        WARNING,
        /** Results are likely not to be trusted before it is mended. */
        SERIOUS
    }

    static ProfileWarning info(Kind kind, String column, String message) {
        return new ProfileWarning(kind, column, message, Severity.INFO);
    }

    static ProfileWarning warning(Kind kind, String column, String message) {
        return new ProfileWarning(kind, column, message, Severity.WARNING);
    }

    static ProfileWarning serious(Kind kind, String column, String message) {
        return new ProfileWarning(kind, column, message, Severity.SERIOUS);
    }

    /** The message. */
    @Override
    public String toString() {
        return message;
    }
}
