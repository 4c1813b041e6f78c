package org.autotuner.models.tree;

import java.util.function.Function;
import org.autotuner.model.FitContext;
import org.autotuner.model.TrainingData;
import org.autotuner.models.rounds.RoundTrainer;
import org.autotuner.models.rounds.Rounds;

/** What the granted time allows a booster whose rounds all cost about the same. */
final class TimeShare {

    private static final int TIMED_ROUNDS = 8;
    private static final double FASTEST_RATE = 0.3;

    private TimeShare() {}

    /** The wanted learning rate, raised until its expected rounds fit into the share, of which some rounds are timed. */
    static double learningRate(
            Function<TrainingData, ? extends RoundTrainer> booster,
            TrainingData data,
            FitContext context,
            double wanted) {
        double seconds = context.secondsShare();
        if (Double.isInfinite(seconds)) {
            return wanted;
        }
        long start = System.nanoTime();
        try (RoundTrainer trainer = booster.apply(data.withValidation(null))) {
            double setup = (System.nanoTime() - start) * 1e-9;
            double perRound = trainer.secondsPerRound(TIMED_ROUNDS, 0.1 * seconds, context.deadline());
            double rate = Rounds.affordable(wanted, seconds - Math.min(setup, seconds), perRound, data.task());
            return Math.min(FASTEST_RATE, rate);
        }
    }
}
