package org.autotuner.optimize;

import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;

/**
 * One parameter as optimizers see it: a coordinate of the unit range.
 *
 * @param levels number of different values, or 0 for a continuous one
 */
record Dimension(int index, Parameter<?> parameter, Kind kind, int levels) {

    /** How values of a parameter relate to one another. */
    enum Kind {
        CONTINUOUS,
        /** Integers, steps and ordinals: few or many values with an order. */
        ORDERED,
        /** Options without an order. */
        CATEGORY
    }

    /** From this many values on an ordered parameter is as good as continuous. */
    private static final long MANY = 1_000_000;

    static Dimension of(int index, Parameter<?> parameter) {
        long count = parameter.cardinality();
        if (parameter instanceof ChoiceParameter<?> choice) {
            return new Dimension(
                    index, parameter, Kind.CATEGORY, choice.options().size());
        }
        return count == 0 || count > MANY
                ? new Dimension(index, parameter, Kind.CONTINUOUS, 0)
                : new Dimension(index, parameter, Kind.ORDERED, (int) count);
    }

    boolean isCategory() {
        return kind == Kind.CATEGORY;
    }

    /** Which value a coordinate means, counted from 0; for parameters of finitely many values. */
    int option(double unit) {
        if (parameter instanceof IntParameter ints && ints.isLog()) {
            return ints.fromUnit(unit) - ints.low();
        }
        return (int) Math.min(levels - 1.0, Math.max(0, Math.floor(unit * levels)));
    }

    /** The coordinate of a value counted from 0. */
    double ofOption(int option) {
        if (parameter instanceof IntParameter ints && ints.isLog()) {
            return ints.toUnit(ints.low() + option);
        }
        return (option + 0.5) / levels;
    }

    /** Where the range of coordinates that mean a value begins, and that of the value before ends; values from 0 on. */
    double edge(int option) {
        if (parameter instanceof IntParameter ints && ints.isLog()) {
            double from = Math.log(ints.low() - 0.5);
            return (Math.log(ints.low() + option - 0.5) - from) / (Math.log(ints.high() + 0.5) - from);
        }
        return (double) option / levels;
    }

    /** The coordinate of the value that a coordinate means, so that all that mean one value are alike. */
    double snap(double unit) {
        if (kind == Kind.CONTINUOUS) {
            return Math.min(1, Math.max(0, unit));
        }
        return ofOption(option(unit));
    }

    /** Half the range that one value takes, at this coordinate; 0 for a continuous parameter. */
    double halfWidth(double unit) {
        if (kind == Kind.CONTINUOUS) {
            return 0;
        }
        if (!(parameter instanceof IntParameter ints) || !ints.isLog()) {
            return 0.5 / levels;
        }
        int value = ints.fromUnit(unit);
        double range = Math.log(ints.high() + 0.5) - Math.log(ints.low() - 0.5);
        return 0.5 * (Math.log(value + 0.5) - Math.log(value - 0.5)) / range;
    }
}
