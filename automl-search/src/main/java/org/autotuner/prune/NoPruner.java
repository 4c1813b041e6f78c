package org.autotuner.prune;

import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/** Lets every trial run to its end. */
public final class NoPruner implements Pruner {

    @Override
    public String name() {
        return "none";
    }

    @Override
    public boolean shouldPrune(Trial trial, StudyHistory history) {
        return false;
    }
}
