package org.autotuner.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Free text; null is missing. */
public final class TextColumn implements Column {

    private final @Nullable String[] texts;
    private final int @Nullable [] rows;

    private TextColumn(@Nullable String[] texts, int @Nullable [] rows) {
        this.texts = texts;
        this.rows = rows;
    }

    public static TextColumn of(List<? extends @Nullable String> texts) {
        return new TextColumn(texts.toArray(new @Nullable String[0]), null);
    }

    /** Takes the array without copying it. */
    static TextColumn adopt(@Nullable String[] texts) {
        return new TextColumn(texts, null);
    }

    /** The text, or null if it is missing. */
    public @Nullable String text(int row) {
        return texts[rows == null ? row : rows[row]];
    }

    @Override
    public ColumnType type() {
        return ColumnType.TEXT;
    }

    @Override
    public int size() {
        return rows == null ? texts.length : rows.length;
    }

    @Override
    public boolean isMissing(int row) {
        return text(row) == null;
    }

    @Override
    public @Nullable Object value(int row) {
        return text(row);
    }

    @Override
    public TextColumn select(int[] selected) {
        return new TextColumn(texts, Rows.compose(rows, selected));
    }
}
