package org.autotuner.prepare;

/**
 * A fitted preparation and the features of the rows it was fitted on. These differ from what {@code transform} gives
 * for the same rows wherever a step uses the target: training rows get out-of-fold or ordered statistics.
 */
public record Prepared(FittedPreparation preparation, FeatureMatrix features) {}
