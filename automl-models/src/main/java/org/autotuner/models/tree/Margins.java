package org.autotuner.models.tree;

import java.util.List;
import org.autotuner.model.TrainingData;
import org.autotuner.score.Link;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.QuantileTask;

/**
 * What the trees so far make of each training row, and which way it should change: the margins of all outputs with the loss
 * that is lowered. Used by one
 * thread; its workers share what it reads.
 */
final class Margins {

    /** Of softmax losses: the curvature p (1 - p) is a bound only together with this factor (Friedman 2001). */
    private final double classFactor;

    /** Rows below which a second thread costs more than it saves. */
    private static final int FEW_ROWS = 2_000;
    /** Rows whose sums are added up before others are added to them, whatever the threads. */
    private static final int CHUNK = 4_096;

    private final List<PointLoss> losses;
    private final boolean isSoftmax;
    private final double[] target;
    private final double[] weights;
    private final boolean isWeighted;
    private final double[] start;
    private final double[][] margins;
    private final float[][] shares;
    private final Workers workers;

    Margins(TrainingData data, PointLoss ofValues, Workers workers) {
        this.workers = workers;
        int rows = data.rows();
        int outputs = data.task().outputs();
        isSoftmax = data.task().isClassification() && !(data.task() instanceof BinaryTask);
        isWeighted = !data.weights().isNone();
        target = new double[rows];
        weights = new double[rows];
        for (int row = 0; row < rows; row++) {
            target[row] = data.target().value(row);
            weights[row] = data.weights().at(row);
        }
        losses = data.task() instanceof QuantileTask quantiles
                ? quantiles.levels().stream()
                        .<PointLoss>map(PointLoss.Quantile::new)
                        .toList()
                : List.of(data.task() instanceof BinaryTask ? new PointLoss.Logistic() : ofValues);
        start = isSoftmax
                ? priors(outputs)
                : losses.stream()
                        .mapToDouble(loss -> loss.start(target, weights))
                        .toArray();
        margins = new double[outputs][rows];
        for (int k = 0; k < outputs; k++) {
            java.util.Arrays.fill(margins[k], start[k]);
        }
        shares = isSoftmax ? new float[outputs][rows] : new float[0][];
        classFactor = outputs / (outputs - 1.0);
    }

    private Margins(Margins all, int[] rows) {
        workers = all.workers;
        losses = all.losses;
        isSoftmax = all.isSoftmax;
        isWeighted = all.isWeighted;
        start = all.start;
        classFactor = all.classFactor;
        target = new double[rows.length];
        weights = new double[rows.length];
        margins = new double[all.outputs()][rows.length];
        shares = isSoftmax ? new float[all.outputs()][rows.length] : new float[0][];
        for (int i = 0; i < rows.length; i++) {
            target[i] = all.target[rows[i]];
            weights[i] = all.weights[rows[i]];
            for (int k = 0; k < margins.length; k++) {
                margins[k][i] = all.margins[k][rows[i]];
            }
        }
    }

    /** A copy of some rows, in their order; it begins where all rows are and goes its own way. */
    Margins of(int[] rows) {
        return new Margins(this, rows);
    }

    int rows() {
        return target.length;
    }

    private double[] priors(int outputs) {
        double[] share = new double[outputs];
        double total = 0;
        for (int row = 0; row < target.length; row++) {
            share[(int) target[row]] += weights[row];
            total += weights[row];
        }
        for (int k = 0; k < outputs; k++) {
            share[k] = Math.log(Math.max(1e-9, share[k] / total));
        }
        return share;
    }

    int outputs() {
        return margins.length;
    }

    /** Margins before the first tree. */
    double[] start() {
        return start;
    }

    Link link() {
        if (isSoftmax) {
            return Link.SOFTMAX;
        }
        return losses.size() > 1 ? Link.SORTED : losses.get(0).link();
    }

    /** To be called once before the gradients of a round are asked for. */
    void beginRound() {
        if (!isSoftmax) {
            return;
        }
        int outputs = outputs();
        workers.ranges(target.length, FEW_ROWS, (from, to) -> {
            double[] one = new double[outputs];
            for (int row = from; row < to; row++) {
                for (int k = 0; k < outputs; k++) {
                    one[k] = margins[k][row];
                }
                Link.SOFTMAX.apply(one, outputs);
                for (int k = 0; k < outputs; k++) {
                    shares[k][row] = (float) one[k];
                }
            }
        });
    }

    /** Whether all curvatures are 1, so that they need not be written. */
    boolean isFlat() {
        return !isWeighted && !isSoftmax && losses.get(0).isFlat();
    }

    /** Writes gradients and, unless they are all 1, curvatures of an output. */
    void gradients(int output, float[] gradient, float[] curvature) {
        workers.ranges(target.length, FEW_ROWS, (from, to) -> {
            if (isSoftmax) {
                classGradients(output, from, to, gradient, curvature);
            } else if (losses.get(output) instanceof PointLoss.Logistic) {
                logisticGradients(from, to, gradient, curvature);
            } else {
                valueGradients(output, from, to, gradient, curvature);
            }
        });
    }

