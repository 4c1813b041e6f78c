package org.autotuner.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.autotuner.metric.Metric;
import org.autotuner.predict.Predictions;
import org.autotuner.score.Scorer;
import org.autotuner.score.TransformedScorer;
import org.autotuner.task.Target;
import org.autotuner.task.TargetTransform;

/**
 * Makes models of a changed target predict means where the metric rewards means: by the residuals on the validation rows of the
 * <em>other</em> folds, so that no row takes part in choosing how it is predicted. Models of the target itself stay as they are.
 */
final class Smearing {

    /** Quantiles that stand for all residuals. */
    private static final int RESIDUALS = 25;

    private static final Set<String> OF_MEANS = Set.of("rmse", "r2");

    private final List<Scorer> scorers;
    private final List<Predictions> predictions;

    private Smearing(List<Scorer> scorers, List<Predictions> predictions) {
        this.scorers = scorers;
        this.predictions = predictions;
    }

    /**
     * Smears the folds of one trial.
     *
     * @param scorers one per fold
     * @param predictions of each scorer for the validation rows of its fold
     * @param truths of these rows
     */
    static Smearing of(Metric metric, List<Scorer> scorers, List<Predictions> predictions, List<Target> truths) {
        if (!OF_MEANS.contains(metric.name())
                || !scorers.stream().allMatch(scorer -> scorer instanceof TransformedScorer)) {
            return new Smearing(scorers, predictions);
        }
        List<double[]> residuals = new ArrayList<>();
        for (int k = 0; k < scorers.size(); k++) {
            TargetTransform transform = ((TransformedScorer) scorers.get(k)).transform();
            residuals.add(residuals(transform, predictions.get(k), truths.get(k)));
        }
        List<Scorer> smeared = new ArrayList<>();
        List<Predictions> means = new ArrayList<>();
        for (int k = 0; k < scorers.size(); k++) {
            TransformedScorer plain = (TransformedScorer) scorers.get(k);
            TransformedScorer scorer = plain.withResiduals(quantiles(others(residuals, k)));
            Predictions before = predictions.get(k);
            double[] values = new double[before.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = scorer.undo(plain.transform().apply(before.output(row, 0)));
            }
            smeared.add(scorer);
            means.add(Predictions.of(before.task(), values));
        }
        return new Smearing(smeared, means);
    }

    /** What a model fitted on all rows smears by: the means of its folds' residuals, in their order. */
    static double[] residuals(List<FoldPart> parts) {
        double[] sum = new double[0];
        for (FoldPart part : parts) {
            double[] own = part.scorer() instanceof TransformedScorer scorer ? scorer.residuals() : new double[0];
            sum = sum.length == 0 ? new double[own.length] : sum;
            for (int i = 0; i < own.length; i++) {
                sum[i] += own[i] / parts.size();
            }
        }
        return sum;
    }

    private static double[] residuals(TargetTransform transform, Predictions predictions, Target truth) {
        double[] residuals = new double[truth.size()];
        for (int row = 0; row < residuals.length; row++) {
            residuals[row] = transform.apply(truth.value(row)) - transform.apply(predictions.output(row, 0));
        }
        return residuals;
    }

    /** Those of all folds but one; a single fold has only its own. */
    private static double[] others(List<double[]> residuals, int fold) {
        List<double[]> others = new ArrayList<>(residuals);
        if (others.size() > 1) {
            others.remove(fold);
        }
        return others.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    }

    /** The means of as many equal parts of the sorted residuals, so that their mean stays. */
    private static double[] quantiles(double[] sorted) {
        int count = Math.min(RESIDUALS, sorted.length);
        double[] means = new double[count];
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) i * sorted.length / count);
            int to = (int) ((long) (i + 1) * sorted.length / count);
            means[i] = Arrays.stream(sorted, from, to).average().orElse(0);
        }
        return means;
    }

    Scorer scorer(int fold) {
        return scorers.get(fold);
    }

    Predictions predictions(int fold) {
        return predictions.get(fold);
    }
}
