package org.autotuner.insight;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Numbers as people read them, and round numbers for axes. */
final class Numbers {

    private static final MathContext DIGITS = new MathContext(4);

    private Numbers() {}

    /** At most four significant digits, without zeros at the end. */
    static String text(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "not a number" : value > 0 ? "infinite" : "-infinite";
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e7) {
            return Long.toString((long) value);
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        if (size >= 1e-4 && size < 1e7) {
            return rounded.toPlainString();
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }

    /** A share in percent. */
    static String percent(double share) {
        double percent = Math.max(0, 100 * share);
        return percent > 0 && percent < 0.1 ? "<0.1 %" : text(Math.rint(percent * 10) / 10) + " %";
    }

    /** Round numbers from low to high, at most about {@code count}. */
    static List<Double> round(double low, double high, int count) {
        List<Double> found = new ArrayList<>();
        double step = roundStep((high - low) / Math.max(1, count - 1));
        if (!(step > 0) || !Double.isFinite(step)) {
            return List.of(low);
        }
        for (double at = Math.ceil(low / step - 1e-9); at * step <= high + step * 1e-9; at++) {
            found.add(new BigDecimal(at * step).round(new MathContext(12)).doubleValue());
        }
        return found;
    }

    /** Powers of ten between two positive numbers, with twos and fives between where there are few. */
    static List<Double> roundLog(double low, double high, int count) {
        int from = (int) Math.floor(Math.log10(low));
        int to = (int) Math.ceil(Math.log10(high));
        int stride = Math.max(1, (int) Math.ceil((to - from + 1) / (double) count));
        int[] digits = to - from <= 2 ? new int[] {1, 2, 5} : new int[] {1};
        List<Double> found = new ArrayList<>();
        for (int exponent = from; exponent <= to; exponent += stride) {
            for (int digit : digits) {
                double value = Double.parseDouble(digit + "e" + exponent);
                if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
                    found.add(value);
                }
            }
        }
        return found.size() < 2 ? List.of(low, high) : found;
    }

    private static double roundStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        double share = least / power;
        return power * (share <= 1.0001 ? 1 : share <= 2.0001 ? 2 : share <= 5.0001 ? 5 : 10);
    }
}
