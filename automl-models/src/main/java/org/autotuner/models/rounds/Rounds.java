package org.autotuner.models.rounds;

import org.autotuner.task.Task;

/**
 * How many rounds a learning rate is expected to need: the product of both is nearly constant on one data set. The
 * constants are rough means over small and middling tables: 20 for values and two classes, 12 for more.
 */
public final class Rounds {

    private Rounds() {}

    /** Expected rounds until the lowest validation error, with some patience on top. */
    public static double expected(double learningRate, Task task) {
        return product(task) / learningRate;
    }

    /** The learning rate that is expected to need this many rounds. */
    public static double rate(double rounds, Task task) {
        return product(task) / rounds;
    }

    /**
     * The learning rate whose expected rounds fit, not below the wanted one.
     *
     * @return above the largest sensible rate if even that needs too many rounds
     */
    public static double affordable(double wanted, double seconds, double secondsPerRound, Task task) {
        return Math.max(wanted, rate(Math.max(1, seconds / secondsPerRound), task));
    }

    private static double product(Task task) {
        return task.outputs() > 2 && task.isClassification() ? 14 : 20;
    }
}
