package org.autotuner.data;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Optional;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/** Reads a value that an application handed in, for a column of some type. */
final class CellValues {

    private CellValues() {}

    /** NaN for null, missing marks, NaN and infinities; true is 1, false is 0. */
    static double number(@Nullable Object value, String column, long row) {
        if (value == null) {
            return Double.NaN;
        }
        if (value instanceof Number number) {
            return finite(number.doubleValue());
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof CharSequence || value instanceof Character || value instanceof Enum<?>) {
            String text = text(value);
            double number = NumberCells.parse(text);
            if (Double.isNaN(number) && !MissingMarks.isUsual(text)) {
                throw wrong(column, row, value, "a number", "Give a number or null, or read the column as CATEGORICAL");
            }
            return finite(number);
        }
        throw wrong(column, row, value, "a number", "Give a number, a text that holds one, or null");
    }

    private static double finite(double number) {
        return Double.isInfinite(number) ? Double.NaN : number;
    }

    /** Milliseconds since the epoch, local times as UTC, or {@link DateTimeColumn#MISSING}. */
    static long millis(@Nullable Object value, String column, long row) {
        if (value == null) {
            return DateTimeColumn.MISSING;
        }
        if (isTime(value)) {
            return millisOf(value);
        }
        if (value instanceof Double number && number.isNaN()) {
            return DateTimeColumn.MISSING;
        }
        if (value instanceof CharSequence) {
            String text = value.toString();
            long millis = DateCells.parse(text);
            if (millis != DateCells.NONE) {
                return millis;
            }
            if (MissingMarks.isUsual(text)) {
                return DateTimeColumn.MISSING;
            }
        }
        throw wrong(
                column,
                row,
                value,
                "a date or time",
                "Give a LocalDate, LocalDateTime, Instant or a text such as 2024-05-31 or 2024-05-31T12:30:00Z");
    }

    static boolean isTime(Object value) {
        return value instanceof Instant
                || value instanceof LocalDate
                || value instanceof LocalDateTime
                || value instanceof ZonedDateTime
                || value instanceof OffsetDateTime
                || value instanceof Date;
    }

    @SuppressWarnings("JavaUtilDate") // applications still have such dates; only the milliseconds are taken
    private static long millisOf(Object value) {
        if (value instanceof LocalDate date) {
            return date.toEpochDay() * 86_400_000L;
        }
        if (value instanceof LocalDateTime local) {
            return local.toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof ZonedDateTime zoned) {
            return zoned.toInstant().toEpochMilli();
        }
        if (value instanceof java.sql.Date day) {
            return day.toLocalDate().toEpochDay() * 86_400_000L;
        }
        if (value instanceof java.sql.Timestamp stamp) {
            return stamp.toLocalDateTime().toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        return value instanceof OffsetDateTime offset ? offset.toInstant().toEpochMilli() : ((Date) value).getTime();
    }

    /** The text of a value as a level or text would have it: whole numbers without a point, constants by name. */
    static String text(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return NumberCells.canonical(((Number) value).doubleValue());
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (isTime(value)) {
            Instant instant = Instant.ofEpochMilli(millisOf(value));
            return instant.toEpochMilli() % 86_400_000L == 0
                    ? instant.toString().substring(0, instant.toString().indexOf('T'))
                    : instant.toString();
        }
        return value.toString();
    }

    /** Whether {@link #text} has a meaning for this value. */
    static void requireSimple(Object value, String column, long row) {
        boolean simple = value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>
                || value instanceof java.util.UUID
                || isTime(value);
        if (!simple) {
            throw wrong(column, row, value, "a cell", "Give a text, number, boolean, enum constant, date or null");
        }
    }

    static DataException wrong(String column, long row, Object value, String wanted, String advice) {
        String shown = value instanceof CharSequence ? "'" + shortened(value.toString()) + "'" : shortened(text(value));
        String kind = value.getClass().getSimpleName();
        String more = value instanceof Optional ? " Use orElse(null) instead of an Optional." : "";
        return new DataException("Column '%s', row %d: %s (%s) is not %s. %s.%s"
                .formatted(column, row, shown, kind, wanted, advice, more));
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
