package org.autotuner.models.linear;

import org.autotuner.model.TrainingData;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.SparseRows;
import org.jspecify.annotations.Nullable;

/** A factor for each sparse column, which a linear model has in its data while it is fitted. Immutable. */
final class TermFactors {

    static final TermFactors NONE = new TermFactors(new double[0]);

    private final double[] factors;

    /** Factors; none at all leave everything as it is. Not copied. */
    TermFactors(double[] factors) {
        this.factors = factors;
    }

    /** The same rows, and validation rows, with multiplied columns. */
    TrainingData apply(TrainingData data) {
        @Nullable TrainingData validation = data.validation();
        return new TrainingData(
                data.task(),
                apply(data.features()),
                data.target(),
                data.weights(),
                validation == null ? null : apply(validation));
    }

    /** Weights for the columns as they were, from weights for the multiplied ones. */
    double[] unscaled(double[] parameters, LinearShape shape) {
        if (factors.length == 0) {
            return parameters;
        }
        int outputs = shape.task().outputs();
        double[] weights = parameters.clone();
        for (int column = 0; column < factors.length; column++) {
            for (int k = 0; k < outputs; k++) {
                weights[(shape.dense() + column) * outputs + k] *= factors[column];
            }
        }
        return weights;
    }

    private FeatureMatrix apply(FeatureMatrix features) {
        @Nullable SparseRows sparse = features.sparse();
        if (sparse == null || factors.length == 0) {
            return features;
        }
        int[] start = new int[sparse.rows() + 1];
        for (int row = 0; row < sparse.rows(); row++) {
            start[row + 1] = sparse.end(row);
        }
        int[] index = new int[start[sparse.rows()]];
        float[] value = new float[index.length];
        for (int e = 0; e < index.length; e++) {
            index[e] = sparse.index(e);
            value[e] = (float) (sparse.value(e) * factors[index[e]]);
        }
        return FeatureMatrix.of(
                features.features(),
                features.rows(),
                features.denseArray(),
                new SparseRows(sparse.width(), start, index, value));
    }
}
