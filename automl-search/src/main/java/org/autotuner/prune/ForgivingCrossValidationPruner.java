package org.autotuner.prune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
        double worst = folds(incumbent.get()).stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow();
        double mean = hasRunningMeans ? Reports.last(trial) : mean(trial);
        return mean > worst;
    }

    private static double mean(Trial trial) {
        return trial.reports().stream().mapToDouble(Reports::value).average().orElseThrow();
    }

    private List<Double> folds(Trial trial) {
        List<Double> folds = new ArrayList<>();
        double sum = 0;
        for (Trial.Report report : trial.reports()) {
            double value = Reports.value(report);
            double fold = hasRunningMeans && Double.isFinite(sum) ? value * (folds.size() + 1) - sum : value;
            folds.add(fold);
            sum += fold;
        }
        return folds;
    }
}
