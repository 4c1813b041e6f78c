package org.autotuner.models.rounds;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.predict.Predictions;
import org.autotuner.score.Scorer;

/**
 * Grows a booster until its validation error has not improved for a while, or the deadline, the listener or the given
 * number of rounds ends it. The error is measured at rounds that grow by a twentieth, so that measuring stays cheap and
 * the rounds do not depend on any clock.
 */
public final class BoostingLoop {

    private static final double GROWTH = 1.05;
    private static final int MOST_ROUNDS = 10_000;

    private BoostingLoop() {}

    /**
     * Makes a booster of the training rows, runs its rounds and closes it. Where the number of rounds is given, it gets no
     * validation rows.
     *
     * @param learningRate as in {@link #run}
     * @throws org.autotuner.budget.DeadlineExceededException if not even one round was possible
     */
    public static FittedModel fit(
            Function<TrainingData, ? extends RoundTrainer> booster,
            TrainingData data,
            FitContext context,
            double learningRate) {
        context.deadline().check();
        TrainingData used = context.steps() > 0 ? data.withValidation(null) : data;
        try (RoundTrainer trainer = booster.apply(used)) {
            return run(trainer, used, context, learningRate);
        }
    }

    /**
     * Runs the rounds.
     *
     * @param learningRate decides patience, and the rounds where there is no error to measure
     * @throws org.autotuner.budget.DeadlineExceededException if not even one round was possible
     */
    public static FittedModel run(RoundTrainer trainer, TrainingData data, FitContext context, double learningRate) {
        int given = context.steps();
        int unmeasured = (int) Math.ceil(Rounds.expected(learningRate, data.task()));
        int most = given > 0 ? given : data.validation() == null ? unmeasured : MOST_ROUNDS;
        List<Integer> steps = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        double best = Double.POSITIVE_INFINITY;
        int bestRound = 0;
        int nextMeasured = 1;
        int round = 0;
        context.deadline().check();
        while (round < most) {
            if (round > 0 && context.deadline().isOver()) {
                break;
            }
            boolean grew = trainer.update();
            round++;
            boolean isLast = !grew || round == most || context.deadline().isOver();
            if (data.validation() != null && given == 0 && (round >= nextMeasured || isLast)) {
                nextMeasured = (int) Math.max(round + 1, Math.floor(round * GROWTH));
                double error = error(trainer, data, context);
                if (Double.isNaN(error)) {
                    // Not defined on these rows (AUC of one class): end where a fit without validation would.
                    most = Math.min(most, Math.max(round, unmeasured));
                    continue;
                }
                steps.add(round);
                errors.add(error);
                if (error < best) {
                    best = error;
                    bestRound = round;
                }
                if (!context.progress().report(round, error) || round - bestRound > patience(learningRate, bestRound)) {
                    break;
                }
            }
            if (!grew) {
                break;
            }
        }
        return new Boosted(trainer.model(), new ErrorCurve(steps, errors));
    }

    /** Rounds without improvement: more for small learning rates and for late optima. */
    private static double patience(double learningRate, int bestRound) {
        return 15 + 3 / learningRate + 0.2 * bestRound;
    }

    private static double error(RoundTrainer trainer, TrainingData data, FitContext context) {
        TrainingData validation = Objects.requireNonNull(data.validation());
        Predictions predictions = Predictions.of(data.task(), trainer.validationOutputs());
        return context.metric().error(validation.target(), predictions, validation.weights());
    }

    private record Boosted(FittedModel model, ErrorCurve curve) implements FittedModel {

        @Override
        public Scorer scorer() {
            return model.scorer();
        }

        @Override
        public Scorer scorer(int steps) {
            return model.scorer(steps);
        }
    }
}
