package org.autotuner.train;

/**
 * One or several networks of one shape in training, with the rows they learn from and those they are measured on, all on
 * one device. What the {@link TrainingLoop} drives, and what a faster way to train implements. Used by one thread at a
 * time; two learners may be used by two threads at once, and learn what they would learn alone.
 *
 * <p>All randomness comes from the seeds of the settings and the plans, never from the engine's generator.
 */
public interface Learner extends AutoCloseable {

    /** Networks trained at once, each with its own weights, order of rows and dropout; usually 1. */
    int members();

    /** Number of training rows. */
    int rows();

    /**
     * Steps that one call of {@link #train} should take, so that calls are few and yet short beside the deadline, which is
     * asked between them; at least 1, constant. The random numbers of a training depend on it.
     */
    default int stepsAtOnce() {
        return 64;
    }

    /**
     * Runs the optimizer steps of a plan.
     *
     * @return the mean loss of the steps, over all members; NaN or infinite where the training diverged
     */
    double train(StepPlan plan);

    /**
     * Outputs of the evaluation rows under the current (averaged, if the settings say so) weights, before any link:
     * logits or values, member by member, row by row.
     *
     * @return members x evaluation rows x outputs; empty without evaluation rows
     */
    float[] outputs();

    /** A copy of the weights that {@link #outputs()} uses. */
    Weights weights();

    /** Puts weights back that {@link #weights()} gave; the optimizer's memory stays as it is. */
    void restore(Weights weights);

    /** Everything that a later learner of the same shape and rows needs to go on as if it had not stopped. */
    LearnerState state();

    /** Goes on from a state; bit-equal to not having stopped. */
    void resume(LearnerState state);

    /** Frees the device memory; may be called twice. */
    @Override
    void close();
}
