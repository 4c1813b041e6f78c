package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.junit.jupiter.api.Test;

class GaussianProcessTest {

    private static final double JITTER = 1e-6;

    private static final Encoding PLANE =
            new Encoding(SearchSpace.of(Parameter.reals("x", 0, 1), Parameter.reals("y", 0, 1)));

    private static final Encoding MIXED = new Encoding(SearchSpace.of(
            Parameter.reals("x", 0, 1), Parameter.choice("kind", "a", "b", "c"), Parameter.reals("y", 0, 1)));

    private static final double[] LOGS = {Math.log(0.4), Math.log(0.8), Math.log(0.9), Math.log(0.02)};

    private static double[][] rows(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[count][];
        Arrays.setAll(rows, i -> MIXED.snap(random.doubles(3).toArray()));
        return rows;
    }

    private static double[] values(double[][] rows) {
        return Arrays.stream(rows)
                .mapToDouble(row -> Math.sin(5 * row[0]) + row[1] - row[2] * row[2])
                .toArray();
    }

    private static GaussianProcess process(double[] logs, double[][] rows) {
        GaussianProcess process = new GaussianProcess(new Covariance(MIXED, logs));
        Arrays.stream(rows).forEach(process::append);
        process.condition(values(rows));
        return process;
    }

    /**
     * scikit-learn 1.9: GaussianProcessRegressor(Matern([0.4, 0.9], nu=2.5), alpha=0.01 + 1e-6, optimizer=None), at rows
     * ((0.37 i) % 1, (0.71 i + 0.1) % 1). The values are sin(5 x) + y^2, moved so that 1'K^-1 y = 0 and the constant mean is
     * 0, as it is there. Its deviations belong to a signal of variance 1, so they are compared to the noise's deviation.
     */
    @Test
    void meanAndDeviationAreThoseOfScikitLearn() {
        GaussianProcess process =
                new GaussianProcess(new Covariance(PLANE, new double[] {Math.log(0.4), Math.log(0.9), Math.log(0.01)}));
        for (int i = 0; i < 8; i++) {
            process.append(new double[] {0.37 * i % 1, (0.71 * i + 0.1) % 1});
        }
        process.condition(new double[] {
            -0.18515191319241023,
            1.4222232897828895,
            -0.45458805410090364,
            0.3804353157382484,
            1.3639112673587408,
            -0.6676412714209938,
            0.8256554468690243,
            0.00017073416861759783
        });
        double[][] at = {{0.2, 0.6}, {0.75, 0.05}, {1, 1}};
        double[] means = {1.0435193766678947, -0.5182521632550614, -0.49914433345317305};
        double[] deviations = {0.24262218859000947, 0.37054216403806584, 0.5133662494684325};
        double[] moments = new double[2];
        for (int i = 0; i < 3; i++) {
            process.predict(at[i], moments);
            assertThat(moments[0]).isCloseTo(means[i], within(1e-9));
            assertThat(process.mean(at[i])).isCloseTo(means[i], within(1e-9));
            assertThat(moments[1] / process.noiseDeviation() * 0.1).isCloseTo(deviations[i], within(1e-9));
        }
    }

