package org.autotuner.models.boost;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FitContext;
import org.autotuner.model.TrainingData;
import org.autotuner.predict.Predictions;
import org.jspecify.annotations.Nullable;

/**
 * Runs boosting rounds until the asked number, the end of the time, or until the validation error has not improved for
 * a while. When the error is measured depends on sizes alone, never on the clock, so that equal seeds give equal models.
 *
 * <p>Patience: {@code 20 sqrt(0.1 / rate) + 0.3 x best round} rounds, at most AutoGluon's 300 rounds (fewer above
 * 10,000 rows, at least 20), which are meant for a rate of 0.05 and are scaled to the one at hand.
 */
final class RoundLoop {

    /** Rounds and the errors measured on the way. */
    record Outcome(int rounds, ErrorCurve curve) {}

    /** Upper limit of rounds without an order to train exactly so many. */
    static final int MAX_ROUNDS = 10_000;

    private static final double EVALUATION_SHARE = 0.1;
    /** Beside the measured cost: at most about two hundred measurements in a long training. */
    private static final int ROUNDS_PER_MEASUREMENT = 100;

    private final FitContext context;
    private final double learningRate;
    private final @Nullable TrainingData validation;
    private final int trainingRows;
    private final int interval;

    RoundLoop(TrainingData data, FitContext context, double learningRate) {
        this.context = context;
        this.learningRate = learningRate;
        this.validation = context.steps() > 0 ? null : data.validation();
        this.trainingRows = data.rows();
        this.interval = validation == null ? 1 : interval(data, validation);
    }

    /** Whether validation outputs will be asked for. */
    boolean measures() {
        return validation != null;
    }

    /**
     * Trains.
     *
     * @throws DeadlineExceededException if the time was up before the first round
     */
    Outcome run(BoostingRun run) {
        context.deadline().check();
        int limit = context.steps() > 0
                ? context.steps()
                : validation == null ? roundsWithoutValidation(learningRate) : MAX_ROUNDS;
        List<Integer> steps = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        int round = 0;
        int bestRound = 0;
        double best = Double.POSITIVE_INFINITY;
        int next = 1;
        boolean more = true;
        while (more && round < limit) {
            run.round();
            round++;
            more = !context.deadline().isOver();
            if (validation == null || round < next && more && round < limit) {
                continue;
            }
            double error = error(run, validation);
            if (Double.isNaN(error)) {
                // Not defined on these rows (AUC of one class): stop where a fit without validation would.
                limit = Math.min(limit, roundsWithoutValidation(learningRate));
                next = limit;
                continue;
            }
            steps.add(round);
            errors.add(error);
            if (error < best) {
                best = error;
                bestRound = round;
            }
            more &= context.progress().report(round, error) && round - bestRound < patience(bestRound);
            next = round + Math.max(interval, round / ROUNDS_PER_MEASUREMENT);
        }
        return new Outcome(round, new ErrorCurve(steps, errors));
    }

    private double error(BoostingRun run, TrainingData rows) {
        Predictions predictions = Predictions.of(rows.task(), run.validationOutputs());
        return context.metric().error(rows.target(), predictions, rows.weights());
    }

    /** Rounds that are enough as a rule when nothing can be measured. */
    static int roundsWithoutValidation(double learningRate) {
        return (int) Math.max(20, Math.min(1000, Math.ceil(10 / learningRate)));
    }

    private double patience(int bestRound) {
        double byRows = Math.max(20, Math.min(300, 300.0 * 10_000 / trainingRows)) * Math.max(0.2, 0.05 / learningRate);
        return Math.max(
                interval * 5.0, Math.min(Math.max(20, byRows), 20 * Math.sqrt(0.1 / learningRate) + 0.3 * bestRound));
    }

    /** Measuring an output costs about 80 ns, training a cell about 6 ns and a round 100 us. */
    private static int interval(TrainingData data, TrainingData validation) {
        int outputs = data.task().outputs();
        double measuring = 80e-9 * validation.rows() * outputs;
        double training = outputs
                * (100e-6 + 6e-9 * data.rows() * Math.max(1, data.features().width()));
        return (int) Math.max(1, Math.min(50, Math.ceil(measuring / training / EVALUATION_SHARE)));
    }
}
