package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SobolTest {

    private static double[][] points(Sobol sobol, int count) {
        double[][] points = new double[count][];
        for (int i = 0; i < count; i++) {
            points[i] = sobol.point(i);
        }
        return points;
    }

    @Test
    void anyPowerOfTwoOfTheFirstPointsHitsEachCellOfEachAxisOnce() {
        for (long seed = -2; seed < 4; seed++) {
            double[][] points = points(new Sobol(25, seed), 1024);
            for (int count = 1; count <= 1024; count *= 2) {
                for (int d = 0; d < 25; d++) {
                    boolean[] isHit = new boolean[count];
                    for (int i = 0; i < count; i++) {
                        int cell = (int) (points[i][d] * count);
                        assertThat(isHit[cell])
                                .as("seed %d, axis %d, cell %d of %d", seed, d, cell, count)
                                .isFalse();
                        isHit[cell] = true;
                    }
                }
            }
        }
    }

    /** A (0, m, 2)-net: each box of area 1/n with sides that are powers of two holds one of the first n points. */
    @Test
    void theFirstTwoAxesTogetherAreBalanced() {
        int m = 8;
        int n = 1 << m;
        for (long seed = 0; seed < 5; seed++) {
            double[][] points = points(new Sobol(2, seed), n);
            for (int a = 0; a <= m; a++) {
                boolean[] isHit = new boolean[n];
                for (double[] point : points) {
                    int box = ((int) (point[0] * (1 << a)) << (m - a)) + (int) (point[1] * (1 << (m - a)));
                    assertThat(isHit[box]).as("seed %d, 2^%d columns", seed, a).isFalse();
                    isHit[box] = true;
                }
            }
        }
    }

    @Test
    void aPointIsAFunctionOfSeedAndIndex() {
        Sobol forward = new Sobol(3, 9);
        double[][] points = points(forward, 20);
        Sobol backward = new Sobol(3, 9);
        for (int i = 19; i >= 0; i--) {
            assertThat(backward.point(i)).isEqualTo(points[i]);
        }
    }

    @Test
    void seedsGiveDifferentPoints() {
        java.util.Set<Double> first = new java.util.HashSet<>();
        for (long seed = -100; seed < 100; seed++) {
            for (double coordinate : new Sobol(10, seed).point(0)) {
                assertThat(first.add(coordinate))
                        .as("seed %d: %s again", seed, coordinate)
                        .isTrue();
                assertThat(coordinate).as("seed %d is scrambled", seed).isBetween(1e-6, 1 - 1e-6);
            }
        }
    }

    /** Hickernell's centred discrepancy (A Generalized Discrepancy and Quadrature Error Bound, 1998), squared. */
    private static double discrepancy(double[][] points) {
        int n = points.length;
        int size = points[0].length;
        double single = 0;
        double pairs = 0;
        for (double[] one : points) {
            double product = 1;
            for (double x : one) {
                double z = Math.abs(x - 0.5);
                product *= 1 + 0.5 * z - 0.5 * z * z;
            }
            single += product;
            for (double[] other : points) {
                product = 1;
                for (int d = 0; d < size; d++) {
                    product *= 1
                            + 0.5 * Math.abs(one[d] - 0.5)
                            + 0.5 * Math.abs(other[d] - 0.5)
                            - 0.5 * Math.abs(one[d] - other[d]);
                }
                pairs += product;
            }
        }
        return Math.pow(13.0 / 12, size) - 2 * single / n + pairs / ((double) n * n);
    }

    @Test
    void discrepancyIsFarBelowThatOfRandomPoints() {
        for (long seed = 0; seed < 5; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[][] drawn = new double[128][];
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = random.doubles(4).toArray();
            }
            assertThat(discrepancy(points(new Sobol(4, seed), 128)))
                    .as("seed %d", seed)
                    .isLessThan(0.2 * discrepancy(drawn));
        }
    }

    @Test
    void coordinatesBeyondTheTableAreUniform() {
        Sobol sobol = new Sobol(1040, 3);
        long[] counts = new long[10];
        for (int i = 0; i < 500; i++) {
            double[] point = sobol.point(i);
            assertThat(point).hasSize(1040);
            for (int d = 1000; d < 1040; d++) {
                counts[(int) (10 * point[d])]++;
            }
        }
        double[] even = new double[10];
        java.util.Arrays.fill(even, 0.1);
        assertThat(Runs.chiSquare(counts, even, 1e-9)).isLessThan(1);
    }
}
