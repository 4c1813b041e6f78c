package org.autotuner.train;

/**
 * Parameters that are updated in another way than the rest.
 *
 * @param name what the parameter's name must contain, such as {@code bias}
 * @param rateFactor factor of the learning rate
 * @param decayFactor factor of the weight decay; 0 for none
 */
public record ParameterGroup(String name, double rateFactor, double decayFactor) {}
