package org.autotuner.insight;

import java.util.List;

/**
 * How much of the variation of the values a parameter explains, or two together beyond what each does. Immutable.
 *
 * @param axes one parameter, or two of an interaction
 * @param share of the variance over the search space, 0..1; the shares of all parameters and interactions add up to at
 *     most 1
 * @param deviation standard deviation of the share over the trees of the forest
 */
public record Importance(List<Axis> axes, double share, double deviation) {

    public Importance {
        axes = List.copyOf(axes);
    }

    /** The names of the parameters. */
    public String label() {
        return String.join(" \u00d7 ", axes.stream().map(Axis::label).toList());
    }

    @Override
    public String toString() {
        return "%s: %s".formatted(label(), Numbers.percent(share));
    }
}
