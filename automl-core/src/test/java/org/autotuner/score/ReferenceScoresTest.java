package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.SparseRows;
import org.junit.jupiter.api.Test;

/** Scores against their definitions, computed the plain way. */
class ReferenceScoresTest {

    @Test
    void linksAreWhatTheirFormulasSay() {
        double[] margins = {-1, 0.5, 2};
        double[] sigmoid =
                Arrays.stream(margins).map(x -> 1 / (1 + Math.exp(-x))).toArray();
        double[] exp = Arrays.stream(margins).map(Math::exp).toArray();
        close(link(Link.IDENTITY, margins), margins);
        close(link(Link.SIGMOID, margins), sigmoid);
        close(link(Link.EXP, margins), exp);
        close(link(Link.SOFTMAX, margins), shares(exp));
        close(link(Link.NORMALISED_SIGMOID, margins), shares(sigmoid));
        close(link(Link.SORTED, 3, 1, 2), 1, 2, 3);
        // Large margins stay finite; where all sigmoids are 0 the classes share alike.
        close(link(Link.SOFTMAX, 2000, 1000), 1, 0);
        close(link(Link.SOFTMAX, 1000, 2000), 0, 1);
        assertThat(link(Link.EXP, 1e9)[0]).isEqualTo(Math.exp(700));
        close(link(Link.NORMALISED_SIGMOID, -1e9, -1e9), 0.5, 0.5);
    }

    @Test
    void linksTouchTheirOutputsOnly() {
        for (Link link : Link.values()) {
            double[] out = {0.5, -0.5, -7};
            link.apply(out, 2);
            assertThat(out[2]).as(link.name()).isEqualTo(-7);
        }
    }

    private static double[] link(Link link, double... margins) {
        double[] out = margins.clone();
        Node node = Node.root();
        link.write(node);
        Link.read(node).apply(out, out.length);
        return out;
    }

    private static double[] shares(double[] values) {
        double sum = Arrays.stream(values).sum();
        return Arrays.stream(values).map(value -> value / sum).toArray();
    }

    private static void close(double[] given, double... expected) {
        assertThat(given).containsExactly(expected, within(1e-12));
    }

    @Test
    void distancesAreSumsOverTheFeaturesOfTheRow() {
        SplittableRandom random = new SplittableRandom(1);
        for (int width = 1; width < 14; width++) {
            float[] query = SampleScorers.floats(random, width);
            float[] data = SampleScorers.floats(random, 3 * width);
            float squared = 0;
            float absolute = 0;
            for (int f = 0; f < width; f++) {
                float difference = query[f] - data[width + f];
                squared += difference * difference;
                absolute += Math.abs(difference);
            }
            // Multiples of 1/16, so that every order of addition gives the same.
            assertThat(Distances.squared(query, data, width)).isEqualTo(squared);
            assertThat(Distances.absolute(query, data, width)).isEqualTo(absolute);
            assertThat(Distances.ofPresent(query, data, width, false)).isEqualTo(squared);
            assertThat(Distances.ofPresent(query, data, width, true)).isEqualTo(absolute);
            for (int f = 0; f < width; f++) {
                float[] missing = query.clone();
                missing[f] = Float.NaN;
                float difference = query[f] - data[width + f];
                assertThat(Distances.squared(missing, data, width)).isNaN();
                assertThat(Distances.absolute(missing, data, width)).isNaN();
                assertThat(Distances.ofPresent(missing, data, width, false))
                        .isEqualTo(squared - difference * difference);
                assertThat(Distances.ofPresent(missing, data, width, true)).isEqualTo(absolute - Math.abs(difference));
            }
        }
    }

