package org.autotuner.space;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/**
 * Real numbers in a closed range, with an optional step, uniform or log-uniform.
 *
 * @param low smallest value
 * @param high largest value, above {@code low}
 * @param step distance of neighbouring values counted from {@code low}; 0 for a continuous range
 * @param isLog whether the prior is uniform in the logarithm; {@code low} is then positive and {@code step} is 0
 */
public record RealParameter(String name, double low, double high, double step, boolean isLog, Double defaultValue)
        implements Parameter<Double> {

    public RealParameter {
        Names.check(name);
        if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException("Parameter '%s': the range %s..%s is not a finite range with low < high."
                    .formatted(name, low, high));
        }
        if (!(step >= 0)) {
            throw new IllegalArgumentException(
                    "Parameter '%s': step must not be negative, but was %s.".formatted(name, step));
        }
        if (isLog && (low <= 0 || step != 0)) {
            throw new IllegalArgumentException(
                    "Parameter '%s': a log scale needs low > 0 and no step, but low was %s and step %s."
                            .formatted(name, low, step));
        }
        if (!(defaultValue >= low && defaultValue <= high)) {
            throw new IllegalArgumentException(
                    "Parameter '%s': the default %s is not in %s..%s.".formatted(name, defaultValue, low, high));
        }
    }

    static RealParameter of(String name, double low, double high) {
        return new RealParameter(name, low, high, 0, false, low + (high - low) / 2);
    }

    /** The same range with a log-uniform prior; the default becomes the geometric mean of the bounds. */
    public RealParameter log() {
        double middle = low > 0 ? Math.min(high, Math.max(low, Math.sqrt(low) * Math.sqrt(high))) : defaultValue;
        return new RealParameter(name, low, high, step, true, middle);
    }

    /** Only {@code low, low + step, low + 2 step ...}. */
    public RealParameter step(double size) {
        return new RealParameter(name, low, high, size, isLog, low);
    }

    public RealParameter withDefault(double value) {
        return new RealParameter(name, low, high, step, isLog, value);
    }

    @Override
    public Double fromUnit(double unit) {
        double u = Math.min(1, Math.max(0, unit));
        if (isLog) {
            return clamp(Math.exp(Math.log(low) + u * (Math.log(high) - Math.log(low))));
        }
        if (step > 0) {
            return clamp(low + step * Math.min((double) cardinality() - 1, Math.floor(u * (double) cardinality())));
        }
        return clamp(low + u * (high - low));
    }

    @Override
    public double toUnit(Double value) {
        if (isLog) {
            return Math.min(1, Math.max(0, (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))));
        }
        if (step > 0) {
            return (Math.rint((value - low) / step) + 0.5) / (double) cardinality();
        }
        return (value - low) / (high - low);
    }

    @Override
    public boolean contains(Double value) {
        if (!(value >= low && value <= high)) {
            return false;
        }
        double steps = step > 0 ? (value - low) / step : 0;
        return Math.abs(steps - Math.rint(steps)) < 1e-6;
    }

    @Override
    public long cardinality() {
        return step > 0 ? (long) Math.floor((high - low) / step + 1e-9) + 1 : 0;
    }

    @Override
    public JsonElement toJson(Double value) {
        return new JsonPrimitive(value);
    }

    @Override
    public Double fromJson(JsonElement json) {
        double value = Names.number(name, json).doubleValue();
        if (!contains(value)) {
            throw new IllegalArgumentException(
                    "Parameter '%s': %s is not in %s..%s.".formatted(name, value, low, high));
        }
        return value;
    }

    private double clamp(double value) {
        return Math.min(high, Math.max(low, value));
    }
}
