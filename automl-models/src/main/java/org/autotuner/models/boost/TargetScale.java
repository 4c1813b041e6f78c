package org.autotuner.models.boost;

import org.autotuner.model.TrainingData;

/**
 * Mean and standard deviation of a real target, so that boosters that add up floats work on numbers near 1. Labels
 * keep their numbers.
 */
record TargetScale(double mean, double deviation) {

    static TargetScale of(TrainingData data) {
        if (data.task().isClassification()) {
            return new TargetScale(0, 1);
        }
        double weight = 0;
        double mean = 0;
        double squares = 0;
        for (int row = 0; row < data.rows(); row++) {
            double w = data.weights().at(row);
            if (w > 0) {
                weight += w;
                double delta = data.target().value(row) - mean;
                mean += delta * w / weight;
                squares += w * delta * (data.target().value(row) - mean);
            }
        }
        double deviation = Math.sqrt(squares / weight);
        // A constant target leaves rounding errors alone: they are not to be blown up.
        boolean constant = !(deviation > 1e-12 * Math.abs(mean));
        return new TargetScale(mean, constant || !Double.isFinite(deviation) ? 1 : deviation);
    }

    /** The target as the booster sees it. */
    float[] apply(TrainingData data) {
        float[] labels = new float[data.rows()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = (float) ((data.target().value(row) - mean) / deviation);
        }
        return labels;
    }

    /** From the booster's values back to the target's. */
    double undo(double value) {
        return mean + deviation * value;
    }
}
