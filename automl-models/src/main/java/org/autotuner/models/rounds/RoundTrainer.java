package org.autotuner.models.rounds;

import org.autotuner.budget.Deadline;
import org.autotuner.model.FittedModel;

/** A booster that grows round by round. Used by one thread; {@code close} frees its native memory. */
public interface RoundTrainer extends AutoCloseable {

    /** Grows one round; false if no tree could be split any further. */
    boolean update();

    /** Outputs (probabilities, values) for the validation rows after the rounds so far: rows x outputs. */
    double[] validationOutputs();

    /** What was learned so far, in plain Java; of steps the scorer after so many rounds. */
    FittedModel model();

    /**
     * Trains up to {@code rounds} rounds within about {@code seconds} and returns the seconds of one. The first one
     * counts only if it is the only one, since it also sorts the data into bins.
     *
     * @throws org.autotuner.budget.DeadlineExceededException if the time is up
     */
    default double secondsPerRound(int rounds, double seconds, Deadline deadline) {
        long start = System.nanoTime();
        deadline.check();
        update();
        long second = System.nanoTime();
        int done = 0;
        while (done < rounds - 1 && (System.nanoTime() - start) * 1e-9 < seconds && !deadline.isOver()) {
            update();
            done++;
        }
        return done == 0 ? (second - start) * 1e-9 : (System.nanoTime() - second) * 1e-9 / done;
    }

    @Override
    void close();
}
