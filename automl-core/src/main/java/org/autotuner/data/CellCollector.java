package org.autotuner.data;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the text cells of one column and finds out what they are: numbers, else dates, else levels or text. All
 * cells decide, not the first ones: a column that stops being what it seemed is read {@link #again} from its source with
 * every spelling kept. Not thread-safe.
 *
 * <p>Missing in every column: the empty cell, {@code NA}, {@code N/A}, {@code #N/A}, {@code <NA>}, {@code NaN},
 * {@code nan}, {@code null}, {@code NULL}. {@code None}, {@code ?} and {@code -} are missing among numbers and dates;
 * {@code ?} and {@code -} are also missing among levels unless other levels are punctuation too; {@code None} is a level
 * and all three are words in a text. Whole numbers with leading zeros ({@code 01234}) are codes, hence levels.
 */
public final class CellCollector {

    private enum Mode {
        OPEN,
        NUMBERS,
        DATES,
        STRINGS,
        FAILED
    }

    private final @Nullable ColumnType given;
    private final MissingMarks marks;
    private final int fixedForm;
    private final String why;
    private final Levels levels = new Levels();
    private Mode mode;
    private int form;
    private CellBuffer cells;
    private boolean weakSeen;
    private @Nullable CellCollector again;

    private CellCollector(@Nullable ColumnType given, MissingMarks marks, Mode mode, int fixedForm, String why) {
        this.given = given;
        this.marks = marks;
        this.mode = mode;
        this.fixedForm = fixedForm;
        this.form = Math.max(0, fixedForm);
        this.why = why;
        cells = mode == Mode.STRINGS
                ? CellBuffer.ofCodes()
                : mode == Mode.DATES ? CellBuffer.ofTimes() : CellBuffer.ofNumbers();
    }

    /**
     * A collector.
     *
     * @param given the type to read, or null to find it out
     * @param missing the spellings of a missing cell, or null for the usual ones; the empty cell is always missing
     */
    public static CellCollector of(@Nullable ColumnType given, @Nullable Set<String> missing) {
        Mode mode = Mode.OPEN;
        if (given == ColumnType.CATEGORICAL || given == ColumnType.TEXT) {
            mode = Mode.STRINGS;
        } else if (given == ColumnType.NUMERIC) {
            mode = Mode.NUMBERS;
        }
        return new CellCollector(given, new MissingMarks(missing), mode, -1, "");
    }

    /** A collector of strings that are levels or text, never numbers or dates. */
    static CellCollector ofStrings(String why) {
        return new CellCollector(null, new MissingMarks(Set.of()), Mode.STRINGS, -1, why);
    }

    /** Adds a cell; returns false if it cannot be read as the type that was given. */
    public boolean add(char[] buffer, int offset, int length) {
        switch (mode) {
            case NUMBERS:
                return addNumber(buffer, offset, length);
            case DATES:
                return addDate(buffer, offset, length);
            case STRINGS:
                addString(buffer, offset, length);
                return true;
            case OPEN:
                return addFirst(buffer, offset, length);
            default:
                return true;
        }
    }

    /** Adds a cell; null is missing. Returns false if it cannot be read as the type that was given. */
    public boolean add(@Nullable String text) {
        char[] chars = text == null ? new char[0] : text.toCharArray();
        return add(chars, 0, chars.length);
    }

    private boolean addFirst(char[] buffer, int offset, int length) {
        if (marks.isMissing(buffer, offset, length, true)) {
            weakSeen |= !marks.isMissing(buffer, offset, length, false);
            cells.number(Double.NaN);
            return true;
        }
        if (given == null && isNumber(buffer, offset, length)) {
            mode = Mode.NUMBERS;
            return addNumber(buffer, offset, length);
        }
        int found = DateCells.form(buffer, offset, length);
        if (found >= 0) {
            int before = cells.size();
            cells = CellBuffer.ofTimes();
            for (int i = 0; i < before; i++) {
                cells.time(DateTimeColumn.MISSING);
            }
            form = found;
            mode = Mode.DATES;
            return addDate(buffer, offset, length);
        }
        if (given != null) {
            return false;
        }
        if (weakSeen) {
            restart(Mode.STRINGS, -1, "");
            return true;
        }
        int before = cells.size();
        cells = CellBuffer.ofCodes();
        for (int i = 0; i < before; i++) {
            cells.code(CategoricalColumn.MISSING);
        }
        mode = Mode.STRINGS;
        addString(buffer, offset, length);
        return true;
    }

    private static boolean isNumber(char[] buffer, int offset, int length) {
        return !NumberCells.isCode(buffer, offset, length) && !Double.isNaN(NumberCells.parse(buffer, offset, length));
    }

    private boolean addNumber(char[] buffer, int offset, int length) {
        if (length > 0) {
            double value = NumberCells.parse(buffer, offset, length);
            if (!Double.isNaN(value) && (given != null || !NumberCells.isCode(buffer, offset, length))) {
                cells.number(value);
                return true;
            }
        }
        if (marks.isMissing(buffer, offset, length, true)) {
            cells.number(Double.NaN);
            return true;
        }
        if (given != null) {
            return false;
        }
        String value = shortened(buffer, offset, length);
        restart(
                Mode.STRINGS,
                -1,
                NumberCells.isCode(buffer, offset, length)
                        ? "'%s' in row %d has a leading zero, so these are codes and not quantities; "
                                .formatted(value, cells.size() + 1)
                        : "numbers up to row %d, then '%s' in row %d; "
                                .formatted(cells.size(), value, cells.size() + 1));
        return true;
    }

    private boolean addDate(char[] buffer, int offset, int length) {
        if (marks.isMissing(buffer, offset, length, true)) {
            cells.time(DateTimeColumn.MISSING);
            return true;
        }
        long millis = DateCells.parse(buffer, offset, length, form);
        if (millis != DateCells.NONE) {
            cells.time(millis);
            return true;
        }
        if (form == DateCells.MONTH_FIRST
                && fixedForm < 0
                && DateCells.parse(buffer, offset, length, DateCells.DAY_FIRST) != DateCells.NONE) {
            restart(Mode.DATES, DateCells.DAY_FIRST, "");
            return true;
        }
        if (given != null) {
            return false;
        }
        restart(
                Mode.STRINGS,
                -1,
                "dates up to row %d, then '%s' in row %d; "
                        .formatted(cells.size(), shortened(buffer, offset, length), cells.size() + 1));
        return true;
    }

    private void addString(char[] buffer, int offset, int length) {
        cells.code(
                marks.isMissing(buffer, offset, length, false)
                        ? CategoricalColumn.MISSING
                        : levels.code(buffer, offset, length));
    }

    private void restart(Mode next, int fixed, String reason) {
        again = new CellCollector(given, marks, next, fixed, reason);
        mode = Mode.FAILED;
        cells = CellBuffer.ofCodes();
    }

    private static String shortened(char[] buffer, int offset, int length) {
        return length <= 40 ? new String(buffer, offset, length) : new String(buffer, offset, 40) + "...";
    }

    /** After the last cell: null if the column is complete, else the collector that must see all cells once more. */
    public @Nullable CellCollector again() {
        return again;
    }

    /** The column, after its last cell; its type, levels and reason are those of the field. */
    public TypedColumn finish(String name, Role role) {
        boolean told = given != null;
        if (again != null) {
            throw new IllegalStateException("Column '%s' must be read again first.".formatted(name));
        }
        if (mode == Mode.STRINGS) {
            StringColumns strings = new StringColumns(cells.codes(), List.copyOf(levels.texts()), marks, why);
            return strings.finish(name, role, given);
        }
        if (mode == Mode.DATES || given == ColumnType.DATE_TIME) {
            Column column = mode == Mode.DATES ? cells.times() : allMissingDates();
            return TypedColumn.of(name, column, role, told ? "given by the caller" : dateReason());
        }
        String reason = mode == Mode.OPEN ? "no cell has a value" : "every value is a number";
        return TypedColumn.of(name, cells.numbers(), role, told ? "given by the caller" : reason);
    }

    private DateTimeColumn allMissingDates() {
        long[] times = new long[cells.size()];
        java.util.Arrays.fill(times, DateTimeColumn.MISSING);
        return DateTimeColumn.adopt(times);
    }

    private String dateReason() {
        if (form == DateCells.MONTH_FIRST) {
            return "every value is a date of the form MM/dd/yyyy (no day above 12 was found in first place)";
        }
        return "every value is a date of the form "
                + List.of("yyyy-MM-dd", "dd.MM.yyyy", "MM/dd/yyyy", "dd/MM/yyyy")
                        .get(form);
    }
}
