package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.prepare.SparseRows;
import org.junit.jupiter.api.Test;

class ScorersTest {

    @Test
    void everyScorerComesBackFromAFileWithTheSameScores() {
        for (long seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int width = 1 + random.nextInt(6);
            int outputs = 1 + random.nextInt(4);
            float[] cells = SampleScorers.floats(random, 50 * width);
            for (int i = 0; i < cells.length; i += 7) {
                cells[i] = Float.NaN;
            }
            FeatureRow row = TreeEnsembleTest.matrix(width, cells).cursor();
            for (Scorer scorer : SampleScorers.all(random, width, outputs)) {
                Scorer again = reread(scorer);
                assertThat(again.outputs()).isEqualTo(outputs);
                assertThat(again.width()).isEqualTo(scorer.width());
                for (int i = 0; i < 50; i++) {
                    double[] given = score(scorer, row.to(i));
                    assertThat(score(again, row.to(i)))
                            .as("%s, seed %d, row %d", scorer.type(), seed, i)
                            .isEqualTo(given);
                    assertThat(Arrays.stream(given)).allMatch(p -> p >= 0 && p <= 1);
                    if (outputs > 1) {
                        assertThat(Arrays.stream(given).sum()).isCloseTo(1, within(1e-9));
                    }
                }
            }
        }
    }

    @Test
    void linearScoresAddDenseAndSparseCellsAndIgnoreMissingOnes() {
        Scorer scorer = LinearScorer.of(
                2, 3, new double[] {1, 2}, new double[] {1, 10, 2, 20, 3, 30, 4, 40, 5, 50}, Link.IDENTITY);
        SparseRows sparse = new SparseRows(3, new int[] {0, 0, 2}, new int[] {0, 2}, new float[] {1, 2});
        FeatureMatrix dense = TreeEnsembleTest.matrix(2, new float[] {1, 1, Float.NaN, 1});
        FeatureMatrix rows = FeatureMatrix.of(dense.features(), 2, dense.denseArray(), sparse);
        assertThat(score(reread(scorer), rows.cursor().to(0))).containsExactly(1 + 1 + 2, 2 + 10 + 20);
        assertThat(score(scorer, rows.cursor().to(1))).containsExactly(1 + 2 + 3 + 10, 2 + 20 + 30 + 100);
    }

    @Test
    void factorizationMachinesAddTheProductsOfAllPairs() {
        // Rendle 2010, equation 1, written out for three features and two factors.
        double[] v = {1, 2, 3, -1, 0.5, 4};
        double[] w = {0.1, 0.2, 0.3};
        float[] x = {2, -1, 3};
        double expected = 7;
        for (int i = 0; i < 3; i++) {
            expected += w[i] * x[i];
            for (int j = i + 1; j < 3; j++) {
                expected += (v[2 * i] * v[2 * j] + v[2 * i + 1] * v[2 * j + 1]) * x[i] * x[j];
            }
        }
        Scorer scorer = FactorizationMachineScorer.of(3, 0, 2, new double[] {7}, w, v, Link.IDENTITY);
        assertThat(score(scorer, TreeEnsembleTest.matrix(3, x).cursor())[0]).isCloseTo(expected, within(1e-12));
        FeatureMatrix dense = TreeEnsembleTest.matrix(1, new float[] {2});
        FeatureMatrix mixed = FeatureMatrix.of(
                dense.features(),
                1,
                dense.denseArray(),
                new SparseRows(2, new int[] {0, 2}, new int[] {0, 1}, new float[] {-1, 3}));
        Scorer sparse = FactorizationMachineScorer.of(1, 2, 2, new double[] {7}, w, v, Link.IDENTITY);
        assertThat(score(sparse, mixed.cursor())[0]).isCloseTo(expected, within(1e-12));
    }

