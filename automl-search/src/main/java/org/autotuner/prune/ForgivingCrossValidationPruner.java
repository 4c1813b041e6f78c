package org.autotuner.prune;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/**
 * Ends a trial when the mean of its folds so far is worse than the worst fold of the best completed trial ("forgiving"
 * early stopping: Bergman, Purucker, Hutter: Don't Waste Your Time, arXiv 2405.03389).
 *
 * @param hasRunningMeans false where one value per fold is reported; true where, after each fold, the mean of all folds
 *     so far is reported, as a fit of a table does
 */
public record ForgivingCrossValidationPruner(boolean hasRunningMeans) implements Pruner {

    /** For objectives that report one value per fold. */
    public ForgivingCrossValidationPruner() {
        this(false);
    }

    @Override
    public String name() {
        return "forgiving-cross-validation";
    }

    @Override
    public ForgivingCrossValidationPruner forRunningMeans() {
        return new ForgivingCrossValidationPruner(true);
    }

    @Override
    public boolean shouldPrune(Trial trial, StudyHistory history) {
        Optional<Trial> incumbent = history.trials().stream()
                .filter(other -> other.value().isPresent() && !other.reports().isEmpty())
                .min(Comparator.comparing(other -> other.value().orElseThrow()));
        if (trial.reports().isEmpty() || incumbent.isEmpty()) {
            return false;
        }
        double worst = Arrays.stream(folds(incumbent.get())).max().orElseThrow();
        return Arrays.stream(folds(trial)).average().orElseThrow() > worst;
    }

    private double[] folds(Trial trial) {
        return Reports.folds(trial, hasRunningMeans);
    }
}
