package org.autotuner.optimize;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.optimize.Observations.Observation;

/** How well trials that were cut short are known, in standardised values. Used by one thread. */
final class CutTrials {

    /** Variance for the first completed trial that tells; each further one takes its part of it. */
    private static final double PRIOR = 0.04;

    /** Deviation of a normal distribution in its median distances from the middle. */
    private static final double OF_MEDIAN = 1.4826;

    private final Projection projection;
    private final PowerTransform transform;
    private final Map<Integer, Double> uncertainties = new HashMap<>();

    CutTrials(Projection projection, PowerTransform transform) {
        this.projection = projection;
        this.transform = transform;
    }

    /** Variance of the value for which a trial was heading; 0 for a completed one. */
    double uncertainty(Observation one) {
        return one.isCut() ? uncertainties.computeIfAbsent(one.lastStep(), this::uncertainty) : 0;
    }

    double[] uncertainties(List<Observation> some) {
        return some.stream().mapToDouble(this::uncertainty).toArray();
    }

    /** By how much the completed trials would have been misjudged at this step. */
    private double uncertainty(int step) {
        double[] errors = projection.completed().stream()
                .mapToDouble(
                        one -> Math.abs(transform.apply(projection.value(one, step)) - transform.apply(one.value())))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        double deviation = errors.length == 0 ? 0 : OF_MEDIAN * errors[errors.length / 2];
        return deviation * deviation + PRIOR / Math.max(1, errors.length);
    }
}