    @Test
    void neighboursAreTheNearestOnesWeightedByDistance() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 30; round++) {
            int width = 1 + random.nextInt(7);
            int rows = 5 + random.nextInt(60);
            float[] data = new float[rows * width];
            for (int i = 0; i < data.length; i++) {
                data[i] = (float) random.nextDouble(-1, 1);
            }
            double[] targets = SampleScorers.reals(random, rows);
            float[] query = SampleScorers.floats(random, width);
            double[] distance = new double[rows];
            for (int i = 0; i < rows; i++) {
                for (int f = 0; f < width; f++) {
                    distance[i] += Math.pow(query[f] - data[i * width + f], 2);
                }
            }
            List<Integer> nearest = java.util.stream.IntStream.range(0, rows)
                    .boxed()
                    .sorted(java.util.Comparator.comparingDouble(i -> distance[i]))
                    .limit(4)
                    .toList();
            double plain =
                    nearest.stream().mapToDouble(i -> targets[i]).average().orElseThrow();
            double weights = nearest.stream()
                    .mapToDouble(i -> 1 / Math.sqrt(distance[i]))
                    .sum();
            double weighted = nearest.stream()
                            .mapToDouble(i -> targets[i] / Math.sqrt(distance[i]))
                            .sum()
                    / weights;
            FeatureRow row = TreeEnsembleTest.matrix(width, query).cursor();
            assertThat(score(NeighboursScorer.of(width, 4, false, data, 1, targets), row)[0])
                    .as("round %d", round)
                    .isCloseTo(plain, within(1e-5));
            assertThat(score(NeighboursScorer.of(width, 4, true, data, 1, targets), row)[0])
                    .isCloseTo(weighted, within(1e-4));
        }
    }

    @Test
    void neighboursSkipMissingCellsAndAnEqualRowDecidesAlone() {
        float[] data = {0, 0, 1, Float.NaN, 5, 5};
        Scorer scorer = NeighboursScorer.of(2, 1, true, data, 1, new double[] {10, 20, 30});
        assertThat(score(scorer, TreeEnsembleTest.matrix(2, new float[] {1, 9}).cursor())[0])
                .isEqualTo(20);
        assertThat(score(
                        scorer,
                        TreeEnsembleTest.matrix(2, new float[] {Float.NaN, 5}).cursor())[0])
                .isIn(20.0, 30.0);
        Scorer all = NeighboursScorer.of(2, 99, true, data, 1, new double[] {10, 20, 30});
        assertThat(score(all, TreeEnsembleTest.matrix(2, new float[] {5, 5}).cursor())[0])
                .isCloseTo(30, within(1e-6));
        assertThat(score(
                        all,
                        TreeEnsembleTest.matrix(2, new float[] {Float.POSITIVE_INFINITY, 5})
                                .cursor())[0])
                .isBetween(10.0, 30.0);
    }

    @Test
    void kernelRegressionIsASumOfGaussians() {
        Scorer scorer = KernelScorer.regression(2, 0.5, new float[] {0, 0, 1, 2}, new double[] {2, -3}, 0.25);
        double expected = 2 * Math.exp(-0.5 * 2) - 3 * Math.exp(-0.5 * 1) - 0.25;
        FeatureRow row = TreeEnsembleTest.matrix(2, new float[] {1, 1}).cursor();
        assertThat(score(reread(scorer), row)[0]).isCloseTo(expected, within(1e-12));
    }

    @Test
    void kernelClassifiersCalibrateTheDecisionOfAPair() {
        double[] one = {0.5};
        Scorer scorer = KernelScorer.classification(
                1,
                1,
                new float[] {0, 2},
                new int[] {1, 1},
                new double[] {1.5, -1},
                one,
                new double[] {-2},
                new double[] {0.1},
                new int[] {1, 0},
                1);
        double decision = 1.5 * Math.exp(-1) - Math.exp(-1) - 0.5;
        double expected = 1 / (1 + Math.exp(decision * -2 + 0.1));
        assertThat(score(scorer, TreeEnsembleTest.matrix(1, new float[] {1}).cursor())[0])
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void coupledPairsGiveBackTheProbabilitiesTheyCameFrom() {
        // Pairs r_ij = p_i / (p_i + p_j) are consistent, so that coupling must find p (Wu, Lin and Weng 2004).
        double[] p = {0.5, 0.3, 0.15, 0.05};
        double[] pairs = new double[6];
        int pair = 0;
        for (int i = 0; i < 4; i++) {
            for (int j = i + 1; j < 4; j++) {
                pairs[pair++] = p[i] / (p[i] + p[j]);
            }
        }
        double[] found = PairCoupling.couple(pairs, 4);
        for (int i = 0; i < 4; i++) {
            assertThat(found[i]).isCloseTo(p[i], within(0.01));
        }
        assertThat(Arrays.stream(found).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void wrongShapesAreRefusedWhenMadeAndWhenRead() {
        assertThatThrownBy(() -> LinearScorer.of(2, 0, new double[1], new double[3], Link.IDENTITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weights");
        assertThatThrownBy(() -> ConstantScorer.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VotingScorer.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        Node node = Node.root();
        Scorers.write(ConstantScorer.of(1), node);
        node.put("type", "unheard-of");
        assertThatThrownBy(() -> Scorers.read(node))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("unheard-of");
    }

    private static Scorer reread(Scorer scorer) {
        Node node = Node.root();
        Scorers.write(scorer, node);
        return Scorers.read(Bundle.fromBytes(Bundle.toBytes(node)));
    }

    private static double[] score(Scorer scorer, FeatureRow row) {
        double[] out = new double[scorer.outputs()];
        scorer.score(row, out);
        return out;
    }
}
