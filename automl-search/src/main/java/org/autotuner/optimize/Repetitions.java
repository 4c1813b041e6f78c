package org.autotuner.optimize;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What rows that occur several times tell of the noise. Rows count as equal where they differ by rounding alone: a
 * configuration that was turned into coordinates and back may. Mutable; used by one thread.
 */
final class Repetitions {

    /** Degrees of freedom from which equal values are not taken for chance. */
    private static final int ENOUGH = 2;

    private static final double ROUNDING = 1e9;

    private final Map<DoubleBuffer, Integer> groups = new HashMap<>();
    private final List<Integer> counts = new ArrayList<>();
    private final List<Double> means = new ArrayList<>();
    private double squares;
    private int freedom;

    /**
     * Adds an evaluation.
     *
     * @return the number of its group, counted from 0 in the order of first evaluations
     */
    int add(double[] row, double value) {
        int next = counts.size();
        int group = groups.computeIfAbsent(key(row), key -> next);
        if (group == next) {
            counts.add(1);
            means.add(value);
            return group;
        }
        int count = counts.get(group) + 1;
        double difference = value - means.get(group);
        squares += difference * difference * (count - 1) / count;
        freedom++;
        counts.set(group, count);
        means.set(group, means.get(group) + difference / count);
        return group;
    }

    private static DoubleBuffer key(double[] row) {
        return DoubleBuffer.wrap(Arrays.stream(row)
                .map(unit -> Math.rint(unit * ROUNDING) / ROUNDING)
                .toArray());
    }

    /** Number of different rows. */
    int size() {
        return counts.size();
    }

    int count(int group) {
        return counts.get(group);
    }

    /** Mean of the values of a group. */
    double mean(int group) {
        return means.get(group);
    }

    /** Whether there are enough repetitions to tell noise from the shape of a rough function. */
    boolean areEnough() {
        return freedom >= ENOUGH;
    }

    /**
     * Whether repetitions differ by so little that what looks like noise of a given deviation is the shape of the
     * function: by less than a tenth of it, which two repetitions under noise do once in a hundred times.
     */
    boolean contradict(double noiseDeviation) {
        return areEnough() && squares < 0.01 * freedom * noiseDeviation * noiseDeviation;
    }

    /** Whether a process sees noise above a share of the signal's variance, and repetitions do not contradict it. */
    boolean allowNoise(GaussianProcess process, double share) {
        return process.covariance().noise() > share && !contradict(process.noiseDeviation());
    }
}
