package org.autotuner.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autotuner.execute.StudyData;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FittedPreparations;
import org.autotuner.score.ConstantScorer;
import org.autotuner.score.Scorer;
import org.autotuner.space.Configuration;
import org.autotuner.split.Fold;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/** The first trial of every study: what can be said without looking at the features. Ready within microseconds per row. */
final class Baseline {

    static final String FAMILY = "prior";

    private Baseline() {}

    /** The finished trial of the prior, and its error on each fold. */
    static FinishedTrial trial(StudyData data, EvaluationRows rows, OutOfFold outOfFold) {
        int width = data.task().outputs();
        double[] joined = new double[rows.size() * width];
        List<FoldPart> parts = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        for (Fold fold : data.folds()) {
            int[] train = fold.train();
            int[] validation = fold.validation();
            double[] constant = outputs(
                    data.task(), data.target().select(train), data.weights().select(train));
            Scorer scorer = ConstantScorer.of(constant);
            parts.add(new FoldPart(FittedPreparations.none(), scorer, 0));
            double[] predicted = new double[validation.length * width];
            for (int i = 0; i < validation.length; i++) {
                System.arraycopy(constant, 0, predicted, i * width, width);
                int position = rows.positionOf(validation[i]);
                for (int k = 0; k < width; k++) {
                    joined[position * width + k] += constant[k] / rows.timesValidated(position);
                }
            }
            errors.add(data.metric()
                    .error(
                            data.target().select(validation),
                            Predictions.of(data.task(), predicted),
                            data.weights().select(validation)));
        }
        Predictions predictions = Predictions.of(data.task(), joined);
        return new FinishedTrial(
                0,
                FAMILY,
                Configuration.empty(),
                Configuration.empty(),
                outOfFold.error(predictions),
                errors,
                predictions,
                parts,
                0,
                0,
                0);
    }

    /** Class frequencies, the mean, or the quantiles of the target, weighted. */
    static double[] outputs(Task task, Target target, Weights weights) {
        if (task.isClassification()) {
            int labels = task.labels().size();
            double[] frequency = new double[labels];
            double sum = 0;
            for (int row = 0; row < target.size(); row++) {
                frequency[target.label(row)] += weights.at(row);
                sum += weights.at(row);
            }
            for (int label = 0; label < labels; label++) { // one virtual row spread over all labels: none is impossible
                frequency[label] = (frequency[label] + 1.0 / labels) / (sum + 1);
            }
            return task.outputs() == 1 ? new double[] {frequency[1]} : frequency;
        }
        if (task instanceof QuantileTask quantiles) {
            return quantiles(quantiles.levels(), target, weights);
        }
        double sum = 0;
        double total = 0;
        for (int row = 0; row < target.size(); row++) {
            sum += weights.at(row) * target.value(row);
            total += weights.at(row);
        }
        return new double[] {total == 0 ? 0 : sum / total};
    }

    private static double[] quantiles(List<Double> levels, Target target, Weights weights) {
        Integer[] order = new Integer[target.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(target.value(a), target.value(b)));
        double total = 0;
        for (int row = 0; row < target.size(); row++) {
            total += weights.at(row);
        }
        double[] values = new double[levels.size()];
        for (int k = 0; k < values.length; k++) {
            double passed = 0;
            int i = 0;
            while (i < order.length - 1 && passed + weights.at(order[i]) < levels.get(k) * total) {
                passed += weights.at(order[i++]);
            }
            values[k] = order.length == 0 ? 0 : target.value(order[i]);
        }
        return values;
    }
}
