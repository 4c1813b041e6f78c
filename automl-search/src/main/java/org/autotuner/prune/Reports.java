package org.autotuner.prune;

import java.util.List;
import java.util.OptionalDouble;
import org.autotuner.study.Trial;

/** Views of a trial's reports. */
final class Reports {

    private Reports() {}

    /** The last reported step, or -1 without reports. */
    static int lastStep(Trial trial) {
        List<Trial.Report> reports = trial.reports();
        return reports.isEmpty() ? -1 : reports.get(reports.size() - 1).step();
    }

    /** The lowest value reported up to a step. */
    static OptionalDouble lowestUpTo(Trial trial, int step) {
        return trial.reports().stream()
                .filter(report -> report.step() <= step)
                .mapToDouble(Trial.Report::value)
                .min();
    }

    /** Whether the trial reported this step or a later one. */
    static boolean reached(Trial trial, int step) {
        return lastStep(trial) >= step;
    }
}
