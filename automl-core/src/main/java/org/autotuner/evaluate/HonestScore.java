package org.autotuner.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.autotuner.budget.Deadline;
import org.autotuner.metric.Metric;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/**
 * A score that is not flattered by the selection of the best of many.
 *
 * @param interval mean over the resamples and their 90 % percentile interval, in the metric's own units
 * @param resamples how many were made before the deadline, at least 1
 */
public record HonestScore(Interval interval, int resamples) {

    public double value() {
        return interval.value();
    }

    /** Lower end of the 90 % interval. */
    public double low() {
        return interval.low();
    }

    /** Upper end of the 90 % interval. */
    public double high() {
        return interval.high();
    }

    /**
     * The score on rows that no selection saw, with a percentile interval. Of many rows, samples of 4,000 are drawn and
     * the interval is narrowed accordingly.
     *
     * @param deadline fewer resamples are made if it ends before, at least one
     * @throws org.autotuner.budget.DeadlineExceededException if it is over before the first
     */
    public static HonestScore ofHeldOut(
            Target truth,
            Weights weights,
            Metric metric,
            Predictions predictions,
            int resamples,
            long seed,
            Deadline deadline) {
        if (truth.size() == 0 || resamples < 1) {
            throw new IllegalArgumentException(
                    "Needed: a row and a resample; given: %d and %d.".formatted(truth.size(), resamples));
        }
        deadline.check();
        RandomGenerator random = new SplittableRandom(seed);
        int size = Bootstrap.sampleSize(truth.size());
        double[] scores = new double[resamples];
        int made = 0;
        while (made < resamples && (made == 0 || !deadline.isOver())) {
            int[] drawn = Bootstrap.draw(truth.size(), size, random);
            scores[made++] = metric.score(truth.select(drawn), predictions.select(drawn), weights.select(drawn));
        }
        double value = metric.score(truth, predictions, weights);
        Interval interval = Interval.ofSamples(value, Arrays.copyOf(scores, made));
        return new HonestScore(interval.shrink(Math.sqrt((double) size / truth.size())), made);
    }

    /** Chooses among candidates by some of the rows, as the search does by all. */
    @FunctionalInterface
    public interface Selector {
        /**
         * Weights of the candidates in the ensemble (1 for a single choice), at least 0 and summing to 1.
         *
         * @param rows row numbers to select by; rows repeat
         */
        double[] select(int[] rows);
    }

    /** Takes the candidate with the least error. */
    public static Selector best(Target truth, Weights weights, Metric metric, List<Predictions> candidates) {
        return rows -> {
            Target drawn = truth.select(rows);
            Weights drawnWeights = weights.select(rows);
            double[] chosen = new double[candidates.size()];
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < chosen.length; i++) {
                double error = metric.error(drawn, candidates.get(i).select(rows), drawnWeights);
                if (error < least) {
                    least = error;
                    best = i;
                }
            }
            chosen[best] = 1;
            return chosen;
        };
    }

    /**
     * Bootstrap bias corrected cross-validation (BBC-CV; Tsamardinos, Greasidou and Borboudakis 2018, "Bootstrapping
     * the out-of-sample predictions for efficient and accurate cross-validation"): repeats the selection on resampled
     * rows and scores the choice on the rows left out. Resamples whose score is not defined are left out.
     *
     * @param candidates out-of-fold predictions, each of all rows
     * @param resamples at least 1; 500 is usual
     * @param deadline fewer resamples are made if it ends before
     * @throws org.autotuner.budget.DeadlineExceededException if it is over before the first
     */
    public static HonestScore bootstrap(
            Target truth,
            Weights weights,
            Metric metric,
            List<Predictions> candidates,
            Selector selector,
            int resamples,
            long seed,
            Deadline deadline) {
        if (candidates.isEmpty() || truth.size() == 0 || resamples < 1) {
            throw new IllegalArgumentException("Needed: a candidate, a row and a resample; given: %d, %d, %d."
                    .formatted(candidates.size(), truth.size(), resamples));
        }
        deadline.check();
        RandomGenerator random = new SplittableRandom(seed);
        double[] scores = new double[resamples];
        int made = 0;
        while (made < resamples && (made == 0 || !deadline.isOver())) {
            int[] drawn = Bootstrap.draw(truth.size(), truth.size(), random);
            int[] left = leftOut(drawn, truth.size());
            scores[made++] = left.length == 0
                    ? Double.NaN
                    : metric.score(
                            truth.select(left), blend(candidates, selector.select(drawn), left), weights.select(left));
        }
        double[] defined =
                Arrays.stream(scores, 0, made).filter(x -> !Double.isNaN(x)).toArray();
        double mean = Arrays.stream(defined).average().orElse(Double.NaN);
        return new HonestScore(Interval.ofSamples(mean, defined), made);
    }

    /**
     * The score on rows that no selection saw, with a bootstrap interval over these rows.
     *
     * @param predictions of those rows
     */
    public static HonestScore ofHeldOut(
            Target truth, Weights weights, Metric metric, Predictions predictions, long seed) {
        Interval[] intervals = Bootstrap.intervals(List.of(metric), truth, predictions, weights, seed);
        return new HonestScore(intervals[0], Bootstrap.resamples(truth.size(), predictions.task()));
    }

    private static int[] leftOut(int[] drawn, int size) {
        boolean[] in = new boolean[size];
        for (int row : drawn) {
            in[row] = true;
        }
        int[] left = new int[size];
        int count = 0;
        for (int row = 0; row < size; row++) {
            if (!in[row]) {
                left[count++] = row;
            }
        }
        return Arrays.copyOf(left, count);
    }

    private static Predictions blend(List<Predictions> candidates, double[] chosen, int[] rows) {
        int width = candidates.get(0).task().outputs();
        double[] sum = new double[rows.length * width];
        for (int c = 0; c < chosen.length; c++) {
            if (chosen[c] != 0) {
                Predictions candidate = candidates.get(c);
                for (int i = 0; i < rows.length; i++) {
                    for (int k = 0; k < width; k++) {
                        sum[i * width + k] += chosen[c] * candidate.output(rows[i], k);
                    }
                }
            }
        }
        return Predictions.of(candidates.get(0).task(), sum);
    }
}
