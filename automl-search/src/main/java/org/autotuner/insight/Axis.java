package org.autotuner.insight;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.IntParameter;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;

/**
 * A parameter as an axis of 0..1, by the parameter's own scale: a logarithmic one is straight here. Immutable.
 *
 * @param label the parameter's name; with the option that owns it where another parameter has the same name
 * @param ticks values to write at the axis, in order of their place
 */
public record Axis(String label, Parameter<?> parameter, List<Tick> ticks) {

    private static final int TICKS = 5;
    private static final int OPTIONS = 12;
    private static final int CELLS = 24;

    /** A value and its place in 0..1. */
    public record Tick(double position, String text) {}

    public Axis {
        ticks = List.copyOf(ticks);
    }

    static Axis of(String label, Parameter<?> parameter) {
        return new Axis(label, parameter, ticks(parameter));
    }

    /** Whether the options have no order. */
    public boolean isCategorical() {
        return parameter instanceof ChoiceParameter<?>;
    }

    /** Into how many equal cells a map divides the axis: one per value where there are few. */
    int cells() {
        long values = parameter.cardinality();
        boolean isLog = parameter instanceof IntParameter ints && ints.isLog();
        return values > 0 && values <= CELLS && !isLog ? (int) values : CELLS;
    }

    /** The value at a place, in words. */
    String valueAt(double position) {
        Object value = parameter.fromUnit(position);
        return value instanceof Double number ? Numbers.text(number) : String.valueOf(value);
    }

    private static List<Tick> ticks(Parameter<?> parameter) {
        if (parameter instanceof RealParameter real) {
            List<Double> values = real.isLog()
                    ? Numbers.roundLog(real.low(), real.high(), TICKS)
                    : real.step() > 0
                            ? spread(real.cardinality()).stream()
                                    .map(index -> Math.min(real.high(), real.low() + index * real.step()))
                                    .toList()
                            : Numbers.round(real.low(), real.high(), TICKS);
            return values.stream()
                    .map(value -> new Tick(clamp(real.toUnit(value)), Numbers.text(value)))
                    .toList();
        }
        if (parameter instanceof IntParameter ints) {
            List<Integer> values = ints.isLog()
                    ? Numbers.roundLog(ints.low(), ints.high(), TICKS).stream()
                            .map(value -> (int) Math.rint(value))
                            .distinct()
                            .toList()
                    : spread(ints.cardinality()).stream()
                            .map(index -> (int) (ints.low() + index * ints.step()))
                            .toList();
            return values.stream()
                    .map(value -> new Tick(ints.toUnit(value), Integer.toString(value)))
                    .toList();
        }
        List<?> options = parameter instanceof ChoiceParameter<?> choice
                ? choice.options()
                : ((OrdinalParameter<?>) parameter).options();
        int stride = (options.size() + OPTIONS - 1) / OPTIONS;
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < options.size(); i += stride) {
            ticks.add(new Tick((i + 0.5) / options.size(), String.valueOf(options.get(i))));
        }
        return ticks;
    }

    /** Some of {@code count} indices, evenly. */
    private static List<Long> spread(long count) {
        long stride = Math.max(1, (count + TICKS) / (TICKS + 1));
        long ticks = (count - 1) / stride + 1;
        return IntStream.range(0, (int) ticks).mapToObj(i -> i * stride).toList();
    }

    private static double clamp(double position) {
        return Math.min(1, Math.max(0, position));
    }
}
