package org.autotuner.models.tree;

/** Sums of a real target, with the purity that is largest where the variance within both sides is smallest. */
final class ValueSide implements Side {

    private final double[] values;
    private double weight;
    private double sum;
    private double squares;

    /**
     * An empty side.
     *
     * @param values of all rows, centred so that their squares keep their digits
     */
    ValueSide(double[] values) {
        this.values = values;
    }

    @Override
    public void clear() {
        weight = 0;
        sum = 0;
        squares = 0;
    }

    @Override
    public void copy(Side other) {
        ValueSide given = (ValueSide) other;
        weight = given.weight;
        sum = given.sum;
        squares = given.squares;
    }

    @Override
    public void add(int row, double w) {
        double value = values[row];
        weight += w;
        sum += w * value;
        squares += w * value * value;
    }

    @Override
    public void remove(int row, double w) {
        add(row, -w);
    }

    @Override
    public double weight() {
        return weight;
    }

    @Override
    public double purity() {
        return weight > 0 ? sum * sum / weight : 0;
    }

    @Override
    public boolean isPure() {
        return squares - purity() <= 1e-12 * squares;
    }

    double mean() {
        return sum / weight;
    }
}
