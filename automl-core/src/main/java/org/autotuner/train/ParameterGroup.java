package org.autotuner.train;

import java.util.List;
import java.util.Optional;

/**
 * Parameters that are updated in another way than the rest.
 *
 * @param name what the parameter's name must contain, such as {@code bias}
 * @param rateFactor factor of the learning rate
 * @param decayFactor factor of the weight decay; 0 for none
 */
public record ParameterGroup(String name, double rateFactor, double decayFactor) {

    public ParameterGroup {
        Arguments.require(!name.isEmpty(), "name", "''", "at least one letter");
        Arguments.require(Arguments.isAtLeastZero(rateFactor), "rateFactor", rateFactor, "at least 0");
        Arguments.require(Arguments.isAtLeastZero(decayFactor), "decayFactor", decayFactor, "at least 0");
    }

    /** The first group that knows a parameter, if any. */
    public static Optional<ParameterGroup> of(String parameter, List<ParameterGroup> groups) {
        return groups.stream().filter(group -> parameter.contains(group.name())).findFirst();
    }
}
