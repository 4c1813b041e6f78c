package org.autotuner.plan;

import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.predict.Predictions;
import org.autotuner.score.Scorers;
import org.autotuner.space.Configuration;

/**
 * A trial whose folds are all fitted: a candidate of the ensemble.
 *
 * @param proposed the configuration as proposed; {@code configuration} is the one adapted to the budget
 * @param error on the selection rows, lower is better
 * @param foldErrors of each fold
 * @param outOfFold one line per evaluation row; empty once the trial is no longer a candidate
 * @param parts one per fold; empty once the trial is no longer a candidate
 * @param seconds of all folds together, preparation included
 * @param fitSeconds of all fits together
 * @param rowMicros measured time of all fold models for one row, in microseconds
 */
record FinishedTrial(
        int number,
        String family,
        Configuration proposed,
        Configuration configuration,
        double error,
        List<Double> foldErrors,
        Predictions outOfFold,
        List<FoldPart> parts,
        double seconds,
        double fitSeconds,
        double rowMicros) {

    FinishedTrial {
        foldErrors = List.copyOf(foldErrors);
        parts = List.copyOf(parts);
    }

    /** Only what a leaderboard shows: no models, no predictions. */
    FinishedTrial withoutParts() {
        return new FinishedTrial(
                number,
                family,
                proposed,
                configuration,
                error,
                foldErrors,
                Predictions.of(outOfFold.task(), new double[0]),
                List.of(),
                seconds,
                fitSeconds,
                rowMicros);
    }

    FinishedTrial withParts(List<FoldPart> given) {
        return new FinishedTrial(
                number,
                family,
                proposed,
                configuration,
                error,
                foldErrors,
                outOfFold,
                given,
                seconds,
                fitSeconds,
                rowMicros);
    }

    double foldDeviation() {
        double mean =
                foldErrors.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double squares =
                foldErrors.stream().mapToDouble(e -> (e - mean) * (e - mean)).sum();
        return foldErrors.size() < 2 ? 0 : Math.sqrt(squares / (foldErrors.size() - 1));
    }

    /** Mean number of steps of the folds, at least 1; 0 for families without steps. */
    int meanSteps() {
        double mean = parts.stream().mapToInt(FoldPart::steps).average().orElse(0);
        return mean == 0 ? 0 : (int) Math.max(1, Math.round(mean));
    }

    /** Size of the fold models in a model file before packing, without the preparations that members share. */
    long bytes() {
        Node node = Node.root();
        parts.forEach(part -> Scorers.write(part.scorer(), node.append("parts")));
        return node.bytes();
    }
}
