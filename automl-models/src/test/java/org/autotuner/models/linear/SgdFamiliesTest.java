package org.autotuner.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.SparseRows;
import org.autotuner.space.Configuration;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SGDVector;

class SgdFamiliesTest {

    private final FitContext context = FitContext.of(Samples.LOSS, 7);

    static List<ModelFamily> families() {
        return List.of(new LinearSgdFamily(), new FactorizationMachineFamily());
    }

    private static Configuration defaults(ModelFamily family) {
        return family.startingPoints(new DataShape(Samples.BINARY, 100, 3, 0, 0, 0))
                .get(0);
    }

    /** Two categories of ten levels each, as sparse one-hot; what counts is whether they are of the same parity. */
    private static TrainingData pairs(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] start = IntStream.rangeClosed(0, rows).map(row -> 2 * row).toArray();
        int[] index = new int[2 * rows];
        float[] value = new float[2 * rows];
        int[] labels = new int[rows];
        Arrays.fill(value, 1);
        for (int row = 0; row < rows; row++) {
            int a = random.nextInt(10);
            int b = random.nextInt(10);
            index[2 * row] = a;
            index[2 * row + 1] = 10 + b;
            labels[row] = (a + b) % 2;
        }
        FeatureMatrix features =
                FeatureMatrix.of(List.of(), rows, new float[0], new SparseRows(20, start, index, value));
        return new TrainingData(Samples.BINARY, features, Target.ofLabels(labels), Weights.none(), null);
    }

    @Test
    void scorersAgreeWithTribuosOwnPredictions() {
        for (int outputs : new int[] {1, 3}) {
            Task task = outputs == 1 ? Samples.BINARY : Samples.classes(3);
            LinearShape shape = new LinearShape(4, 0, task, 0, 1);
            FactorModel factors = new FactorModel(shape, new double[outputs], 5, 0.7, 3);
            LinearSgdModel linear = new LinearSgdModel(shape, new double[outputs]);
            FeatureMatrix rows = Samples.gaussian(50, 4, 1);
            for (SgdModel model : List.of(factors, linear)) {
                shake(model);
                SGDVector[] vectors = SgdRows.of(rows, model.biasIsFeature());
                double[] ours = Samples.score(model.scorer(), rows);
                for (int row = 0; row < 50; row++) {
                    double[] theirs = model.parameters().predict(vectors[row]).toArray();
                    shape.link().apply(theirs, outputs);
                    assertThat(Arrays.copyOfRange(ours, row * outputs, (row + 1) * outputs))
                            .as("%s, row %d", model.getClass(), row)
                            .containsExactly(theirs, within(1e-6));
                }
            }
        }
    }

    /** Moves all parameters away from their start. */
    private static void shake(SgdModel model) {
        SplittableRandom random = new SplittableRandom(5);
        for (var tensor : model.parameters().get()) {
            if (tensor instanceof org.tribuo.math.la.DenseMatrix matrix) {
                for (int i = 0; i < matrix.getDimension1Size(); i++) {
                    for (int j = 0; j < matrix.getDimension2Size(); j++) {
                        matrix.add(i, j, random.nextGaussian());
                    }
                }
            } else if (tensor instanceof DenseVector vector) {
                for (int i = 0; i < vector.size(); i++) {
                    vector.add(i, random.nextGaussian());
                }
            }
        }
    }

    @Test
    void factorizationMachinesLearnInteractionsThatLinearModelsCannot() {
        TrainingData data = pairs(3000, 1).withValidation(pairs(500, 2));
        TrainingData test = pairs(500, 3);
        ModelFamily machine = new FactorizationMachineFamily();
        ModelFamily linear = new LinearSgdFamily();
        assertThat(Samples.loss(machine.fit(data, defaults(machine), context).scorer(), test))
                .isLessThan(0.2);
        assertThat(Samples.loss(linear.fit(data, defaults(linear), context).scorer(), test))
                .isGreaterThan(0.65);
    }

    @ParameterizedTest
    @MethodSource("families")
    void realTargetsAreLearnedInTheirOwnUnits(ModelFamily family) {
        TrainingData data = Samples.real(2000, 3, 1, x -> 1000 + 50 * x[0] - 20 * x[1], z -> 10 * z);
        TrainingData held = Samples.real(500, 3, 2, x -> 1000 + 50 * x[0] - 20 * x[1], z -> 10 * z);
        FittedModel model = family.fit(data.withValidation(held), defaults(family), context);
        assertThat(Samples.loss(model.scorer(), held)).isBetween(80.0, 140.0); // the noise is 100
    }

    @ParameterizedTest
    @MethodSource("families")
    void quantilesNeverCross(ModelFamily family) {
        TrainingData data = Samples.withTask(
                Samples.real(1000, 2, 9, x -> x[0], z -> z), new QuantileTask("y", List.of(0.45, 0.5, 0.55)));
        double[] out = Samples.score(family.fit(data, defaults(family), context).scorer(), Samples.gaussian(500, 2, 4));
        for (int i = 0; i < out.length; i += 3) {
            assertThat(Arrays.copyOfRange(out, i, i + 3)).isSorted();
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void theEpochsHaveTheirErrorsAndScorersAndEqualArgumentsGiveEqualModels(ModelFamily family) {
        TrainingData data = Samples.logistic(600, 4, 1, x -> 2 * x[0]);
        TrainingData held = Samples.logistic(300, 4, 2, x -> 2 * x[0]);
        FittedModel model = family.fit(data.withValidation(held), defaults(family), context.withSteps(4));
        assertThat(model.curve().steps()).containsExactly(1, 2, 3, 4);
        for (int step = 1; step <= 4; step++) {
            assertThat(Samples.loss(model.scorer(step), held))
                    .isCloseTo(model.curve().at(step), within(1e-9));
        }
        FittedModel without = family.fit(data, defaults(family), context.withSteps(3));
        assertThat(Samples.score(without.scorer(), held.features()))
                .as("validation rows teach nothing")
                .isEqualTo(Samples.score(model.scorer(3), held.features()));
    }

    @ParameterizedTest
    @MethodSource("families")
    void manyClassesMissingCellsAndRowsWithoutWeight(ModelFamily family) {
        float[] values = new float[600];
        for (int row = 0; row < 600; row++) {
            values[row] = row % 50 == 0 ? Float.NaN : row % 3 - 1f;
        }
        FeatureMatrix features = Samples.matrix(1, values);
        int[] labels = IntStream.range(0, 600).map(row -> row % 3).toArray();
        double[] weights =
                IntStream.range(0, 600).mapToDouble(row -> row % 7 == 0 ? 0 : 1).toArray();
        for (int row = 0; row < 600; row += 7) {
            labels[row] = (labels[row] + 1) % 3; // wrong, and of no weight
        }
        TrainingData data =
                new TrainingData(Samples.classes(3), features, Target.ofLabels(labels), Weights.of(weights), null);
        double[] p = Samples.score(
                family.fit(data, defaults(family), context.withSteps(30)).scorer(), Samples.matrix(1, -1, 1));
        assertThat(p[0]).isGreaterThan(0.6);
        assertThat(p[5]).isGreaterThan(0.6);
        assertThat(p[0] + p[1] + p[2]).isCloseTo(1, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("families")
    void aDeadlineKeepsWhatWasLearnedOrThrowsWhereNothingWas(ModelFamily family) {
        TrainingData data = Samples.logistic(20_000, 4, 1, x -> 3 * x[0]);
        long[] now = {0};
        Deadline middle = Deadline.after(Duration.ofNanos(40), () -> now[0]++, new Cancellation());
        FittedModel model = family.fit(data, defaults(family), context.withDeadline(middle));
        assertThat(Samples.loss(model.scorer(), data)).isLessThan(0.6);
        assertThatThrownBy(
                        () -> family.fit(data, defaults(family), context.withDeadline(Deadline.after(Duration.ZERO))))
                .isInstanceOf(DeadlineExceededException.class);
    }

    @ParameterizedTest
    @MethodSource("families")
    void sizesDecideWhatItCostsAndWhetherItIsSuitable(ModelFamily family) {
        DataShape small = new DataShape(Samples.BINARY, 1000, 5, 2, 30, 0);
        DataShape huge = new DataShape(Samples.classes(100), 5_000_000, 50, 20, 3000, 0);
        assertThat(family.unsuitable(small)).isEmpty();
        assertThat(family.unsuitable(huge)).get().asString().contains("5000000 rows");
        assertThat(family.startingPoints(small)).allMatch(family.space(small)::contains);
        assertThat(family.cost(defaults(family), small).seconds())
                .isBetween(0.0, 2.0)
                .isLessThan(family.cost(defaults(family), huge).seconds());
    }
}
