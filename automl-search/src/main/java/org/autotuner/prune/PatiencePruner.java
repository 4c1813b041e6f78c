package org.autotuner.prune;

import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/**
 * Ends a trial whose reports did not improve for some reports in a row, whatever other trials did: early stopping as
 * for networks (Prechelt: Early Stopping - but when?, 1998). Values that are infinite or no numbers are no improvement.
 *
 * @param patience number of reports without improvement that end a trial, at least 1
 * @param leastGain by how much a value must be below the best one before to count as an improvement, at least 0
 */
public record PatiencePruner(int patience, double leastGain) implements Pruner {

    public PatiencePruner {
        if (patience < 1 || !(leastGain >= 0)) {
            throw new IllegalArgumentException(
                    "patience must be at least 1 and leastGain at least 0, but were %d and %s."
                            .formatted(patience, leastGain));
        }
    }

    /** Any gain counts. */
    public PatiencePruner(int patience) {
        this(patience, 0);
    }

    /** Ten reports; any gain counts. */
    public PatiencePruner() {
        this(10, 0);
    }

    @Override
    public String name() {
        return "patience";
    }

    @Override
    public boolean shouldPrune(Trial trial, StudyHistory history) {
        double best = Double.POSITIVE_INFINITY;
        int since = 0;
        for (Trial.Report report : trial.reports()) {
            if (report.value() < best - leastGain) {
                best = report.value();
                since = 0;
            } else {
                since++;
            }
        }
        return since >= patience;
    }
}
