package org.autotuner.prune;

import java.util.Optional;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/**
 * For objectives that report one value per fold: ends a trial when the mean of its folds so far is worse than the worst
 * fold of the best completed trial ("forgiving" early stopping: Bergman, Purucker, Hutter: Don't Waste Your Time, arXiv
 * 2405.03389).
 */
public final class ForgivingCrossValidationPruner implements Pruner {

    @Override
    public String name() {
        return "forgiving-cross-validation";
    }

    @Override
    public boolean shouldPrune(Trial trial, StudyHistory history) {
        Optional<Trial> best =
                history.best().filter(incumbent -> !incumbent.reports().isEmpty());
        if (trial.reports().isEmpty() || best.isEmpty()) {
            return false;
        }
        double worst = best.get().reports().stream()
                .mapToDouble(Trial.Report::value)
                .max()
                .orElseThrow();
        double mean = trial.reports().stream()
                .mapToDouble(Trial.Report::value)
                .average()
                .orElseThrow();
        return mean > worst;
    }
}
