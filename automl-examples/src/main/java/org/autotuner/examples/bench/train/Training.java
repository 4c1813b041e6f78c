package org.autotuner.examples.bench.train;

/** A training that can run an epoch at a time. */
public interface Training extends AutoCloseable {

    /** Runs an epoch and returns the optimizer steps per second, over all networks. */
    double stepsPerSecond() throws Exception;

    @Override
    void close();
}
