package org.autotuner.models.linear;

import java.util.Arrays;
import org.autotuner.budget.Deadline;
import org.autotuner.task.Weights;
import org.jspecify.annotations.Nullable;

/** Weighted mean loss over the rows plus half the penalty times the squared weights; biases are free. */
final class PenalisedLoss implements Lbfgs.Objective {

    private static final int ROWS_PER_CHECK = 4096;

    private final Design design;
    private final Loss loss;
    private final Weights weights;
    private final double total;
    private final double penalty;
    private final Deadline deadline;
    private final double[] z;
    private final @Nullable FloatSums floats;
    private final @Nullable DenseSums blocks;

    /**
     * A loss.
     *
     * @param rough whether sums over the rows may be in floats
     * @param blocks of the design's rows, where they are dense and many; else null
     */
    PenalisedLoss(
            Design design,
            Loss loss,
            Weights weights,
            double penalty,
            boolean rough,
            @Nullable DenseSums blocks,
            Deadline deadline) {
        this.design = design;
        this.loss = loss;
        this.weights = weights;
        this.penalty = penalty;
        this.deadline = deadline;
        this.z = new double[loss.outputs()];
        this.blocks = blocks;
        this.floats = rough && z.length > 1 && blocks == null ? new FloatSums(design, z.length) : null;
        double sum = 0;
        for (int row = 0; row < design.rows(); row++) {
            sum += weights.at(row);
        }
        this.total = sum > 0 ? sum : 1;
    }

    @Override
    public double evaluate(double[] w, double[] gradient) {
        if (blocks != null) {
            Arrays.fill(gradient, 0);
            return penalised(blocks.evaluate(w, loss, weights, gradient, deadline), w, gradient);
        }
        if (floats != null) {
            floats.start(w);
        } else {
            Arrays.fill(gradient, 0);
        }
        double sum = 0;
        for (int row = 0; row < design.rows(); row++) {
            if (row % ROWS_PER_CHECK == 0) {
                deadline.check();
            }
            double weight = weights.at(row);
            if (weight == 0) {
                continue;
            }
            if (floats != null) {
                floats.scores(row, z);
            } else {
                design.scores(w, row, z);
            }
            sum += weight * loss.at(row, z);
            if (weight != 1) {
                for (int k = 0; k < z.length; k++) {
                    z[k] *= weight;
                }
            }
            if (floats != null) {
                floats.addGradient(z, row);
            } else {
                design.addGradient(z, row, gradient);
            }
        }
        if (floats != null) {
            floats.end(gradient);
        }
        return penalised(sum, w, gradient);
    }

    private double penalised(double sum, double[] w, double[] gradient) {
        double squares = 0;
        int penalised = design.width() * z.length;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= total;
            if (i < penalised) {
                gradient[i] += penalty * w[i];
                squares += w[i] * w[i];
            }
        }
        return sum / total + penalty / 2 * squares;
    }
}
