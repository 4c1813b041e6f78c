package org.autotuner.models.linear;

import java.util.SplittableRandom;
import org.autotuner.score.FactorizationMachineScorer;
import org.autotuner.score.Scorer;
import org.tribuo.common.sgd.FMParameters;
import org.tribuo.math.FeedForwardParameters;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.Tensor;

/** Biases, a weight per feature and output, and a matrix of factors per output. */
final class FactorModel implements SgdModel {

    private final LinearShape shape;
    private final int rank;
    private final FMParameters parameters;

    FactorModel(LinearShape shape, double[] biases, int rank, double spread, long seed) {
        this.shape = shape;
        this.rank = rank;
        this.parameters = new FMParameters(
                new SplittableRandom(seed), shape.dense() + shape.sparse(), biases.length, rank, spread);
        DenseVector start = (DenseVector) parameters.get()[0];
        for (int k = 0; k < biases.length; k++) {
            start.set(k, biases[k]);
        }
    }

    @Override
    public FeedForwardParameters parameters() {
        return parameters;
    }

    @Override
    public boolean biasIsFeature() {
        return false;
    }

    @Override
    public Scorer scorer() {
        Tensor[] all = parameters.get();
        double[] intercepts = ((DenseVector) all[0]).toArray();
        double[] weights = LinearSgdModel.byFeature((DenseMatrix) all[1]);
        int outputs = intercepts.length;
        int width = shape.dense() + shape.sparse();
        double scale = shape.scale();
        double[] factors = new double[width * outputs * rank];
        for (int k = 0; k < outputs; k++) {
            DenseMatrix matrix = (DenseMatrix) all[2 + k];
            for (int f = 0; f < width; f++) {
                for (int r = 0; r < rank; r++) {
                    // Products of two factors carry the unit of the target once.
                    factors[(f * outputs + k) * rank + r] = Math.sqrt(scale) * matrix.get(r, f);
                }
            }
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= scale;
        }
        for (int k = 0; k < outputs; k++) {
            intercepts[k] = shape.shift() + scale * intercepts[k];
        }
        return FactorizationMachineScorer.of(
                shape.dense(), shape.sparse(), rank, intercepts, weights, factors, shape.link());
    }
}
