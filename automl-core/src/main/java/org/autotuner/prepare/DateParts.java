package org.autotuner.prepare;

import java.util.Arrays;
import java.util.List;
import org.autotuner.data.Column;
import org.autotuner.data.DateTimeColumn;

/** Year, month and so on of a point in time, UTC, without objects; angles of the cyclic ones as sine and cosine. */
final class DateParts {

    static final List<String> NAMES = List.of(
            "epochDay",
            "year",
            "month",
            "day",
            "weekday",
            "dayOfYear",
            "hour",
            "monthSin",
            "monthCos",
            "weekdaySin",
            "weekdayCos",
            "dayOfYearSin",
            "dayOfYearCos",
            "hourSin",
            "hourCos");

    /** The first parts are plain numbers, the others sines and cosines. */
    static final int PLAIN = 7;

    private static final long DAY_MILLIS = 86_400_000L;

    private DateParts() {}

    static void read(Column column, int row, double[] out) {
        long millis = ((DateTimeColumn) column).epochMillis(row);
        if (millis == DateTimeColumn.MISSING) {
            Arrays.fill(out, Double.NaN);
            return;
        }
        long day = Math.floorDiv(millis, DAY_MILLIS);
        double hour = Math.floorMod(millis, DAY_MILLIS) / 3_600_000.0;
        // Days to civil date: H. Hinnant, "chrono-compatible low-level date algorithms"; years begin in March.
        long shifted = day + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        long dayOfEra = shifted - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long marchDay = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long marchMonth = (5 * marchDay + 2) / 153;
        long month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        long dayOfYear = marchDay >= 306 ? marchDay - 305 : marchDay + 60 + (leap ? 1 : 0);
        out[0] = millis / (double) DAY_MILLIS;
        out[1] = year;
        out[2] = month;
        out[3] = marchDay - (153 * marchMonth + 2) / 5 + 1;
        out[4] = Math.floorMod(day + 3, 7L) + 1;
        out[5] = dayOfYear;
        out[6] = hour;
        angle(out, 7, (month - 1) / 12.0);
        angle(out, 9, (out[4] - 1) / 7);
        angle(out, 11, (dayOfYear - 1) / 365.25);
        angle(out, 13, hour / 24);
    }

    private static void angle(double[] out, int at, double turns) {
        out[at] = StrictMath.sin(2 * Math.PI * turns);
        out[at + 1] = StrictMath.cos(2 * Math.PI * turns);
    }
}
