package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.junit.jupiter.api.Test;

class ProcessFitTest {

    private static final Encoding CUBE = new Encoding(SearchSpace.of(
            Parameter.reals("steep", 0, 1), Parameter.reals("idle", 0, 1), Parameter.choice("kind", "a", "b", "c")));

    private static List<double[]> rows() {
        SplittableRandom random = new SplittableRandom(2);
        return Stream.generate(() -> CUBE.snap(random.doubles(3).toArray()))
                .limit(40)
                .toList();
    }

    @Test
    void aParameterThatDoesNothingGetsTheLongerLength() {
        List<double[]> rows = rows();
        double[] values = rows.stream().mapToDouble(row -> Math.sin(9 * row[0])).toArray();
        ProcessFit fit = new ProcessFit(CUBE);
        double[] logs = fit.improve(fit.start(), rows, values, 40);
        assertThat(logs[0]).isLessThan(logs[1] - 1);
        assertThat(Math.exp(logs[3])).as("noise").isLessThan(0.01);
    }

    @Test
    void noiseIsFound() {
        List<double[]> rows = rows();
        SplittableRandom random = new SplittableRandom(3);
        double[] values = rows.stream()
                .mapToDouble(row -> row[0] + 0.5 * random.nextGaussian())
                .toArray();
        ProcessFit fit = new ProcessFit(CUBE);
        double[] logs = fit.improve(fit.start(), rows, values, 40);
        assertThat(Math.exp(logs[3])).isGreaterThan(0.1);
    }

    @Test
    void aCategoryThatMattersWeighsMoreThanOneThatDoesNot() {
        List<double[]> rows = rows();
        double[] idle = rows.stream().mapToDouble(row -> row[0]).toArray();
        double[] matters = rows.stream()
                .mapToDouble(row -> row[0] + 5 * Math.cos(10 * row[2]))
                .toArray();
        ProcessFit fit = new ProcessFit(CUBE);
        double idleWeight = fit.improve(fit.start(), rows, idle, 40)[2];
        double ownWeight = fit.improve(fit.start(), rows, standardised(matters), 40)[2];
        assertThat(ownWeight).isGreaterThan(idleWeight + 0.5);
    }

    private static double[] standardised(double[] values) {
        return PowerTransform.of(values, 1).apply(values);
    }

    @Test
    void moreEvaluationsNeverGiveLessProbableParameters() {
        List<double[]> rows = rows();
        double[] values = rows.stream().mapToDouble(row -> Math.sin(9 * row[0])).toArray();
        ProcessFit fit = new ProcessFit(CUBE);
        double[] start = fit.start();
        double[] kept = start.clone();
        double before = likelihood(start, rows, values);
        double after = likelihood(fit.improve(start, rows, values, 30), rows, values);
        assertThat(after).isLessThan(before);
        assertThat(start).isEqualTo(kept);
    }

    private static double likelihood(double[] logs, List<double[]> rows, double[] values) {
        GaussianProcess process = new GaussianProcess(new Covariance(CUBE, logs));
        rows.forEach(process::append);
        process.condition(Arrays.copyOf(values, values.length));
        return process.negativeLogLikelihood();
    }
}
