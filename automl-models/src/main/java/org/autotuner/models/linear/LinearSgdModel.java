package org.autotuner.models.linear;

import org.autotuner.score.Scorer;
import org.tribuo.math.FeedForwardParameters;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.la.DenseMatrix;

/** A weight per feature and output, the biases in the last column. */
final class LinearSgdModel implements SgdModel {

    private final LinearShape shape;
    private final LinearParameters parameters;

    LinearSgdModel(LinearShape shape, double[] biases) {
        this.shape = shape;
        this.parameters = new LinearParameters(shape.dense() + shape.sparse() + 1, biases.length);
        for (int k = 0; k < biases.length; k++) {
            parameters.getWeightMatrix().set(k, shape.dense() + shape.sparse(), biases[k]);
        }
    }

    @Override
    public FeedForwardParameters parameters() {
        return parameters;
    }

    @Override
    public boolean biasIsFeature() {
        return true;
    }

    @Override
    public Scorer scorer() {
        return shape.scorer(byFeature(parameters.getWeightMatrix()));
    }

    /** Tribuo's matrix lies output by output, ours feature by feature. */
    static double[] byFeature(DenseMatrix matrix) {
        int outputs = matrix.getDimension1Size();
        int width = matrix.getDimension2Size();
        double[] weights = new double[width * outputs];
        for (int f = 0; f < width; f++) {
            for (int k = 0; k < outputs; k++) {
                weights[f * outputs + k] = matrix.get(k, f);
            }
        }
        return weights;
    }
}
