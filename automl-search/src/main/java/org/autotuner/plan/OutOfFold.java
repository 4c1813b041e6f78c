package org.autotuner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.autotuner.budget.Deadline;
import org.autotuner.execute.FoldOutcome;
import org.autotuner.execute.Scored;
import org.autotuner.execute.Scoring;
import org.autotuner.execute.StudyData;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.TrainingData;
import org.autotuner.predict.Predictions;
import org.autotuner.score.Scorer;
import org.autotuner.split.Fold;
import org.autotuner.task.Target;

/**
 * Joins the folds of a trial. The number of rounds at which fold k is scored is chosen by the mean curve of the
 * <em>other</em> folds, so that no row takes part in choosing how it is predicted.
 */
final class OutOfFold {

    private final StudyData data;
    private final EvaluationRows rows;
    private final RowErrors selection;

    OutOfFold(StudyData data, EvaluationRows rows) {
        this.data = data;
        this.rows = rows;
        this.selection = new RowErrors(data, rows, rows.selection());
    }

    /** The joined predictions and the models cut to their steps. */
    record Joined(
            Predictions predictions, List<FoldPart> parts, List<Double> foldErrors, double error, double rowMicros) {}

    /**
     * Joins the outcomes of all folds, in fold order.
     *
     * @throws org.autotuner.budget.DeadlineExceededException if the time is up
     */
    Joined join(List<FoldOutcome.Fitted> folds, Deadline deadline) {
        List<Integer> steps = new ArrayList<>();
        List<Scorer> scorers = new ArrayList<>();
        List<Predictions> predictions = new ArrayList<>();
        double rowMicros = Double.POSITIVE_INFINITY; // of the quickest fold: the others may have run cold
        for (int k = 0; k < folds.size(); k++) {
            FoldOutcome.Fitted fitted = folds.get(k);
            int own = stepsFor(k, folds);
            Scorer scorer = own == 0 ? fitted.model().scorer() : fitted.model().scorer(own);
            Scored scored = fitted.scored();
            if (scored == null) {
                scored = Scoring.predict(data.task(), scorer, validation(fitted).features(), deadline);
            }
            steps.add(own);
            scorers.add(scorer);
            predictions.add(scored.predictions());
            rowMicros = Math.min(rowMicros, scored.rowMicros());
        }
        List<Target> truths =
                folds.stream().map(fold -> validation(fold).target()).toList();
        Smearing smearing = Smearing.of(data.metric(), scorers, predictions, truths);
        double[] joined = new double[rows.size() * data.task().outputs()];
        List<FoldPart> parts = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        for (int k = 0; k < folds.size(); k++) {
            FoldOutcome.Fitted fitted = folds.get(k);
            Predictions smeared = smearing.predictions(k);
            parts.add(new FoldPart(fitted.data().preparation(), smearing.scorer(k), steps.get(k)));
            errors.add(data.metric()
                    .error(truths.get(k), smeared, validation(fitted).weights()));
            add(smeared, data.folds().get(fitted.task().fold()), joined);
        }
        Predictions all = Predictions.of(data.task(), joined);
        return new Joined(all, parts, errors, error(all), rowMicros * folds.size());
    }

    private static TrainingData validation(FoldOutcome.Fitted fitted) {
        return Objects.requireNonNull(fitted.data().training().validation());
    }

    /** Error on the selection rows; infinite where the metric is not defined. */
    double error(Predictions outOfFold) {
        return selection.error(selection.select(outOfFold));
    }

    private void add(Predictions predictions, Fold fold, double[] joined) {
        int width = data.task().outputs();
        int[] validation = fold.validation();
        for (int i = 0; i < validation.length; i++) {
            int position = rows.positionOf(validation[i]);
            double share = 1.0 / rows.timesValidated(position);
            for (int k = 0; k < width; k++) {
                joined[position * width + k] += share * predictions.output(i, k);
            }
        }
    }

    /** The step of the lowest mean error over the other folds; a single fold has only its own curve. */
    static int stepsFor(int fold, List<FoldOutcome.Fitted> folds) {
        ErrorCurve own = folds.get(fold).model().curve();
        if (own.isEmpty()) {
            return 0;
        }
        List<ErrorCurve> curves = new ArrayList<>();
        for (int k = 0; k < folds.size(); k++) {
            ErrorCurve curve = folds.get(k).model().curve();
            if ((k != fold || folds.size() == 1) && !curve.isEmpty()) {
                curves.add(curve);
            }
        }
        if (curves.isEmpty()) {
            curves.add(own);
        }
        int best = own.steps().get(0);
        double lowest = Double.POSITIVE_INFINITY;
        for (int step : own.steps()) {
            double mean = curves.stream()
                    .mapToDouble(curve -> curve.at(step))
                    .average()
                    .orElse(Double.NaN);
            if (mean < lowest) {
                lowest = mean;
                best = step;
            }
        }
        return best;
    }
}
