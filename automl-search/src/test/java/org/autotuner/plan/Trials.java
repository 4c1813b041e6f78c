package org.autotuner.plan;

import java.util.Arrays;
import java.util.List;
import org.autotuner.budget.Deadline;
import org.autotuner.execute.FoldCache;
import org.autotuner.execute.FoldOutcome;
import org.autotuner.execute.FoldTask;
import org.autotuner.execute.StudyData;
import org.autotuner.fakes.FakeFamily;
import org.autotuner.model.FittedModel;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FittedPreparations;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.prepare.TextEncoder;
import org.autotuner.score.ConstantScorer;
import org.autotuner.space.Configuration;
import org.autotuner.task.Task;

/** Made trials. */
final class Trials {

    private Trials() {}

    static FinishedTrial of(int number, String family, double error, Predictions outOfFold, double rowMicros) {
        Configuration configuration = FakeFamily.sharpness(1 + number / 10.0);
        return new FinishedTrial(
                number,
                family,
                configuration,
                configuration,
                error,
                List.of(error, error),
                outOfFold,
                List.of(new FoldPart(FittedPreparations.none(), ConstantScorer.of(0.5), 0)),
                1,
                0.5,
                rowMicros);
    }

    static FinishedTrial of(int number, String family, double... foldErrors) {
        Configuration configuration = FakeFamily.sharpness(1 + number / 10.0);
        return new FinishedTrial(
                number,
                family,
                configuration,
                configuration,
                Arrays.stream(foldErrors).average().orElse(Double.NaN),
                Arrays.stream(foldErrors).boxed().toList(),
                Predictions.of(new org.autotuner.task.BinaryTask("y", "no", "yes"), new double[] {0.5}),
                List.of(new FoldPart(FittedPreparations.none(), ConstantScorer.of(0.5), 0)),
                1,
                0.5,
                1);
    }

    static Predictions predictions(Task task, double... outputs) {
        return Predictions.of(task, outputs);
    }

    /** The outcome of fitting this model on a fold. */
    static FoldOutcome.Fitted fitted(StudyData data, int fold, FittedModel model, double error) {
        FoldTask task = new FoldTask(
                1, fold, "fake", FakeFamily.sharpness(5), false, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        return new FoldOutcome.Fitted(
                task,
                task.configuration(),
                model,
                new FoldCache(data, 0).get(PreparationPlan.forKernels(), fold, Deadline.never()),
                null,
                error,
                0.1,
                0.2);
    }

    /** For journals that need no encoder of texts. */
    static TextEncoder noEncoder(String id) {
        throw new IllegalStateException("No trial here has the encoder " + id);
    }
}
