package org.autotuner.plan;

import java.util.List;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.ensemble.Ensembler;
import org.autotuner.ensemble.GreedyEnsembler;
import org.autotuner.evaluate.HonestScore;
import org.autotuner.execute.Seeds;
import org.autotuner.execute.StudyData;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/**
 * The score that the caller may expect on new rows. On few rows the bootstrap over out-of-fold predictions that repeats
 * the selection (BBC-CV: Tsamardinos, Greasidou, Borboudakis, Machine Learning 107, 2018); on many the rows that no
 * selection ever saw.
 */
final class HonestValidation {

    private static final int REPEATED_CANDIDATES = 8;
    private static final int REPEATED_ROUNDS = 8;
    private static final int RESAMPLES = 200;
    private static final int ENOUGH_RESAMPLES = 20;

    private final StudyData data;
    private final EvaluationRows rows;

    HonestValidation(StudyData data, EvaluationRows rows) {
        this.data = data;
        this.rows = rows;
    }

    /** The honest score of the chosen ensemble. */
    FitReport.Validation of(List<FinishedTrial> candidates, Delivery.Chosen chosen, Deadline deadline) {
        long seed = Seeds.of(data.seed(), -4);
        int[] report = rows.report();
        try {
            return inTime(candidates, chosen, report, seed, deadline);
        } catch (DeadlineExceededException e) { // before the first resample
            return withoutTime(report.length > 0 ? report : rows.selection(), chosen);
        }
    }

    private FitReport.Validation inTime(
            List<FinishedTrial> candidates, Delivery.Chosen chosen, int[] report, long seed, Deadline deadline) {
        deadline.check();
        if (report.length > 0) {
            HonestScore score = HonestScore.ofHeldOut(
                    truth(report),
                    weights(report),
                    data.metric(),
                    chosen.outOfFold().select(report),
                    RESAMPLES,
                    seed,
                    deadline);
            return validation(score, "%,d rows that no selection saw".formatted(report.length));
        }
        int[] selection = rows.selection();
        List<Predictions> repeated = candidates.stream()
                .limit(REPEATED_CANDIDATES)
                .map(trial -> trial.outOfFold().select(selection))
                .toList();
        Target truth = truth(selection);
        Weights weights = weights(selection);
        GreedyEnsembler light = new GreedyEnsembler(REPEATED_ROUNDS, 0);
        HonestScore score = HonestScore.bootstrap(
                truth,
                weights,
                data.metric(),
                repeated,
                inBag -> light.weights(new Ensembler.Choice(
                        repeated.stream().map(one -> one.select(inBag)).toList(),
                        truth.select(inBag),
                        weights.select(inBag),
                        data.metric(),
                        seed,
                        deadline)),
                RESAMPLES,
                seed,
                deadline);
        return validation(
                score, "bootstrap over %,d out-of-fold rows that repeats the selection".formatted(selection.length));
    }

    private FitReport.Validation withoutTime(int[] positions, Delivery.Chosen chosen) {
        double score = data.metric().score(truth(positions), chosen.outOfFold().select(positions), weights(positions));
        return new FitReport.Validation(
                score, Double.NaN, Double.NaN, "out-of-fold rows; no time was left for an interval");
    }

    private Target truth(int[] positions) {
        return data.target().select(rows.rowsAt(positions));
    }

    private Weights weights(int[] positions) {
        return data.weights().select(rows.rowsAt(positions));
    }

    private static FitReport.Validation validation(HonestScore score, String method) {
        if (score.resamples() < ENOUGH_RESAMPLES) {
            return new FitReport.Validation(
                    score.value(),
                    Double.NaN,
                    Double.NaN,
                    "%s; time for %d resample(s) only, too few for an interval".formatted(method, score.resamples()));
        }
        return new FitReport.Validation(score.value(), score.low(), score.high(), method);
    }
}
