package org.autotuner.model;

/**
 * Weighted mean and standard deviation of a real target, so that models that compute with floats work on numbers near 1.
 * Labels keep their numbers, and a constant target has the deviation 1.
 */
public record TargetScale(double mean, double deviation) {

    /** That of the training rows. */
    public static TargetScale of(TrainingData data) {
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

    /** The target as the model sees it. */
    public float[] apply(TrainingData data) {
        float[] labels = new float[data.rows()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = (float) ((data.target().value(row) - mean) / deviation);
        }
        return labels;
    }

    /** From the model's values back to the target's. */
    public double undo(double value) {
        return mean + deviation * value;
    }
}
