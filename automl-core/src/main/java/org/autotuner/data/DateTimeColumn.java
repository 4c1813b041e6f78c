package org.autotuner.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Points in time as milliseconds since 1970-01-01T00:00Z; local dates and times count as UTC. */
public final class DateTimeColumn implements Column {

    /** Stands for a missing cell. */
    public static final long MISSING = Long.MIN_VALUE;

    private final long[] epochMillis;
    private final int @Nullable [] rows;

    private DateTimeColumn(long[] epochMillis, int @Nullable [] rows) {
        this.epochMillis = epochMillis;
        this.rows = rows;
    }

    /** Copies the values; {@link #MISSING} marks missing cells. */
    public static DateTimeColumn of(long... epochMillis) {
        return new DateTimeColumn(epochMillis.clone(), null);
    }

    /** Takes the array without copying it. */
    static DateTimeColumn adopt(long[] epochMillis) {
        return new DateTimeColumn(epochMillis, null);
    }

    /** Milliseconds since the epoch, or {@link #MISSING}. */
    public long epochMillis(int row) {
        return epochMillis[rows == null ? row : rows[row]];
    }

    @Override
    public ColumnType type() {
        return ColumnType.DATE_TIME;
    }

    @Override
    public int size() {
        return rows == null ? epochMillis.length : rows.length;
    }

    @Override
    public boolean isMissing(int row) {
        return epochMillis(row) == MISSING;
    }

    @Override
    public @Nullable Object value(int row) {
        long millis = epochMillis(row);
        return millis == MISSING ? null : Instant.ofEpochMilli(millis);
    }

    @Override
    public DateTimeColumn select(int[] selected) {
        return new DateTimeColumn(epochMillis, Rows.compose(rows, selected));
    }
}
