package org.autotuner.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finished trials, best first. The models of those that can still enter the ensemble are kept: the best
 * {@value #KEPT} and the best of each family, with their predictions; of the others the score remains. Since the
 * order only gets stricter, what is kept does not depend on the order in which trials finish. Thread-safe.
 */
final class Candidates {

    static final int KEPT = 25;

    private static final Comparator<FinishedTrial> ORDER =
            Comparator.comparingDouble(FinishedTrial::error).thenComparingInt(FinishedTrial::number);

    private final List<FinishedTrial> trials = new ArrayList<>();

    synchronized void add(FinishedTrial trial) {
        trials.add(trial);
        trials.sort(ORDER);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < trials.size(); i++) {
            FinishedTrial one = trials.get(i);
            boolean isBestOfFamily = seen.add(one.family());
            if (i >= KEPT && !isBestOfFamily && !one.parts().isEmpty()) {
                trials.set(i, one.withoutParts());
            }
        }
    }

    /** All finished trials, best first. */
    synchronized List<FinishedTrial> all() {
        return List.copyOf(trials);
    }

    /** Those whose models are kept, best first. */
    synchronized List<FinishedTrial> selectable() {
        return trials.stream().filter(trial -> !trial.parts().isEmpty()).toList();
    }

    synchronized Optional<FinishedTrial> best() {
        return trials.stream().findFirst();
    }
}