    @Test
    void theNearestAreTheFirstOfTheRowsInOrderOfDistance() {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 500; round++) {
            int rows = 1 + random.nextInt(40);
            float[] distances = new float[rows];
            for (int i = 0; i < rows; i++) {
                distances[i] = random.nextInt(12);
            }
            int k = 1 + random.nextInt(rows);
            Nearest nearest = new Nearest(k);
            for (int i = 0; i < rows; i++) {
                nearest.offer(distances[i], i);
            }
            List<Integer> expected = IntStream.range(0, rows)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> distances[i])
                            .thenComparing(i -> i))
                    .limit(k)
                    .toList();
            assertThat(nearest.size).isEqualTo(k);
            assertThat(Arrays.stream(nearest.row).boxed())
                    .as("round %d", round)
                    .containsExactlyInAnyOrderElementsOf(expected);
            for (int i = 0; i < k; i++) {
                assertThat(nearest.distance[i]).isEqualTo(distances[nearest.row[i]]);
            }
        }
    }

    @Test
    void weightedQuantilesAreTheFirstValuesThatReachTheLevel() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 500; round++) {
            int size = 1 + random.nextInt(8);
            double[] values = random.ints(size, 0, 6).asDoubleStream().toArray();
            double[] weights = random.ints(size, 1, 4).asDoubleStream().toArray();
            double[] levels = {0, 0.1, 0.25, 0.5, 0.75, 0.99, 1};
            double[] expected = new double[levels.length];
            for (int k = 0; k < levels.length; k++) {
                expected[k] = quantile(values, weights, levels[k]);
            }
            double[] out = new double[levels.length];
            WeightedQuantiles.write(values.clone(), weights.clone(), levels, out);
            assertThat(out).as("round %d", round).containsExactly(expected, within(1e-12));
        }
    }

    /** Repeats each value by its whole weight: definition 2 of Hyndman and Fan (1996) for equal weights. */
    private static double quantile(double[] values, double[] weights, double level) {
        double[] repeated = IntStream.range(0, values.length)
                .boxed()
                .flatMap(i -> IntStream.range(0, (int) weights[i]).mapToObj(copy -> values[i]))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        double position = level * repeated.length;
        int above = (int) Math.floor(position);
        boolean meets = position == above && above > 0 && above < repeated.length;
        int at = Math.min(repeated.length - 1, above);
        return meets ? (repeated[above - 1] + repeated[above]) / 2 : repeated[at];
    }

    @Test
    void couplingTwoClassesKeepsThePairAndNoProbabilityIsLost() {
        assertThat(PairCoupling.couple(new double[] {0.3}, 2)).containsExactly(0.3, 0.7);
        assertThat(PairCoupling.couple(new double[] {0}, 2)).containsExactly(1e-7, 1 - 1e-7);
        assertThat(PairCoupling.couple(new double[] {1}, 2)[0]).isEqualTo(1 - 1e-7);
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 200; round++) {
            int k = 3 + random.nextInt(4);
            double[] pairs = random.doubles(k * (k - 1) / 2).toArray();
            double[] p = PairCoupling.couple(pairs, k);
            assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-9));
            assertThat(objective(pairs, p)).isLessThan(objective(pairs, uniform(k)) + 1e-12);
            // LibSVM stops at 0.005 / k, near the least value: no step to one class makes it clearly smaller.
            for (int towards = 0; towards < k; towards++) {
                double[] moved = p.clone();
                for (int c = 0; c < k; c++) {
                    moved[c] = 0.95 * moved[c] + (c == towards ? 0.05 : 0);
                }
                assertThat(objective(pairs, moved)).isGreaterThan(objective(pairs, p) - 1e-3);
            }
        }
    }

    private static double[] uniform(int k) {
        double[] p = new double[k];
        Arrays.fill(p, 1.0 / k);
        return p;
    }

    /** What Wu, Lin and Weng (2004), equation 14, minimise: the sum of (r_ji p_i - r_ij p_j)^2. */
    private static double objective(double[] pairs, double[] p) {
        double sum = 0;
        int pair = 0;
        for (int i = 0; i < p.length; i++) {
            for (int j = i + 1; j < p.length; j++) {
                double r = pairs[pair++];
                sum += Math.pow((1 - r) * p[i] - r * p[j], 2);
            }
        }
        return sum;
    }

    @Test
    void votesAreMeansAndNeedTheWidestOfTheirParts() {
        Scorer wide = LinearScorer.of(2, 3, new double[] {1}, new double[] {1, 1, 1, 1, 1}, Link.IDENTITY);
        Scorer narrow = LinearScorer.of(1, 0, new double[] {5}, new double[] {3}, Link.IDENTITY);
        Scorer votes = VotingScorer.of(List.of(wide, narrow, ConstantScorer.of(-1)));
        assertThat(votes.width()).isEqualTo(2);
        assertThat(votes.sparseWidth()).isEqualTo(3);
        assertThat(wide.sparseWidth()).isEqualTo(3);
        FeatureMatrix dense = TreeEnsembleTest.matrix(2, new float[] {10, 20});
        // The fourth sparse column is unknown to the model.
        SparseRows sparse = new SparseRows(5, new int[] {0, 2}, new int[] {2, 3}, new float[] {4, 1000});
        double[] out = {0, 99};
        votes.score(
                FeatureMatrix.of(dense.features(), 1, dense.denseArray(), sparse)
                        .cursor(),
                out);
        assertThat(out).containsExactly(((1 + 10 + 20 + 4) + (5 + 30) - 1) / 3.0, 99);
    }

    @Test
    void factorizationMachinesIgnoreMissingCellsAndUnknownSparseColumns() {
        Scorer machine = FactorizationMachineScorer.of(
                1, 1, 1, new double[] {1, 2}, new double[] {3, 4, 5, 6}, new double[] {1, 2, 3, 4}, Link.IDENTITY);
        assertThat(machine.width()).isEqualTo(1);
        assertThat(machine.sparseWidth()).isEqualTo(1);
        FeatureMatrix dense = TreeEnsembleTest.matrix(1, new float[] {2, Float.NaN});
        SparseRows sparse =
                new SparseRows(2, new int[] {0, 2, 4}, new int[] {0, 1, 0, 1}, new float[] {10, 1000, 1, 1000});
        FeatureMatrix rows = FeatureMatrix.of(dense.features(), 2, dense.denseArray(), sparse);
        double[] out = new double[2];
        machine.score(rows.cursor(), out);
        // w0 + w1 x1 + w2 x2 + v1 v2 x1 x2 for each output, by definition.
        assertThat(out).containsExactly(1 + 6 + 50 + 3 * 20, 2 + 8 + 60 + 8 * 20);
        machine.score(rows.cursor().to(1), out);
        assertThat(out).containsExactly(1 + 5, 2 + 6);
    }

    @Test
    void factorizationMachinesKeepTheFactorsOfEveryOutputApart() {
        SplittableRandom random = new SplittableRandom(5);
        int width = 4;
        int outputs = 3;
        int rank = 2;
        double[] intercepts = SampleScorers.reals(random, outputs);
        double[] weights = SampleScorers.reals(random, width * outputs);
        double[] factors = SampleScorers.reals(random, width * outputs * rank);
        float[] x = {1.5f, -2, 0.25f, 3};
        double[] expected = intercepts.clone();
        for (int k = 0; k < outputs; k++) {
            for (int i = 0; i < width; i++) {
                expected[k] += weights[i * outputs + k] * x[i];
                for (int j = i + 1; j < width; j++) {
                    for (int r = 0; r < rank; r++) {
                        expected[k] += factors[(i * outputs + k) * rank + r]
                                * factors[(j * outputs + k) * rank + r]
                                * x[i]
                                * x[j];
                    }
                }
            }
        }
        double[] out = new double[outputs];
        FactorizationMachineScorer.of(width, 0, rank, intercepts, weights, factors, Link.IDENTITY)
                .score(TreeEnsembleTest.matrix(width, x).cursor(), out);
        close(out, expected);
    }
}
