package org.autotuner.data;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Dates and times in text cells, read without making strings. Local times count as UTC. */
final class DateCells {

    /** {@code yyyy-MM-dd} or {@code yyyy/MM/dd}. */
    static final int YEAR_FIRST = 0;
    /** {@code dd.MM.yyyy}. */
    static final int DOTTED = 1;
    /** {@code MM/dd/yyyy}. */
    static final int MONTH_FIRST = 2;
    /** {@code dd/MM/yyyy}. */
    static final int DAY_FIRST = 3;

    /** Answer for a cell that is no date of the form. */
    static final long NONE = Long.MIN_VALUE;

    private static final long DAY = 86_400_000L;

    private DateCells() {}

    /** Milliseconds since the epoch by the first form that reads the text, or {@link #NONE}. */
    static long parse(String text) {
        char[] chars = text.strip().toCharArray();
        int form = form(chars, 0, chars.length);
        return form < 0 ? NONE : parse(chars, 0, chars.length, form);
    }

    /** The first form that reads the cell, or -1. */
    static int form(char[] buffer, int offset, int length) {
        for (int form = YEAR_FIRST; form <= DAY_FIRST; form++) {
            if (parse(buffer, offset, length, form) != NONE) {
                return form;
            }
        }
        return -1;
    }

    /** Milliseconds since the epoch, or {@link #NONE} if the cell is not of this form. */
    static long parse(char[] buffer, int offset, int length, int form) {
        if (length < 8 || length > 40) {
            return NONE;
        }
        Scan scan = new Scan(buffer, offset, offset + length);
        int a = scan.digits(form == YEAR_FIRST ? 4 : 1, form == YEAR_FIRST ? 4 : 2);
        char separator = scan.next();
        boolean fits =
                form == YEAR_FIRST ? separator == '-' || separator == '/' : separator == (form == DOTTED ? '.' : '/');
        if (!fits) {
            return NONE;
        }
        int b = scan.digits(1, 2);
        if (scan.next() != separator) {
            return NONE;
        }
        int c = scan.digits(form == YEAR_FIRST ? 1 : 4, form == YEAR_FIRST ? 2 : 4);
        if (scan.failed) {
            return NONE;
        }
        int year = form == YEAR_FIRST ? a : c;
        int month = form == MONTH_FIRST ? a : b;
        int day = form == YEAR_FIRST ? c : form == MONTH_FIRST ? b : a;
        long time = scan.time();
        if (scan.failed) {
            return NONE;
        }
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            return NONE;
        }
        try {
            return LocalDate.of(year, month, day).toEpochDay() * DAY + time;
        } catch (DateTimeException noSuchDay) {
            return NONE;
        }
    }

    private static final class Scan {

        private final char[] buffer;
        private final int end;
        private int at;
        private boolean failed;

        Scan(char[] buffer, int at, int end) {
            this.buffer = buffer;
            this.at = at;
            this.end = end;
        }

        char next() {
            return at < end ? buffer[at++] : '\0';
        }

        boolean accept(char c) {
            if (at < end && buffer[at] == c) {
                at++;
                return true;
            }
            return false;
        }

        int digits(int least, int most) {
            int value = 0;
            int count = 0;
            while (count < most && at < end && buffer[at] >= '0' && buffer[at] <= '9') {
                value = value * 10 + (buffer[at++] - '0');
                count++;
            }
            failed |= count < least;
            return value;
        }

        /** Milliseconds of what follows the date: nothing, or a time with an optional zone. */
        long time() {
            if (at == end) {
                return 0;
            }
            if (!accept('T') && !accept(' ')) {
                failed = true;
                return 0;
            }
            int hour = digits(1, 2);
            failed |= !accept(':');
            int minute = digits(2, 2);
            int second = 0;
            int millis = 0;
            if (accept(':')) {
                second = digits(2, 2);
                if (accept('.') || accept(',')) {
                    millis = fraction();
                }
            }
            failed |= hour > 23 || minute > 59 || second > 59;
            long offset = zone();
            failed |= at != end;
            return ((hour * 60L + minute) * 60 + second) * 1000 + millis - offset;
        }

        private int fraction() {
            int start = at;
            digits(1, 3);
            int millis = 0;
            for (int i = 0; i < 3; i++) {
                millis = millis * 10 + (start + i < at ? buffer[start + i] - '0' : 0);
            }
            while (at < end && buffer[at] >= '0' && buffer[at] <= '9') {
                at++;
            }
            return millis;
        }

        private long zone() {
            if (accept('Z') || at == end) {
                return 0;
            }
            accept(' ');
            int sign = accept('-') ? -1 : 1;
            if (sign > 0 && !accept('+')) {
                failed = true;
                return 0;
            }
            int hours = digits(2, 2);
            accept(':');
            int minutes = at < end && buffer[at] != '[' ? digits(2, 2) : 0;
            if (accept('[')) {
                at = buffer[end - 1] == ']' ? end : at;
            }
            return sign * (hours * 60L + minutes) * 60_000;
        }
    }
}
