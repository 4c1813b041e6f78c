package org.autotuner.prune;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;

/** Views of trials' reports; a value that is not a number counts as infinite. */
final class Reports {

    private Reports() {}

    /** The last reported step; before all steps without reports. */
    static int lastStep(Trial trial) {
        List<Trial.Report> reports = trial.reports();
        return reports.isEmpty()
                ? Integer.MIN_VALUE
                : reports.get(reports.size() - 1).step();
    }

    /** What a trial is worth by its reports up to a step: the lowest, or of running means the last. */
    static OptionalDouble standing(Trial trial, int step, boolean hasRunningMeans) {
        DoubleStream values =
                trial.reports().stream().filter(report -> report.step() <= step).mapToDouble(Reports::value);
        return hasRunningMeans ? values.reduce((before, last) -> last) : values.min();
    }

    /** The same up to the report that reached a step, be it at that step or, with gaps, after it. */
    static double standingWhenReached(Trial trial, int step, boolean hasRunningMeans) {
        double standing = Double.POSITIVE_INFINITY;
        for (Trial.Report report : trial.reports()) {
            standing = hasRunningMeans ? value(report) : Math.min(standing, value(report));
            if (report.step() >= step) {
                break;
            }
        }
        return standing;
    }

    /** The value of each fold, be it reported itself or as the mean of all so far; endless after an endless mean. */
    static double[] folds(Trial trial, boolean hasRunningMeans) {
        double[] folds = trial.reports().stream().mapToDouble(Reports::value).toArray();
        if (hasRunningMeans) {
            double before = 0;
            for (int i = 0; i < folds.length; i++) {
                double sum = folds[i] * (i + 1);
                folds[i] = Double.isFinite(before) ? sum - before : folds[i];
                before = sum;
            }
        }
        return folds;
    }

    /** The trials that reported this step or a later one and did not fail. */
    static Stream<Trial> at(int step, StudyHistory history) {
        return history.trials().stream()
                .filter(trial -> !trial.reports().isEmpty()
                        && lastStep(trial) >= step
                        && !(trial.outcome() instanceof TrialOutcome.Failed));
    }

    /** The last reported value of a trial that has reports. */
    static double last(Trial trial) {
        return value(trial.reports().get(trial.reports().size() - 1));
    }

    static double value(Trial.Report report) {
        return Double.isNaN(report.value()) ? Double.POSITIVE_INFINITY : report.value();
    }
}