    private void valueGradients(int output, int from, int to, float[] gradient, float[] curvature) {
        PointLoss loss = losses.get(output);
        double[] own = margins[output];
        boolean isFlat = isFlat();
        for (int row = from; row < to; row++) {
            gradient[row] = (float) (weights[row] * loss.gradient(own[row], target[row]));
            if (!isFlat) {
                curvature[row] = (float) (weights[row] * loss.curvature(own[row], target[row]));
            }
        }
    }

    /** As {@link PointLoss.Logistic}, with one exponential for both. */
    private void logisticGradients(int from, int to, float[] gradient, float[] curvature) {
        double[] own = margins[0];
        for (int row = from; row < to; row++) {
            double p = 1 / (1 + Math.exp(-own[row]));
            gradient[row] = (float) (weights[row] * (p - target[row]));
            curvature[row] = (float) (weights[row] * Math.max(1e-16, p * (1 - p)));
        }
    }

    private void classGradients(int output, int from, int to, float[] gradient, float[] curvature) {
        float[] share = shares[output];
        for (int row = from; row < to; row++) {
            float p = share[row];
            float aim = target[row] == output ? 1 : 0;
            gradient[row] = (float) (weights[row] * (p - aim));
            curvature[row] = (float) (weights[row] * Math.max(1e-16, classFactor * p * (1 - p)));
        }
    }

    /**
     * What a leaf of these rows should add: a Newton step, or the quantile of the residuals that the loss asks for.
     *
     * @param l2 added to the curvature
     */
    double step(int output, int[] rows, int from, int to, float[] gradient, float[] curvature, double l2) {
        double renewedBy = isSoftmax ? Double.NaN : losses.get(output).renewedBy();
        if (!Double.isNaN(renewedBy)) {
            return residual(output, rows, from, to, renewedBy);
        }
        boolean isFlat = isFlat();
        double sum = 0;
        double curved = isFlat ? to - from : 0;
        for (int i = from; i < to; i++) {
            sum += gradient[rows[i]];
            if (!isFlat) {
                curved += curvature[rows[i]];
            }
        }
        return curved + l2 > 0 ? -sum / (curved + l2) : 0;
    }

    /** Whether leaves take Newton steps, instead of a quantile of the residuals. */
    boolean isNewton() {
        return isSoftmax || losses.stream().allMatch(loss -> Double.isNaN(loss.renewedBy()));
    }

    void add(int output, int[] rows, int from, int to, double value) {
        double[] own = margins[output];
        for (int i = from; i < to; i++) {
            own[rows[i]] += value;
        }
    }

    void add(int output, int row, double value) {
        margins[output][row] += value;
    }

    /**
     * What each leaf should add, as {@link #step}; rows of weight 0 count for nothing.
     *
     * @param count only the first so many rows count
     */
    double[] steps(int output, short[] leafOf, int count, int leaves, float[] gradient, float[] curvature, double l2) {
        double renewedBy = isSoftmax ? Double.NaN : losses.get(output).renewedBy();
        if (!Double.isNaN(renewedBy)) {
            return residuals(output, leafOf, count, leaves, renewedBy);
        }
        boolean isFlat = isFlat();
        int chunks = Math.max(1, count / CHUNK);
        double[][] sums = new double[chunks][2 * leaves];
        workers.each(chunks, chunk -> {
            double[] own = sums[chunk];
            int to = Workers.bound(chunk + 1, chunks, count);
            for (int row = Workers.bound(chunk, chunks, count); row < to; row++) {
                own[2 * leafOf[row]] += gradient[row];
                own[2 * leafOf[row] + 1] += isFlat ? 1 : curvature[row];
            }
        });
        double[] steps = new double[leaves];
        for (int leaf = 0; leaf < leaves; leaf++) {
            double sum = 0;
            double curved = 0;
            for (double[] own : sums) {
                sum += own[2 * leaf];
                curved += own[2 * leaf + 1];
            }
            steps[leaf] = curved + l2 > 0 ? -sum / (curved + l2) : 0;
        }
        return steps;
    }

    private double[] residuals(int output, short[] leafOf, int count, int leaves, double share) {
        int[] counts = new int[leaves + 1];
        for (int row = 0; row < count; row++) {
            counts[leafOf[row] + 1]++;
        }
        for (int leaf = 0; leaf < leaves; leaf++) {
            counts[leaf + 1] += counts[leaf];
        }
        int[] next = counts.clone();
        int[] rows = new int[count];
        for (int row = 0; row < count; row++) {
            rows[next[leafOf[row]]++] = row;
        }
        double[] steps = new double[leaves];
        for (int leaf = 0; leaf < leaves; leaf++) {
            steps[leaf] = residual(output, rows, counts[leaf], counts[leaf + 1], share);
        }
        return steps;
    }

    private double residual(int output, int[] rows, int from, int to, double share) {
        double[] rest = new double[to - from];
        double[] weight = new double[to - from];
        for (int i = from; i < to; i++) {
            rest[i - from] = target[rows[i]] - margins[output][rows[i]];
            weight[i - from] = weights[rows[i]];
        }
        return WeightedValues.quantile(rest, weight, share);
    }

    void add(int output, short[] leafOf, double[] values) {
        double[] own = margins[output];
        workers.ranges(own.length, FEW_ROWS, (from, to) -> {
            for (int row = from; row < to; row++) {
                own[row] += values[leafOf[row]];
            }
        });
    }
}
