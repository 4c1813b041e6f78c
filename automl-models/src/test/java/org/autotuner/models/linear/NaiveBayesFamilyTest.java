package org.autotuner.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.SparseRows;
import org.autotuner.space.Configuration;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NaiveBayesFamilyTest {

    private final NaiveBayesFamily family = new NaiveBayesFamily();
    private final DataShape shape = new DataShape(Samples.classes(3), 300, 0, 0, 0, 1);

    private static FeatureMatrix counts(int width, float[]... rows) {
        int[] start = IntStream.rangeClosed(0, rows.length).map(i -> i * width).toArray();
        int[] index =
                IntStream.range(0, rows.length * width).map(i -> i % width).toArray();
        float[] values = new float[rows.length * width];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, values, row * width, width);
        }
        return FeatureMatrix.of(List.of(), rows.length, new float[0], new SparseRows(width, start, index, values));
    }

    private static TrainingData three() {
        FeatureMatrix features = counts(
                4,
                new float[] {2, 1, 0, 0},
                new float[] {1, 0, 1, 0},
                new float[] {0, 3, 0, 1},
                new float[] {0, 1, 2, 1},
                new float[] {0, 0, 1, 4},
                new float[] {1, 0, 0, 2});
        return new TrainingData(Samples.classes(3), features, Target.ofLabels(0, 0, 1, 1, 2, 2), Weights.none(), null);
    }

    private static double[] logits(double[] probabilities, int row) {
        double[] logits = new double[3];
        Arrays.setAll(logits, k -> Math.log(probabilities[row * 3 + k] / probabilities[row * 3]));
        return logits;
    }

    @Test
    void weightsAreThoseOfScikitLearn() {
        // MultinomialNB(alpha=1) and ComplementNB(alpha=1) on the six rows above, differences to the first class.
        TermMasses masses = TermMasses.of(three(), row -> true);
        double alpha = 1 * 12.0 / 21; // of a mean mass: 21 counts in 4 x 3 cells, so that the added mass is 1
        double[] multinomial = masses.weights(alpha, false);
        double[] added = {4, 2, 2, 1, 1, 5, 3, 3, 2, 1, 2, 7};
        double[] totals = {9, 12, 12};
        for (int column = 0; column < 4; column++) {
            for (int k = 1; k < 3; k++) {
                double expected = Math.log(added[4 * k + column] / totals[k]) - Math.log(added[column] / totals[0]);
                assertThat(multinomial[3 * column + k] - multinomial[3 * column])
                        .isCloseTo(expected, within(1e-9));
            }
        }
        double[] complement = masses.weights(alpha, true);
        // Sums per column: 4, 5, 4, 8 of 21.
        double[] all = {4, 5, 4, 8};
        double[] own = {3, 1, 1, 0, 0, 4, 2, 2, 1, 0, 1, 6};
        double[] sums = {5, 8, 8};
        for (int column = 0; column < 4; column++) {
            for (int k = 1; k < 3; k++) {
                double expected = -Math.log((all[column] - own[4 * k + column] + 1) / (21 - sums[k] + 4))
                        + Math.log((all[column] - own[column] + 1) / (21 - sums[0] + 4));
                assertThat(complement[3 * column + k] - complement[3 * column]).isCloseTo(expected, within(1e-9));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"multinomial", "complement"})
    void scoresAreSharesTimesTermProbabilities(String counts) {
        TrainingData data = three();
        Configuration point = family.space(shape).defaults().with(NaiveBayesFamily.COUNTS, counts);
        FittedModel model =
                family.fit(data, point, FitContext.of(Samples.LOSS, 1).withSteps(3));
        double[] p = Samples.score(model.scorer(), data.features());
        TermMasses most = TermMasses.of(data, row -> row % 5 != 0);
        boolean complement = counts.equals("complement");
        double smoothing = Math.pow(10, -0.5);
        double factor = Sharpness.of(data, most.weights(smoothing, complement), row -> row % 5 == 0);
        double[] w = TermMasses.of(data, row -> true).weights(smoothing, complement);
        double[] expected = new double[3];
        float[] row = {1, 0, 1, 0};
        for (int k = 0; k < 3; k++) {
            for (int j = 0; j < 4; j++) {
                expected[k] += factor * row[j] * (w[3 * j + k] - w[3 * j]);
            }
        }
        assertThat(logits(p, 1)).containsExactly(expected, within(1e-6));
    }

    @Test
    void theSharpnessIsThatOfLeastLogLoss() {
        // One term says "class 1", the other "class 0", and both are right in three of four rows; a tenth of each row
        // counts as wrong.
        float[] first = {1, 0};
        float[] second = {0, 1};
        FeatureMatrix features = counts(2, first, first, first, first, second, second, second, second);
        TrainingData data = new TrainingData(
                Samples.BINARY, features, Target.ofLabels(1, 1, 1, 0, 0, 0, 0, 1), Weights.none(), null);
        double factor = Sharpness.of(data, new double[] {0, 0.2, 0.2, 0}, row -> true);
        double right = (3 * 0.9 + 0.1) / 4;
        assertThat(factor).isCloseTo(Math.log(right / (1 - right)) / 0.2, within(1e-6));
    }

    @Test
    void thePathChoosesASmoothingByTheValidationRows() {
        SplittableRandom random = new SplittableRandom(4);
        TrainingData training = words(random, 400, null);
        TrainingData validation = words(random, 400, null);
        TrainingData both = new TrainingData(
                training.task(), training.features(), training.target(), training.weights(), validation);
        FittedModel model = family.fit(both, family.space(shape).defaults(), FitContext.of(Samples.LOSS, 1));
        assertThat(model.curve().steps()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        double best = model.curve().errors().stream().mapToDouble(e -> e).min().orElseThrow();
        // Two words that decide among fifty that do not.
        assertThat(best).isLessThan(0.58); // 0.5004 at best, 0.693 without any knowledge
        assertThat(new HashSet<>(model.curve().errors())).hasSizeGreaterThan(5);
        double[] p = Samples.score(model.scorer(), validation.features());
        double sum = 0;
        for (int row = 0; row < 400; row++) {
            sum -= Math.log(validation.target().label(row) == 1 ? p[row] : 1 - p[row]) / 400;
        }
        assertThat(sum).isCloseTo(best, within(1e-9));
    }

    @Test
    void ratiosHelpALinearModelThatReadsManyWordsThatTellNothing() {
        SplittableRandom random = new SplittableRandom(9);
        TrainingData validation = words(random, 1000, null);
        TrainingData both = words(random, 150, validation);
        LinearFamily linear = new LinearFamily();
        DataShape texts = new DataShape(Samples.BINARY, 150, 0, 0, 0, 1);
        List<Configuration> points = linear.startingPoints(texts);
        assertThat(points.get(2).get(LinearFamily.TERM_FACTORS)).isEqualTo("ratios");
        double plain = bestError(linear.fit(both, points.get(0), FitContext.of(Samples.LOSS, 1)));
        FittedModel scaled = linear.fit(both, points.get(2), FitContext.of(Samples.LOSS, 1));
        assertThat(bestError(scaled)).isLessThan(0.97 * plain);
        // The scorer reads columns as they are: it gives the very error that was measured.
        double[] p = Samples.score(scaled.scorer(), validation.features());
        double sum = 0;
        for (int row = 0; row < 1000; row++) {
            sum -= Math.log(validation.target().label(row) == 1 ? p[row] : 1 - p[row]) / 1000;
        }
        assertThat(sum).isCloseTo(bestError(scaled), within(1e-6));
    }

    private static double bestError(FittedModel model) {
        return model.curve().errors().stream().mapToDouble(e -> e).min().orElseThrow();
    }

    private static TrainingData words(SplittableRandom random, int rows, TrainingData validation) {
        float[][] cells = new float[rows][52];
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = row % 2;
            cells[row][random.nextInt(10) < 8 ? labels[row] : 1 - labels[row]] = 1;
            for (int word = 0; word < 5; word++) {
                cells[row][2 + random.nextInt(50)] = 1;
            }
        }
        return new TrainingData(Samples.BINARY, counts(52, cells), Target.ofLabels(labels), Weights.none(), validation);
    }
}
