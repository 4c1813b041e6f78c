package org.autotuner.optimize;

import java.util.HashSet;
import java.util.Set;
import org.autotuner.space.Configuration;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/** The configurations of a growing history, each read once; a trial's configuration never changes. */
final class Tried {

    private final Set<Integer> numbers = new HashSet<>();
    private final Set<Configuration> configurations = new HashSet<>();

    void learn(StudyHistory history) {
        for (Trial trial : history.trials()) {
            if (numbers.add(trial.number())) {
                configurations.add(trial.configuration());
            }
        }
    }

    boolean contains(Configuration configuration) {
        return configurations.contains(configuration);
    }
}
