package org.autotuner.optimize;

import java.util.Optional;
import org.autotuner.space.Configuration;
import org.autotuner.study.StudyHistory;

/** One study's optimizer; used by one thread. Random numbers come from (seed, trial number) only. */
public interface OptimizerSession {

    /**
     * The configuration of trial {@code number}.
     *
     * @param history finished and running trials that this proposal may know
     * @return empty if the space is exhausted
     */
    Optional<Configuration> propose(int number, StudyHistory history);
}
