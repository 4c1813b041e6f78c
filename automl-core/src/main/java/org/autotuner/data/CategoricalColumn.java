package org.autotuner.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of a list of levels per row, stored as codes of one, two or four bytes. */
public final class CategoricalColumn implements Column {

    /** Code of a missing cell. */
    public static final int MISSING = -1;
    /** Code of a cell whose level the schema did not know when the table was aligned to it. */
    public static final int UNSEEN = -2;

    private final Object codes;
    private final List<String> levels;
    private final int @Nullable [] rows;

    private CategoricalColumn(Object codes, List<String> levels, int @Nullable [] rows) {
        this.codes = codes;
        this.levels = levels;
        this.rows = rows;
    }

    /**
     * A column from codes.
     *
     * @param codes 0..levels-1, {@link #MISSING} or {@link #UNSEEN}; copied
     * @throws IllegalArgumentException if a code is out of range
     */
    public static CategoricalColumn of(int[] codes, List<String> levels) {
        for (int code : codes) {
            if (code < UNSEEN || code >= levels.size()) {
                throw new IllegalArgumentException("Code %d is not in -2..%d.".formatted(code, levels.size() - 1));
            }
        }
        return new CategoricalColumn(narrow(codes, levels.size()), List.copyOf(levels), null);
    }

    /** Trusts the codes. */
    static CategoricalColumn adopt(int[] codes, List<String> levels) {
        return new CategoricalColumn(narrow(codes, levels.size()), List.copyOf(levels), null);
    }

    /** A column from level names in order of first appearance; null is missing. */
    public static CategoricalColumn ofValues(List<? extends @Nullable String> values) {
        Map<String, Integer> known = new HashMap<>();
        List<String> levels = new ArrayList<>();
        int[] codes = new int[values.size()];
        for (int i = 0; i < codes.length; i++) {
            String value = values.get(i);
            if (value == null) {
                codes[i] = MISSING;
            } else {
                codes[i] = known.computeIfAbsent(value, added -> {
                    levels.add(added);
                    return levels.size() - 1;
                });
            }
        }
        return of(codes, levels);
    }

    private static Object narrow(int[] codes, int levels) {
        if (levels <= Byte.MAX_VALUE) {
            byte[] bytes = new byte[codes.length];
            for (int i = 0; i < codes.length; i++) {
                bytes[i] = (byte) codes[i];
            }
            return bytes;
        }
        if (levels <= Short.MAX_VALUE) {
            short[] shorts = new short[codes.length];
            for (int i = 0; i < codes.length; i++) {
                shorts[i] = (short) codes[i];
            }
            return shorts;
        }
        return codes.clone();
    }

    /** Code of the cell: 0..levels-1, {@link #MISSING} or {@link #UNSEEN}. */
    public int code(int row) {
        int at = rows == null ? row : rows[row];
        if (codes instanceof byte[] bytes) {
            return bytes[at];
        }
        return codes instanceof short[] shorts ? shorts[at] : ((int[]) codes)[at];
    }

    @Override
    public List<String> levels() {
        return levels;
    }

    @Override
    public ColumnType type() {
        return ColumnType.CATEGORICAL;
    }

    @Override
    public int size() {
        return rows != null ? rows.length : java.lang.reflect.Array.getLength(codes);
    }

    @Override
    public boolean isMissing(int row) {
        return code(row) == MISSING;
    }

    @Override
    public @Nullable Object value(int row) {
        int code = code(row);
        return code < 0 ? null : levels.get(code);
    }

    @Override
    public CategoricalColumn select(int[] selected) {
        return new CategoricalColumn(codes, levels, Rows.compose(rows, selected));
    }
}
