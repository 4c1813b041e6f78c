package org.autotuner.data;

/**
 * Numbers in text cells. Plain decimals of up to 15 digits are read without making a string: their digits and the power
 * of ten are exact doubles, so one division rounds correctly (Clinger, "How to read floating point numbers accurately",
 * 1990); everything else goes through {@link Double#parseDouble}.
 */
final class NumberCells {

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private NumberCells() {}

    static double parse(String text) {
        char[] chars = text.strip().toCharArray();
        return parse(chars, 0, chars.length);
    }

    /** The number, or NaN if the cell is none. Words for infinity count; hexadecimal and type suffixes do not. */
    static double parse(char[] buffer, int offset, int length) {
        int end = offset + length;
        int at = offset;
        boolean negative = false;
        if (at < end && (buffer[at] == '-' || buffer[at] == '+')) {
            negative = buffer[at] == '-';
            at++;
        }
        int first = at;
        long digits = 0;
        int point = -1;
        for (; at < end; at++) {
            char c = buffer[at];
            if (c >= '0' && c <= '9') {
                if (at - first > 15) {
                    return slow(buffer, offset, length);
                }
                digits = digits * 10 + (c - '0');
            } else if (c == '.' && point < 0) {
                point = at;
            } else {
                return slow(buffer, offset, length);
            }
        }
        int count = end - first - (point < 0 ? 0 : 1);
        if (count == 0 || count > 15) {
            return slow(buffer, offset, length);
        }
        double value = point < 0 ? digits : digits / POWERS[end - point - 1];
        return negative ? -value : value;
    }

    private static double slow(char[] buffer, int offset, int length) {
        if (length == 0 || length > 400) {
            return Double.NaN;
        }
        for (int i = offset; i < offset + length; i++) {
            char c = buffer[i];
            boolean ofNumber = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
            if (!ofNumber) {
                return infinity(new String(buffer, offset, length));
            }
        }
        try {
            return Double.parseDouble(new String(buffer, offset, length));
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }

    private static double infinity(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String word = signed ? text.substring(1) : text;
        if (word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("infinity")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return Double.NaN;
    }

    /** Whether the cell is a whole number written with leading zeros, such as a post code: a name, not a quantity. */
    static boolean isCode(char[] buffer, int offset, int length) {
        if (length < 2 || buffer[offset] != '0') {
            return false;
        }
        for (int i = offset + 1; i < offset + length; i++) {
            if (buffer[i] < '0' || buffer[i] > '9') {
                return false;
            }
        }
        return true;
    }

    /** The text that stands for a number as a level: whole numbers without a point. */
    static String canonical(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