    /** The formulas of the posterior, with matrices from commons-math. */
    @Test
    void constantMeanAndVarianceAreTheMostProbableOnes() {
        double[][] rows = rows(25, 1);
        RealVector y = new ArrayRealVector(values(rows));
        Covariance covariance = new Covariance(MIXED, LOGS);
        int n = rows.length;
        RealMatrix k = new Array2DRowRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                k.setEntry(i, j, covariance.of(rows[i], rows[j]) + (i == j ? covariance.noise() + JITTER : 0));
            }
        }
        LUDecomposition decomposition = new LUDecomposition(k);
        RealMatrix inverse = decomposition.getSolver().getInverse();
        RealVector ones = new ArrayRealVector(n, 1);
        double mean = ones.dotProduct(inverse.operate(y)) / (1 + ones.dotProduct(inverse.operate(ones)));
        RealVector rest = y.mapSubtract(mean);
        double variance = (2 + mean * mean + rest.dotProduct(inverse.operate(rest))) / (n + 2);

        GaussianProcess process = process(LOGS, rows);
        double[] moments = new double[2];
        for (double[] at : rows(20, 2)) {
            RealVector with = new ArrayRealVector(Arrays.stream(rows)
                    .mapToDouble(row -> covariance.of(at, row))
                    .toArray());
            process.predict(at, moments);
            assertThat(moments[0]).isCloseTo(mean + with.dotProduct(inverse.operate(rest)), within(1e-9));
            assertThat(moments[1])
                    .isCloseTo(Math.sqrt(variance * (1 - with.dotProduct(inverse.operate(with)))), within(1e-9));
        }
        assertThat(process.noiseDeviation()).isCloseTo(Math.sqrt(variance * 0.02), within(1e-9));
        assertThat(process.negativeLogLikelihood())
                .isCloseTo(
                        0.5 * (n + 2) * Math.log(variance) + 0.5 * Math.log(decomposition.getDeterminant()),
                        within(1e-8));
    }

    @Test
    void theLikelihoodsGradientIsThatOfDifferences() {
        double[][] rows = rows(30, 3);
        double[] gradient = new double[LOGS.length];
        double value = process(LOGS, rows).negativeLogLikelihood(gradient);
        assertThat(value).isEqualTo(process(LOGS, rows).negativeLogLikelihood());
        for (int p = 0; p < LOGS.length; p++) {
            double expected = Runs.slope(logs -> process(logs, rows).negativeLogLikelihood(), LOGS, p, 1e-4);
            assertThat(gradient[p]).as("parameter %d", p).isCloseTo(expected, within(1e-4));
        }
    }

    @Test
    void thePredictionsGradientsAreThoseOfDifferences() {
        GaussianProcess process = process(LOGS, rows(20, 4));
        double[] moments = new double[2];
        double[] meanGradient = new double[3];
        double[] deviationGradient = new double[3];
        for (double[] at : rows(20, 5)) {
            process.predict(at, moments, meanGradient, deviationGradient);
            for (int d : new int[] {0, 2}) {
                assertThat(meanGradient[d]).isCloseTo(Runs.slope(process::mean, at, d, 1e-5), within(1e-5));
                double expected = Runs.slope(
                        point -> {
                            process.predict(point, moments);
                            return moments[1];
                        },
                        at,
                        d,
                        1e-5);
                assertThat(deviationGradient[d]).isCloseTo(expected, within(1e-5));
            }
        }
    }

    @Test
    void rowsAppendedLaterAndCutBackEqualThoseAtOnce() {
        double[][] rows = rows(40, 6);
        double[][] others = rows(7, 7);
        GaussianProcess grown = new GaussianProcess(new Covariance(MIXED, LOGS));
        for (int i = 0; i < rows.length; i++) {
            grown.append(rows[i]);
            if (i % 5 == 0) {
                grown.condition(values(Arrays.copyOf(rows, i + 1)));
                Arrays.stream(others).forEach(grown::append);
                grown.truncate(i + 1);
                assertThat(grown.size()).isEqualTo(i + 1);
            }
        }
        grown.condition(values(rows));
        GaussianProcess whole = process(LOGS, rows);
        double[] one = new double[2];
        double[] other = new double[2];
        for (double[] at : rows(10, 8)) {
            grown.predict(at, one);
            whole.predict(at, other);
            assertThat(one).isEqualTo(other);
        }
    }

    @Test
    void meansAtItsRowsAreItsPredictions() {
        double[][] rows = rows(15, 9);
        GaussianProcess process = process(LOGS, rows);
        double[] means = process.means(12, values(rows));
        assertThat(means).hasSize(12);
        for (int i = 0; i < 12; i++) {
            assertThat(means[i]).isCloseTo(process.mean(rows[i]), within(1e-10));
        }
    }

    @Test
    void isSureAtItsRowsAndUnsureFarFromThem() {
        double[] logs = {Math.log(0.1), 0, Math.log(0.1), Math.log(1e-6)};
        GaussianProcess process = process(logs, new double[][] {MIXED.snap(new double[] {0, 0, 0})});
        double[] moments = new double[2];
        process.predict(MIXED.snap(new double[] {0, 0, 0}), moments);
        double near = moments[1];
        process.predict(MIXED.snap(new double[] {1, 0, 1}), moments);
        assertThat(near).isLessThan(0.01 * moments[1]);
    }
}
