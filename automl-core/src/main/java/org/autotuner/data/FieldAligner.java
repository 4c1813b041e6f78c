package org.autotuner.data;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings cells from elsewhere into the form of one field. Immutable, hence thread-safe. */
final class FieldAligner {

    private final Field field;
    private final Map<String, Integer> codes;

    FieldAligner(Field field) {
        this.field = field;
        codes = new HashMap<>();
        for (int code = 0; code < field.levels().size(); code++) {
            codes.put(field.levels().get(code), code);
        }
        for (int code = 0; code < field.levels().size(); code++) {
            codes.putIfAbsent(canonical(field.levels().get(code)), code);
        }
    }

    String name() {
        return field.name();
    }

    /** One spelling for all that mean the same number or truth value. */
    private static String canonical(String level) {
        String text = level.strip();
        double number = NumberCells.parse(text);
        if (!Double.isNaN(number)) {
            return NumberCells.canonical(number);
        }
        if (text.equalsIgnoreCase("true")) {
            return "true";
        }
        return text.equalsIgnoreCase("false") ? "false" : text;
    }

    /** A column of one cell of a row; that of an image made of pixels is put together. */
    Column one(Row row) {
        Pixels pixels = field.pixels();
        return pixels != null && row.value(name()) == null
                ? ImageColumn.adopt(new @Nullable Image[] {pixels.of(row)})
                : one(row.value(name()));
    }

    /** The column out of a table; all missing where it has none. */
    Column of(Table table) {
        Pixels pixels = field.pixels();
        if (table.schema().has(name())) {
            return align(table.column(name()));
        }
        return pixels != null && pixels.areIn(table) ? pixels.column(table) : missing(table.rowCount());
    }

    /** A column of one cell. */
    Column one(@Nullable Object value) {
        switch (field.type()) {
            case NUMERIC:
                double number = CellValues.number(value, name(), 1);
                float narrow = (float) number;
                return narrow == number || Double.isNaN(number)
                        ? NumericColumn.adopt(new float[] {narrow}, null)
                        : NumericColumn.adopt(null, new double[] {number});
            case CATEGORICAL:
                return CategoricalColumn.adopt(new int[] {code(value, 1)}, field.levels());
            case TEXT:
                return TextColumn.adopt(new @Nullable String[] {text(value, 1)});
            case IMAGE:
                return ImageColumn.adopt(new @Nullable Image[] {ImageCells.image(value, name(), 1)});
            default:
                return DateTimeColumn.adopt(new long[] {CellValues.millis(value, name(), 1)});
        }
    }

    /** A column of missing cells. */
    Column missing(int rows) {
        CellBuffer cells = buffer();
        switch (field.type()) {
            case NUMERIC:
                for (int row = 0; row < rows; row++) {
                    cells.number(Double.NaN);
                }
                return cells.numbers();
            case CATEGORICAL:
                for (int row = 0; row < rows; row++) {
                    cells.code(CategoricalColumn.MISSING);
                }
                return CategoricalColumn.adopt(cells.codes(), field.levels());
            case TEXT:
                return TextColumn.adopt(new @Nullable String[rows]);
            case IMAGE:
                return ImageColumn.adopt(new @Nullable Image[rows]);
            default:
                for (int row = 0; row < rows; row++) {
                    cells.time(DateTimeColumn.MISSING);
                }
                return cells.times();
        }
    }

    private CellBuffer buffer() {
        return field.type() == ColumnType.NUMERIC
                ? CellBuffer.ofNumbers()
                : field.type() == ColumnType.DATE_TIME ? CellBuffer.ofTimes() : CellBuffer.ofCodes();
    }

    Column align(Column column) {
        if (field.type() == ColumnType.CATEGORICAL && column instanceof CategoricalColumn given) {
            return given.levels().equals(field.levels()) ? given : recode(given);
        }
        if (field.type() == ColumnType.NUMERIC && column instanceof NumericColumn given && allFinite(given)) {
            return given;
        }
        if (field.type() == column.type() && field.type() != ColumnType.NUMERIC) {
            return column;
        }
        return convert(column);
    }

    private static boolean allFinite(NumericColumn column) {
        for (int row = 0; row < column.size(); row++) {
            if (Double.isInfinite(column.number(row))) {
                return false;
            }
        }
        return true;
    }

    private CategoricalColumn recode(CategoricalColumn given) {
        int[] known = new int[given.levels().size()];
        for (int code = 0; code < known.length; code++) {
            known[code] = code(given.levels().get(code), 1);
        }
        int[] recoded = new int[given.size()];
        for (int row = 0; row < recoded.length; row++) {
            int code = given.code(row);
            recoded[row] = code < 0 ? code : known[code];
        }
        return CategoricalColumn.adopt(recoded, field.levels());
    }

    private Column convert(Column column) {
        int rows = column.size();
        CellBuffer cells = buffer();
        switch (field.type()) {
            case NUMERIC:
                for (int row = 0; row < rows; row++) {
                    cells.number(CellValues.number(column.value(row), name(), row + 1L));
                }
                return cells.numbers();
            case CATEGORICAL:
                for (int row = 0; row < rows; row++) {
                    cells.code(code(column.value(row), row + 1L));
                }
                return CategoricalColumn.adopt(cells.codes(), field.levels());
            case TEXT:
                @Nullable String[] texts = new @Nullable String[rows];
                for (int row = 0; row < rows; row++) {
                    texts[row] = text(column.value(row), row + 1L);
                }
                return TextColumn.adopt(texts);
            case IMAGE:
                @Nullable Image[] images = new @Nullable Image[rows];
                for (int row = 0; row < rows; row++) {
                    images[row] = ImageCells.image(column.value(row), name(), row + 1L);
                }
                return ImageColumn.adopt(images);
            default:
                for (int row = 0; row < rows; row++) {
                    cells.time(CellValues.millis(column.value(row), name(), row + 1L));
                }
                return cells.times();
        }
    }

    private int code(@Nullable Object value, long row) {
        if (value == null || (value instanceof Double number && !Double.isFinite(number))) {
            return CategoricalColumn.MISSING;
        }
        if (!(value instanceof String)) {
            CellValues.requireSimple(value, name(), row);
        }
        String text = CellValues.text(value);
        Integer code = codes.get(text);
        if (code == null) {
            code = codes.get(canonical(text));
        }
        if (code == null) {
            return MissingMarks.isUsual(text) ? CategoricalColumn.MISSING : CategoricalColumn.UNSEEN;
        }
        return code;
    }

    private @Nullable String text(@Nullable Object value, long row) {
        if (value == null || (value instanceof Double number && !Double.isFinite(number))) {
            return null;
        }
        CellValues.requireSimple(value, name(), row);
        return CellValues.text(value);
    }
}
