package org.autotuner.space;

import com.google.gson.JsonElement;

/**
 * One typed dimension of a {@link SearchSpace}. Every parameter maps its values to the unit range and back, so that
 * optimizers need not know its kind. Immutable and thread-safe; equal by name, kind, range and default.
 *
 * @param <T> type of the values
 */
public sealed interface Parameter<T> permits IntParameter, RealParameter, OrdinalParameter, ChoiceParameter {

    /** Name, unique along every path of a search space. */
    String name();

    /** Value used when nothing is known: part of the first trial. */
    T defaultValue();

    /**
     * Maps a point of the unit range to a value: with uniform input the values follow the parameter's prior.
     *
     * @param unit in 0..1; values outside are clamped
     */
    T fromUnit(double unit);

    /** Maps a value to the unit range, so that {@code fromUnit(toUnit(v))} equals {@code v} (up to rounding). */
    double toUnit(T value);

    /** Whether the value lies in the range (and on the step grid). */
    boolean contains(T value);

    /** Number of different values, or 0 if there are infinitely many. */
    long cardinality();

    JsonElement toJson(T value);

    /** Reads what {@link #toJson} wrote; throws {@code IllegalArgumentException} for anything else. */
    T fromJson(JsonElement json);

    /** Integers from {@code low} to {@code high}, both included. */
    static IntParameter ints(String name, int low, int high) {
        return IntParameter.of(name, low, high);
    }

    /** Real numbers from {@code low} to {@code high}. */
    static RealParameter reals(String name, double low, double high) {
        return RealParameter.of(name, low, high);
    }

    /** Options without an order. The first one is the default. */
    @SafeVarargs
    @SuppressWarnings("varargs") // read only
    static <T> ChoiceParameter<T> choice(String name, T... options) {
        return ChoiceParameter.of(name, java.util.List.of(options));
    }

    /** Options with an order, such as sizes. The first one is the default. */
    @SafeVarargs
    @SuppressWarnings("varargs") // read only
    static <T> OrdinalParameter<T> ordinal(String name, T... options) {
        return OrdinalParameter.of(name, java.util.List.of(options));
    }
}
