package org.autotuner.plan;

import java.util.Set;
import org.autotuner.evaluate.Calibration;
import org.autotuner.evaluate.Threshold;
import org.autotuner.execute.StudyData;
import org.autotuner.predict.Predictions;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/**
 * What is tuned on the ensemble's out-of-fold predictions after its weights: a temperature where the metric reads
 * probabilities, a decision threshold where it reads decided labels.
 */
record PostProcessing(Calibration calibration, double threshold) {

    private static final Set<String> OF_PROBABILITIES = Set.of("log_loss", "brier");
    private static final Set<String> INDIFFERENT = Set.of("log_loss", "brier", "roc_auc", "pr_auc");

    static PostProcessing of(StudyData data, EvaluationRows rows, Predictions outOfFold) {
        if (!data.task().isClassification()) {
            return new PostProcessing(Calibration.NONE, 0.5);
        }
        int[] all = rows.rows();
        Target truth = data.target().select(all);
        Weights weights = data.weights().select(all);
        String metric = data.metric().name();
        Calibration calibration =
                OF_PROBABILITIES.contains(metric) ? Calibration.fit(truth, outOfFold, weights) : Calibration.NONE;
        double threshold = data.task() instanceof BinaryTask && !INDIFFERENT.contains(metric)
                ? Threshold.choose(truth, outOfFold, weights, data.metric())
                : 0.5;
        return new PostProcessing(calibration, threshold);
    }
}
