package org.autotuner.data;

/** Kind of a column. */
public enum ColumnType {
    /** Numbers; NaN is missing. */
    NUMERIC,
    /** One of a list of levels. */
    CATEGORICAL,
    /** Free text. */
    TEXT,
    /** A point in time, milliseconds since 1970-01-01T00:00Z. */
    DATE_TIME,
    /** Decoded images, each of its own size. */
    IMAGE
}
