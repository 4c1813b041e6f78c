package org.autotuner.models.rounds;

import org.autotuner.error.DataException;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.task.Weights;
import org.jspecify.annotations.Nullable;

/**
 * What native boosters do not check themselves, although wrong values give silent nonsense or abort the process: labels,
 * weights, category codes, sizes.
 */
public final class BoostingChecks {

    private BoostingChecks() {}

    /**
     * Checks training rows and, where given, validation rows.
     *
     * @throws DataException with the place of the first fault
     */
    public static void check(TrainingData data) {
        rows(data, "training");
        if (data.validation() != null) {
            TrainingData validation = data.validation();
            rows(validation, "validation");
            if (validation.features().width() != data.features().width()) {
                throw new DataException(
                        "The validation rows have %d features, the training rows %d. Prepare both alike."
                                .formatted(
                                        validation.features().width(),
                                        data.features().width()));
            }
        }
        double sum = 0;
        for (int row = 0; row < data.rows(); row++) {
            sum += data.weights().at(row);
        }
        if (!(sum > 0)) {
            throw new DataException(
                    "All %d training weights are 0: at least one must be positive.".formatted(data.rows()));
        }
    }

    private static void rows(TrainingData data, String part) {
        FeatureMatrix features = data.features();
        if (data.rows() == 0 || features.width() == 0) {
            throw new DataException("The %s data have %d rows and %d dense features: at least one of each is needed."
                    .formatted(part, data.rows(), features.width()));
        }
        if (features.sparse() != null) {
            throw new DataException(
                    "Boosted trees read dense features only, but the %s data have sparse ones too. ".formatted(part)
                            + "Use a preparation for trees.");
        }
        if (data.task().isClassification() != data.target().hasLabels()) {
            throw new DataException("The %s target has %s, which a %s task has not."
                    .formatted(
                            part,
                            data.target().hasLabels() ? "labels" : "values",
                            data.task().kind()));
        }
        targets(data, part);
        weights(data.weights(), data.rows(), part);
        codes(features, part);
    }

    private static void targets(TrainingData data, String part) {
        int classes = data.task().labels().size();
        for (int row = 0; row < data.rows(); row++) {
            double value = data.target().value(row);
            if (classes > 0 ? value < 0 || value >= classes : !Double.isFinite(value)) {
                throw new DataException("The target of %s row %d is %s, but must be %s. Correct or drop the row."
                        .formatted(part, row, value, classes > 0 ? "a label of 0.." + (classes - 1) : "finite"));
            }
        }
    }

    private static void weights(Weights weights, int rows, String part) {
        if (weights.isNone()) {
            return;
        }
        for (int row = 0; row < rows; row++) {
            double weight = weights.at(row);
            if (!(weight >= 0) || weight > Float.MAX_VALUE) {
                throw new DataException("The weight of %s row %d is %s, but must be finite and at least 0."
                        .formatted(part, row, weight));
            }
        }
    }

    private static void codes(FeatureMatrix features, String part) {
        for (int column = 0; column < features.width(); column++) {
            Feature feature = features.features().get(column);
            if (!feature.isCategorical()) {
                continue;
            }
            for (int row = 0; row < features.rows(); row++) {
                float code = features.at(row, column);
                if (!Float.isNaN(code) && !(code >= 0 && code < feature.cardinality() && code == (int) code)) {
                    throw new DataException(
                            "Category code %s of feature '%s' in %s row %d is not a whole number of 0..%d."
                                    .formatted(code, feature.name(), part, row, feature.cardinality() - 1));
                }
            }
        }
    }

    /** Weights as floats, or null if all are 1. */
    public static float @Nullable [] weights(TrainingData data) {
        if (data.weights().isNone()) {
            return null;
        }
        float[] weights = new float[data.rows()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = (float) data.weights().at(row);
        }
        return weights;
    }
}
