package org.autotuner.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autotuner.metric.ConfusionMatrix;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.metric.Ranking;
import org.autotuner.predict.Predictions;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.jspecify.annotations.Nullable;

/**
 * How good predictions are on one set of rows: every metric of the task with a 90 % bootstrap interval, confusion
 * matrix, curves, residuals. Immutable and thread-safe.
 */
public final class Evaluation {

    /** Above so many labels the one-vs-rest curves are left out: nobody reads them. */
    private static final int MOST_CURVE_LABELS = 20;

    private final Task task;
    private final int rows;
    private final Map<String, Interval> scores;
    private final @Nullable ConfusionMatrix confusion;
    private final List<Curve> curves;
    private final @Nullable Residuals residuals;

    private Evaluation(
            Task task,
            int rows,
            Map<String, Interval> scores,
            @Nullable ConfusionMatrix confusion,
            List<Curve> curves,
            @Nullable Residuals residuals) {
        this.task = task;
        this.rows = rows;
        this.scores = scores;
        this.confusion = confusion;
        this.curves = curves;
        this.residuals = residuals;
    }

    /**
     * Evaluates predictions. The cost is bounded: 500 resamples of at most 4,000 rows, fewer from 10 classes on.
     *
     * @param task the task of the predictions
     * @param seed of the resampling
     * @throws IllegalArgumentException if there are no rows, or not as many predictions as true values
     */
    public static Evaluation of(Task task, Target truth, Predictions predictions, Weights weights, long seed) {
        if (truth.size() == 0) {
            throw new IllegalArgumentException("There are no rows to evaluate on.");
        }
        if (!task.equals(predictions.task())) {
            throw new IllegalArgumentException(
                    "The predictions are for the task %s, not for %s.".formatted(predictions.task(), task));
        }
        List<Metric> metrics = Metrics.of(task);
        Interval[] intervals = Bootstrap.intervals(metrics, truth, predictions, weights, seed);
        Map<String, Interval> scores = new LinkedHashMap<>();
        for (int i = 0; i < intervals.length; i++) {
            scores.put(metrics.get(i).name(), intervals[i]);
        }
        boolean labels = task.isClassification();
        return new Evaluation(
                task,
                truth.size(),
                java.util.Collections.unmodifiableMap(scores),
                labels ? ConfusionMatrix.of(truth, predictions, weights) : null,
                labels ? curves(task, truth, predictions, weights) : List.of(),
                task instanceof RegressionTask ? Residuals.of(truth, predictions, weights) : null);
    }

    private static List<Curve> curves(Task task, Target truth, Predictions predictions, Weights weights) {
        List<Curve> curves = new ArrayList<>();
        int count = task.labels().size();
        for (int label = task instanceof BinaryTask ? 1 : 0; label < count && count <= MOST_CURVE_LABELS; label++) {
            String name = task.labels().get(label);
            Ranking ranking = Ranking.of(truth, predictions, weights, label);
            curves.add(Curve.roc(ranking, name));
            curves.add(Curve.precisionRecall(ranking, name));
            curves.add(Curve.calibration(truth, predictions, weights, label, name));
        }
        return List.copyOf(curves);
    }

    public Task task() {
        return task;
    }

    public int rows() {
        return rows;
    }

    /** Every metric by name, the task's default first. */
    public Map<String, Interval> scores() {
        return scores;
    }

    /**
     * One metric's value.
     *
     * @throws IllegalArgumentException if the task has no such metric
     */
    public double score(Metric metric) {
        return interval(metric).value();
    }

    /** One metric's value with its 90 % interval; see {@link #score}. */
    public Interval interval(Metric metric) {
        Interval interval = scores.get(metric.name());
        if (interval == null) {
            throw new IllegalArgumentException("The metric %s was not evaluated for this %s task. Evaluated: %s."
                    .formatted(metric.name(), task.kind(), scores.keySet()));
        }
        return interval;
    }

    /** Empty unless this is a classification. */
    public Optional<ConfusionMatrix> confusionMatrix() {
        return Optional.ofNullable(confusion);
    }

    /** ROC, precision-recall and calibration curves of the positive label, or of each of up to 20 labels. */
    public List<Curve> curves() {
        return curves;
    }

    /** Empty unless this is a regression. */
    public Optional<Residuals> residuals() {
        return Optional.ofNullable(residuals);
    }

    /** The figures as text for people. */
    public String report() {
        return EvaluationReport.text(this);
    }

    /** All figures and curves as one JSON object; what is not defined is null. */
    public String toJson() {
        return EvaluationReport.json(this);
    }

    @Override
    public String toString() {
        return report();
    }
}
