package org.autotuner.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;

/** A table study's trials as optimizers and pruners see them: after each fold the mean error so far is reported. */
final class TrialViews {

    private TrialViews() {}

    /** Finished trials as a history, in number order. */
    static TrialHistory history(List<FinishedTrial> trials) {
        return TrialHistory.of(trials.stream()
                .sorted(Comparator.comparingInt(FinishedTrial::number))
                .map(TrialViews::of)
                .toList());
    }

    /** A running trial with the errors of its folds so far. */
    static Trial of(TrialState trial) {
        return new Trial(
                trial.number(),
                trial.configuration(),
                means(trial.errors()),
                null,
                Map.of(Proposals.FAMILY, trial.family()));
    }

    private static Trial of(FinishedTrial trial) {
        double error = Double.isNaN(trial.error()) ? Double.POSITIVE_INFINITY : trial.error();
        return new Trial(
                trial.number(),
                trial.proposed(),
                means(trial.foldErrors()),
                new TrialOutcome.Completed(error, trial.seconds()),
                Map.of(Proposals.FAMILY, trial.family()));
    }

    private static List<Trial.Report> means(List<Double> errors) {
        List<Trial.Report> reports = new ArrayList<>();
        double sum = 0;
        for (int fold = 0; fold < errors.size(); fold++) {
            sum += errors.get(fold);
            reports.add(new Trial.Report(fold + 1, sum / (fold + 1)));
        }
        return reports;
    }
}
