package org.autotuner.data.io;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.autotuner.data.ColumnCollector;
import org.autotuner.data.Role;
import org.autotuner.data.TypedColumn;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/** Collects one column of a query's result by its SQL type. */
final class JdbcColumn {

    enum Kind {
        NUMBER,
        FLAG,
        TIME,
        STRING
    }

    private final String name;
    private final int position;
    private final Kind kind;
    private final ColumnCollector cells;

    JdbcColumn(String name, int position, Kind kind, String sqlType) {
        this.name = name;
        this.position = position;
        this.kind = kind;
        String reason = "the database says " + sqlType;
        cells = kind == Kind.NUMBER
                ? ColumnCollector.ofNumbers(reason)
                : kind == Kind.TIME ? ColumnCollector.ofTimes(reason) : ColumnCollector.ofStrings(reason + "; ");
    }

    void add(ResultSet result, int row) throws SQLException {
        switch (kind) {
            case NUMBER -> {
                double number = result.getDouble(position);
                cells.number(result.wasNull() ? Double.NaN : number);
            }
            case FLAG -> {
                boolean flag = result.getBoolean(position);
                cells.text(result.wasNull() ? null : Boolean.toString(flag));
            }
            case TIME -> time(result.getObject(position), row);
            default -> cells.text(result.getString(position));
        }
    }

    private void time(@Nullable Object value, int row) {
        if (value == null) {
            cells.missingTime();
        } else if (value instanceof OffsetDateTime moment) {
            cells.time(moment.toInstant().toEpochMilli());
        } else if (value instanceof LocalDate day) {
            cells.time(day.toEpochDay() * 86_400_000L);
        } else if (value instanceof java.sql.Date day) {
            cells.time(day.toLocalDate().toEpochDay() * 86_400_000L);
        } else if (value instanceof LocalDateTime local) {
            cells.time(local.toInstant(ZoneOffset.UTC).toEpochMilli());
        } else if (value instanceof Timestamp stamp) {
            cells.time(stamp.toLocalDateTime().toInstant(ZoneOffset.UTC).toEpochMilli());
        } else {
            throw new DataException(
                    "Column '%s', row %d: the driver gave a %s for a date or time. Cast it to TIMESTAMP."
                            .formatted(name, row, value.getClass().getName()));
        }
    }

    TypedColumn finish(Role role) {
        return cells.finish(name, role);
    }
}
