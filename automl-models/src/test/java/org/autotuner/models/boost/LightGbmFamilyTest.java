package org.autotuner.models.boost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.Scorer;
import org.autotuner.space.Configuration;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LightGbmFamilyTest {

    private static final LightGbmFamily FAMILY = new LightGbmFamily();

    static List<Task> tasks() {
        return List.of(
                new BinaryTask("y", "no", "yes"),
                new MulticlassTask("y", List.of("a", "b", "c", "d")),
                new RegressionTask("y"),
                new QuantileTask("y", List.of(0.1, 0.5, 0.9)));
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void theScorerAgreesWithTheLibrarysOwnPredictions(Task task) {
        TrainingData data = data(task, 800, 5);
        Configuration configuration = FAMILY.startingPoints(shape(task)).get(0);
        try (LightGbmTraining training = new LightGbmTraining(
                data, "learning_rate=0.1 num_leaves=15 seed=1 deterministic=true force_row_wise=true", 255)) {
            for (int round = 0; round < 30; round++) {
                training.update();
            }
            double[] expected = training.validationOutputs();
            Scorer scorer = training.ensemble();
            TrainingData validation = java.util.Objects.requireNonNull(data.validation());
            double[] out = new double[task.outputs()];
            for (int row = 0; row < validation.rows(); row++) {
                scorer.score(validation.features().cursor().to(row), out);
                for (int k = 0; k < out.length; k++) {
                    assertThat(out[k])
                            .as("row %d output %d", row, k)
                            .isCloseTo(expected[row * out.length + k], offset(1e-6));
                }
            }
        }
        assertThat(FAMILY.space(shape(task)).contains(configuration)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void itLearnsAndTracesItsError(Task task) {
        Metric metric = Metrics.defaultFor(task);
        TrainingData data = data(task, 1_500, 3);
        FittedModel model = FAMILY.fit(data, FAMILY.startingPoints(shape(task)).get(0), FitContext.of(metric, 1));
        List<Double> errors = model.curve().errors();
        double best = errors.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        assertThat(best).isLessThan(0.8 * errors.get(0));
        assertThat(model.curve().steps()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void equalSeedsGiveEqualModels() {
        Task task = tasks().get(0);
        TrainingData data = data(task, 600, 8);
        Configuration configuration = FAMILY.startingPoints(shape(task)).get(2);
        FitContext context = FitContext.of(Metrics.defaultFor(task), 5);
        double[] first = outputs(FAMILY.fit(data, configuration, context).scorer(), data);
        assertThat(outputs(FAMILY.fit(data, configuration, context).scorer(), data))
                .isEqualTo(first);
        assertThat(outputs(FAMILY.fit(data, configuration, context.withSeed(6)).scorer(), data))
                .isNotEqualTo(first);
    }

    @Test
    void withoutCategoriesNothingIsSearchedThatOnlyThesePayHeedTo() {
        Task task = new RegressionTask("y");
        DataShape numbers = new DataShape(task, 500, 4, 0, 0, 0);
        assertThat(FAMILY.space(numbers).parameters())
                .doesNotContain(LightGbmFamily.CATEGORY_L2, LightGbmFamily.CATEGORY_SMOOTH);
        assertThat(FAMILY.startingPoints(numbers)).isNotEmpty().allMatch(FAMILY.space(numbers)::contains);
        DataShape mixed = new DataShape(task, 500, 3, 1, 5, 0);
        assertThat(FAMILY.space(mixed).parameters())
                .contains(LightGbmFamily.CATEGORY_L2, LightGbmFamily.CATEGORY_SMOOTH);
    }

    @Test
    void everyStartingPointLiesInTheSpace() {
        for (Task task : tasks()) {
            for (Configuration point : FAMILY.startingPoints(shape(task))) {
                assertThat(FAMILY.space(shape(task)).contains(point))
                        .as(point.toJson())
                        .isTrue();
            }
        }
    }

    private static double[] outputs(Scorer scorer, TrainingData data) {
        double[] all = new double[data.rows()];
        double[] out = new double[scorer.outputs()];
        for (int row = 0; row < all.length; row++) {
            scorer.score(data.features().cursor().to(row), out);
            all[row] = out[0];
        }
        return all;
    }

    private static DataShape shape(Task task) {
        return new DataShape(task, 800, 3, 1, 6, 0);
    }

    /** Three numbers, one of them with missing cells, and a category of six levels that matters. */
    private static TrainingData data(Task task, int rows, long seed) {
        return part(task, rows, seed).withValidation(part(task, rows / 3, seed + 1));
    }

    private static TrainingData part(Task task, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] cells = new float[rows * 4];
        int[] labels = new int[rows];
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            double a = random.nextDouble() * 4 - 2;
            double b = random.nextDouble();
            int level = random.nextInt(6);
            double value = Math.sin(a) * 2 + b * b + (level % 3) + 0.2 * random.nextDouble();
            cells[row * 4] = (float) a;
            cells[row * 4 + 1] = random.nextInt(5) == 0 ? Float.NaN : (float) b;
            cells[row * 4 + 2] = random.nextInt(3);
            cells[row * 4 + 3] = random.nextInt(20) == 0 ? Float.NaN : level;
            values[row] = value;
            int classes = Math.max(2, task.labels().size());
            labels[row] = (int) Math.max(0, Math.min(classes - 1, Math.floor((value + 2) / 7 * classes)));
        }
        List<Feature> features = new ArrayList<>(List.of(
                new Feature("a", "a", 0),
                new Feature("b", "b", 0),
                new Feature("c", "c", 0),
                new Feature("d", "d", 6)));
        return new TrainingData(
                task,
                FeatureMatrix.dense(features, rows, cells),
                task.isClassification() ? Target.ofLabels(labels) : Target.ofValues(values),
                Weights.none(),
                null);
    }
}
