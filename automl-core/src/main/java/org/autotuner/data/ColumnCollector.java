package org.autotuner.data;

import org.jspecify.annotations.Nullable;

/** Collects the cells of one column whose kind the source knows; for readers of typed formats. Not thread-safe. */
public final class ColumnCollector {

    private final String reason;
    private final CellBuffer cells;
    private final ColumnType type;
    private final CellCollector strings;

    private ColumnCollector(String reason, CellBuffer cells, ColumnType type) {
        this.reason = reason;
        this.cells = cells;
        this.type = type;
        strings = CellCollector.ofStrings(reason);
    }

    public static ColumnCollector ofNumbers(String reason) {
        return new ColumnCollector(reason, CellBuffer.ofNumbers(), ColumnType.NUMERIC);
    }

    public static ColumnCollector ofTimes(String reason) {
        return new ColumnCollector(reason, CellBuffer.ofTimes(), ColumnType.DATE_TIME);
    }

    /** Strings that are levels or text by what they hold; the reason stands before that finding. */
    public static ColumnCollector ofStrings(String reason) {
        return new ColumnCollector(reason, CellBuffer.ofCodes(), ColumnType.TEXT);
    }

    /** Adds a number; NaN is missing. */
    public void number(double value) {
        require(ColumnType.NUMERIC);
        cells.number(value);
    }

    /** Adds a point in time in milliseconds since the epoch. */
    public void time(long epochMillis) {
        require(ColumnType.DATE_TIME);
        cells.time(epochMillis);
    }

    public void missingTime() {
        time(DateTimeColumn.MISSING);
    }

    /** Adds a string; null is missing, and so is the empty string. */
    public void text(@Nullable String value) {
        require(ColumnType.TEXT);
        strings.add(value);
    }

    private void require(ColumnType wanted) {
        if (type != wanted) {
            throw new IllegalStateException("This column collects %s cells.".formatted(type));
        }
    }

    public TypedColumn finish(String name, Role role) {
        if (type == ColumnType.TEXT) {
            return strings.finish(name, role);
        }
        Column column = type == ColumnType.NUMERIC ? cells.numbers() : cells.times();
        return TypedColumn.of(name, column, role, reason);
    }
}
