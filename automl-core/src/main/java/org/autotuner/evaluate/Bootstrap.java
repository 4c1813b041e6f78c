package org.autotuner.evaluate;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.autotuner.metric.Metric;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/**
 * Percentile intervals by resampling rows. Above {@value #LARGEST} rows, samples of that size are drawn and the interval
 * is drawn together by sqrt(m / n) (m-out-of-n bootstrap, Bickel, Goetze and van Zwet 1997), so the cost is bounded.
 * With hundreds of classes samples are smaller and fewer, since metrics over all classes cost that many times more.
 */
final class Bootstrap {

    static final int RESAMPLES = 500;
    static final int LARGEST = 4000;

    private static final int FEWEST_RESAMPLES = 50;
    private static final int SMALLEST = 1000;
    private static final int CELLS_OF_A_SAMPLE = 400_000;
    private static final long CELLS = 20_000_000;

    private Bootstrap() {}

    static int sampleSize(int rows) {
        return Math.min(rows, LARGEST);
    }

    /** Rows of a sample where every metric of a task is computed. */
    static int sampleSize(int rows, Task task) {
        return Math.min(sampleSize(rows), Math.max(SMALLEST, CELLS_OF_A_SAMPLE / task.outputs()));
    }

    /** Number of samples where every metric of a task is computed. */
    static int resamples(int rows, Task task) {
        long cells = Math.max(1, (long) sampleSize(rows, task) * task.outputs());
        return (int) Math.max(FEWEST_RESAMPLES, Math.min(RESAMPLES, CELLS / cells));
    }

    static int[] draw(int rows, int count, RandomGenerator random) {
        int[] drawn = new int[count];
        for (int i = 0; i < count; i++) {
            drawn[i] = random.nextInt(rows);
        }
        return drawn;
    }

    /** One interval per metric, all from the same resamples. */
    static Interval[] intervals(
            java.util.List<Metric> metrics, Target truth, Predictions predictions, Weights weights, long seed) {
        int rows = truth.size();
        int size = sampleSize(rows, predictions.task());
        int resamples = resamples(rows, predictions.task());
        double[][] samples = new double[metrics.size()][resamples];
        RandomGenerator random = new SplittableRandom(seed);
        for (int b = 0; b < resamples; b++) {
            int[] drawn = draw(rows, size, random);
            Target drawnTruth = truth.select(drawn);
            Predictions drawnPredictions = predictions.select(drawn);
            Weights drawnWeights = weights.select(drawn);
            for (int m = 0; m < samples.length; m++) {
                samples[m][b] = metrics.get(m).score(drawnTruth, drawnPredictions, drawnWeights);
            }
        }
        Interval[] intervals = new Interval[samples.length];
        for (int m = 0; m < samples.length; m++) {
            double value = metrics.get(m).score(truth, predictions, weights);
            Interval raw = Interval.ofSamples(value, samples[m]);
            intervals[m] = size == rows ? raw : raw.shrink(Math.sqrt((double) size / rows));
        }
        return intervals;
    }
}
