package org.autotuner.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;
import org.junit.jupiter.api.Test;

class FamiliarityFitTest {

    private static final double[][] CENTRES = {{0, 0}, {4, 0}, {0, 3}};
    private static final int ROWS = 90;

    /** Rows of three classes in the plane, and the part of each. */
    private static float[] rows(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] rows = new float[2 * ROWS];
        for (int row = 0; row < ROWS; row++) {
            double first = random.nextGaussian();
            rows[2 * row] = (float) (CENTRES[row % 3][0] + first);
            rows[2 * row + 1] = (float) (CENTRES[row % 3][1] + 0.5 * first + 0.3 * random.nextGaussian());
        }
        return rows;
    }

    private static FamiliarityFit fit(float[] rows) {
        FamiliarityFit fit = new FamiliarityFit(2, 4, 3);
        for (int row = 0; row < ROWS; row++) {
            fit.add(rows, 2 * row, row % 3, row % 7 % 3);
        }
        return fit;
    }

    /** Both scores by inverse matrices. */
    private static double[] reference(float[] rows, int leftOut, double x, double y) {
        double[][] centres = new double[3][2];
        double[] count = new double[3];
        double[] mean = new double[2];
        double n = 0;
        for (int row = 0; row < ROWS; row++) {
            if (row % 7 % 3 == leftOut) {
                continue;
            }
            n++;
            count[row % 3]++;
            for (int i = 0; i < 2; i++) {
                centres[row % 3][i] += rows[2 * row + i];
                mean[i] += rows[2 * row + i];
            }
        }
        double[] within = new double[3];
        double[] between = new double[3];
        for (int k = 0; k < 3; k++) {
            for (int i = 0; i < 2; i++) {
                centres[k][i] /= count[k];
            }
        }
        mean[0] /= n;
        mean[1] /= n;
        for (int row = 0; row < ROWS; row++) {
            if (row % 7 % 3 != leftOut) {
                add(within, rows[2 * row] - centres[row % 3][0], rows[2 * row + 1] - centres[row % 3][1], 1 / (n - 3));
                add(between, centres[row % 3][0] - mean[0], centres[row % 3][1] - mean[1], 1 / n);
            }
        }
        double share = Math.max(0.05, 2 / (2 + n));
        double sphere = share * (within[0] + within[2]) / 2;
        double[] shrunk = {(1 - share) * within[0] + sphere, (1 - share) * within[1], (1 - share) * within[2] + sphere};
        double[] total = {shrunk[0] + between[0], shrunk[1] + between[1], shrunk[2] + between[2]};
        double nearest = Double.POSITIVE_INFINITY;
        for (double[] centre : centres) {
            nearest = Math.min(nearest, distance(shrunk, x - centre[0], y - centre[1]));
        }
        return new double[] {distance(total, x - mean[0], y - mean[1]) - nearest, -nearest};
    }

    private static void add(double[] to, double x, double y, double weight) {
        to[0] += weight * x * x;
        to[1] += weight * x * y;
        to[2] += weight * y * y;
    }

    private static double distance(double[] matrix, double x, double y) {
        double determinant = matrix[0] * matrix[2] - matrix[1] * matrix[1];
        return (matrix[2] * x * x - 2 * matrix[1] * x * y + matrix[0] * y * y) / determinant;
    }

    @Test
    void theScoreIsTheDifferenceOfMahalanobisDistances() {
        float[] rows = rows(1);
        FamiliarityFit fit = fit(rows);
        for (int part = -1; part < 3; part++) {
            Familiarity familiarity = fit.without(part).orElseThrow();
            for (float[] point : new float[][] {{0, 0}, {4.5f, 0.1f}, {-3, 2}, {2, 1.5f}}) {
                double[] expected = reference(rows, part, point[0], point[1]);
                assertThat(familiarity.score(point, 0).relative())
                        .as("without part %d", part)
                        .isCloseTo(expected[0], within(1e-3 * (1 + Math.abs(expected[0]))));
                assertThat(familiarity.score(point, 0).absolute())
                        .as("without part %d", part)
                        .isCloseTo(expected[1], within(1e-3 * (1 + Math.abs(expected[1]))));
            }
        }
        assertThat(fit.ofAll().orElseThrow().score(new float[] {9, 4, 0}, 1))
                .isEqualTo(fit.without(-1).orElseThrow().score(new float[] {4, 0}, 0));
    }

    @Test
    void whatLiesBetweenClassesIsLessFamiliar() {
        Familiarity familiarity = fit(rows(2)).ofAll().orElseThrow();
        double between = familiarity.score(new float[] {2, 1.5f}, 0).relative();
        for (double[] centre : CENTRES) {
            assertThat(familiarity
                            .score(new float[] {(float) centre[0], (float) centre[1]}, 0)
                            .relative())
                    .isGreaterThan(between);
        }
    }

    @Test
    void whatDiffersWhereClassesAreAlikeIsFarInAbsoluteTerms() {
        SplittableRandom random = new SplittableRandom(3);
        FamiliarityFit fit = new FamiliarityFit(3, 2, 1);
        for (int row = 0; row < 60; row++) {
            float[] vector = {
                (float) (3 * (row % 2) + 0.2 * random.nextGaussian()),
                (float) (0.2 * random.nextGaussian()),
                (float) (0.2 * random.nextGaussian())
            };
            fit.add(vector, 0, row % 2, 0);
        }
        Familiarity familiarity = fit.ofAll().orElseThrow();
        Familiarity.Score known = familiarity.score(new float[] {3, 0, 0}, 0);
        Familiarity.Score odd = familiarity.score(new float[] {3, 0, 2}, 0);
        assertThat(odd.absolute()).isLessThan(known.absolute() - 50);
        assertThat(odd.relative()).isGreaterThan(known.relative() - 20);
    }

    @Test
    void thereIsNoneWhereClassesCannotBeTold() {
        assertThat(new FamiliarityFit(2, 3, 2).ofAll()).isEmpty();
        FamiliarityFit fit = new FamiliarityFit(2, 3, 2);
        fit.add(new float[] {1, 0}, 0, 0, 0);
        fit.add(new float[] {0, 1}, 0, 1, 1);
        assertThat(fit.ofAll()).as("a row of each").isEmpty();
        fit.add(new float[] {0, 1}, 0, 1, 1);
        assertThat(fit.ofAll()).isPresent();
        assertThat(fit.without(0)).as("a single class is left").isEmpty();
        // No spread at all within the classes.
        assertThat(fit.ofAll().orElseThrow().score(new float[] {1, 0}, 0).relative())
                .isFinite();
    }

    @Test
    void damagedOnesAreRefused() {
        Node node = Node.root();
        fit(rows(1)).ofAll().orElseThrow().write(node);
        float[] point = {1, 1};
        assertThat(Familiarity.read(node).score(point, 0))
                .isEqualTo(fit(rows(1)).ofAll().orElseThrow().score(point, 0));
        for (String name : new String[] {"centres", "projection", "whitening"}) {
            float[] before = node.floats(name);
            for (float[] wrong : new float[][] {{}, {1, 2, 3, 4, 5}, nan(before), {1, Float.POSITIVE_INFINITY}}) {
                node.put(name, wrong);
                assertThatThrownBy(() -> Familiarity.read(node)).as(name).isInstanceOf(BundleException.class);
            }
            node.put(name, before);
        }
        for (String name : new String[] {"mean", "spread"}) {
            double[] before = node.doubles(name);
            for (double[] wrong : new double[][] {{}, {1, 2, 3}, {Double.NaN, 1}, {1, Double.POSITIVE_INFINITY}}) {
                node.put(name, wrong);
                assertThatThrownBy(() -> Familiarity.read(node)).as(name).isInstanceOf(BundleException.class);
            }
            node.put(name, before);
        }
        node.put("spread", new double[] {0.5, 1});
        assertThatThrownBy(() -> Familiarity.read(node)).isInstanceOf(BundleException.class);
    }

    private static float[] nan(float[] values) {
        float[] copy = values.clone();
        copy[copy.length - 1] = Float.NaN;
        return copy;
    }
}
