package org.autotuner.data;

/** What a column is for. Only {@linkplain #isInput() inputs} reach the models. */
public enum Role {
    /** An input of the model; the default. */
    FEATURE,
    /** What is predicted. */
    TARGET,
    /** Rows of one group never stand on both sides of a split. */
    GROUP,
    /** Orders the rows: training rows are earlier than validation rows. */
    TIME,
    /** Weight of the row in losses and metrics, at least 0. */
    WEIGHT,
    /** Number of the fold in which the row is validated. */
    FOLD,
    /** Identifies the row; no model sees it. */
    ID,
    /** Who rated, in tables of ratings; a feature, too. */
    USER,
    /** What was rated, in tables of ratings; a feature, too. */
    ITEM,
    /** Left out. */
    IGNORED;

    /** Whether models see the column: features, users and items. */
    public boolean isInput() {
        return this == FEATURE || this == USER || this == ITEM;
    }
}
