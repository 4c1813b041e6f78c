package org.autotuner.models.tree;

import java.util.Arrays;
import org.autotuner.task.Target;

/** Weights of the classes, with Gini's purity: sum of squares / sum. Each move takes constant time. */
final class ClassSide implements Side {

    private final Target target;
    private final double[] counts;
    private double weight;
    private double squares;

    ClassSide(Target target, int classes) {
        this.target = target;
        this.counts = new double[classes];
    }

    @Override
    public void clear() {
        Arrays.fill(counts, 0);
        weight = 0;
        squares = 0;
    }

    @Override
    public void copy(Side other) {
        ClassSide given = (ClassSide) other;
        System.arraycopy(given.counts, 0, counts, 0, counts.length);
        weight = given.weight;
        squares = given.squares;
    }

    @Override
    public void add(int row, double w) {
        int label = target.label(row);
        squares += w * (2 * counts[label] + w);
        counts[label] += w;
        weight += w;
    }

    @Override
    public void remove(int row, double w) {
        int label = target.label(row);
        squares -= w * (2 * counts[label] - w);
        counts[label] -= w;
        weight -= w;
    }

    @Override
    public double weight() {
        return weight;
    }

    @Override
    public double purity() {
        return weight > 0 ? squares / weight : 0;
    }

    @Override
    public boolean isPure() {
        return squares >= weight * weight * (1 - 1e-12);
    }

    /** Share of a class. */
    double share(int label) {
        return counts[label] / weight;
    }
}
