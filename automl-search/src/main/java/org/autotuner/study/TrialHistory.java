package org.autotuner.study;

import java.util.List;
import java.util.Optional;

/** A history of given trials. Immutable and thread-safe. */
public final class TrialHistory implements StudyHistory {

    private final List<Trial> trials;

    private TrialHistory(List<Trial> trials) {
        this.trials = trials;
    }

    /** The trials in number order; copied. */
    public static TrialHistory of(List<Trial> trials) {
        return new TrialHistory(List.copyOf(trials));
    }

    @Override
    public List<Trial> trials() {
        return trials;
    }

    @Override
    public Optional<Trial> best() {
        Trial best = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (Trial trial : trials) {
            double value = trial.value().orElse(Double.POSITIVE_INFINITY);
            if (trial.isFeasible() && (best == null || value < lowest)) {
                best = trial;
                lowest = value;
            }
        }
        return Optional.ofNullable(best);
    }

    @Override
    public int trialsSinceBest() {
        Optional<Trial> best = best();
        return (int) trials.stream()
                .filter(trial -> !trial.isRunning())
                .filter(trial -> best.isEmpty() || trial.number() > best.get().number())
                .count();
    }
}
