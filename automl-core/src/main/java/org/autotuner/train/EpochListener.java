package org.autotuner.train;

/** Hears of every finished epoch, on the training thread. */
@FunctionalInterface
public interface EpochListener {

    /** Never objects. */
    EpochListener NONE = epoch -> true;

    /** Whether to go on; {@code false} ends the training, which returns what it has (pruning). */
    boolean finished(Epoch epoch);
}
