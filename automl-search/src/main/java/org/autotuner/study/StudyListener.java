package org.autotuner.study;

/**
 * Hears what happens during a study. Called by one thread of its own, in order; a slow listener delays nobody and may
 * miss events, one that throws is reported once and hears nothing further.
 */
@FunctionalInterface
public interface StudyListener {

    void on(StudyEvent event);
}
