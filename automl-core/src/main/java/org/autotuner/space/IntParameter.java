package org.autotuner.space;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/**
 * Integers in a closed range, with an optional step, uniform or log-uniform.
 *
 * @param low smallest value
 * @param high largest value, at least {@code low}
 * @param step distance of neighbouring values, counted from {@code low}
 * @param isLog whether the prior is uniform in the logarithm; {@code low} is then at least 1 and {@code step} is 1
 */
public record IntParameter(String name, int low, int high, int step, boolean isLog, Integer defaultValue)
        implements Parameter<Integer> {

    public IntParameter {
        Names.check(name);
        if (low > high) {
            throw new IllegalArgumentException("Parameter '%s': low %d is above high %d.".formatted(name, low, high));
        }
        if (step < 1) {
            throw new IllegalArgumentException(
                    "Parameter '%s': step must be at least 1, but was %d.".formatted(name, step));
        }
        if (isLog && (low < 1 || step != 1)) {
            throw new IllegalArgumentException(
                    "Parameter '%s': a log scale needs low >= 1 and step 1, but low was %d and step %d."
                            .formatted(name, low, step));
        }
        if (!inRange(low, high, step, defaultValue)) {
            throw new IllegalArgumentException("Parameter '%s': the default %d is not in %d..%d step %d."
                    .formatted(name, defaultValue, low, high, step));
        }
    }

    static IntParameter of(String name, int low, int high) {
        return new IntParameter(name, low, high, 1, false, low);
    }

    /** The same range with a log-uniform prior and the same default. */
    public IntParameter log() {
        return new IntParameter(name, low, high, step, true, defaultValue);
    }

    /** Only {@code low, low + step, low + 2 step ...}. */
    public IntParameter step(int size) {
        return new IntParameter(name, low, high, size, isLog, low);
    }

    public IntParameter withDefault(int value) {
        return new IntParameter(name, low, high, step, isLog, value);
    }

    @Override
    public Integer fromUnit(double unit) {
        double u = Math.min(1, Math.max(0, unit));
        long value;
        if (isLog) {
            double from = Math.log(low - 0.5);
            double to = Math.log(high + 0.5);
            value = Math.round(Math.exp(from + u * (to - from)));
        } else {
            long index = Math.min(cardinality() - 1, (long) Math.floor(u * (double) cardinality()));
            value = low + step * index;
        }
        return (int) Math.min(high, Math.max(low, value));
    }

    @Override
    public double toUnit(Integer value) {
        if (isLog) {
            double from = Math.log(low - 0.5);
            double to = Math.log(high + 0.5);
            return Math.min(1, Math.max(0, (Math.log(value) - from) / (to - from)));
        }
        long index = ((long) value - low) / step;
        return (index + 0.5) / (double) cardinality();
    }

    @Override
    public boolean contains(Integer value) {
        return inRange(low, high, step, value);
    }

    @Override
    public long cardinality() {
        return ((long) high - low) / step + 1;
    }

    @Override
    public JsonElement toJson(Integer value) {
        return new JsonPrimitive(value);
    }

    @Override
    public Integer fromJson(JsonElement json) {
        int value = Names.integer(name, json);
        if (!contains(value)) {
            throw new IllegalArgumentException(
                    "Parameter '%s': %d is not in %d..%d.".formatted(name, value, low, high));
        }
        return value;
    }

    private static boolean inRange(int low, int high, int step, int value) {
        return value >= low && value <= high && ((long) value - low) % step == 0;
    }
}
