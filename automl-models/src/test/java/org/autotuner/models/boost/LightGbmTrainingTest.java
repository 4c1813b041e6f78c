package org.autotuner.models.boost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.autotuner.error.DataException;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.TreeEnsemble;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LightGbmTrainingTest {

    private static final String PLAIN = "seed=1 deterministic=true force_row_wise=true min_data_in_leaf=5";

    static Stream<Task> tasks() {
        return Stream.of(Tables.binary(), Tables.classes(4), Tables.value(), Tables.quantiles());
    }

    static Stream<String> variants() {
        return Stream.of(
                "",
                " extra_trees=true",
                " max_cat_to_onehot=2 cat_smooth=1",
                " zero_as_missing=true",
                " use_missing=false",
                " bagging_fraction=0.6 bagging_freq=1 feature_fraction=0.7");
    }

    @ParameterizedTest
    @MethodSource("variants")
    void plainJavaTreesPredictWhatTheLibraryPredicts(String variant) {
        for (Task task : tasks().toList()) {
            agrees(Tables.of(task, 500, 3), PLAIN + variant);
        }
    }

    @Test
    void randomForestModeIsConvertedAsAnAverage() {
        for (Task task : List.of(Tables.binary(), Tables.classes(3))) {
            agrees(Tables.of(task, 400, 3), PLAIN + " boosting=rf bagging_fraction=0.6 bagging_freq=1");
        }
    }

    @Test
    void straightLinesInLeavesAreConverted() {
        for (Task task : List.of(Tables.binary(), Tables.classes(3), Tables.value())) {
            TrainingData rows = Tables.of(task, 500, 3).withValidation(null);
            String parameters = PLAIN + " linear_tree=true linear_lambda=0.1";
            agrees(rows.withValidation(rows), parameters);
            assertThat(outputs(rows, parameters)).as("lines change predictions").isNotEqualTo(outputs(rows, PLAIN));
        }
    }

    @Test
    void linesOfDegenerateColumnsAreFinite() {
        int rows = 120;
        float[] cells = new float[rows * 5];
        double[] y = new double[rows];
        for (int row = 0; row < rows; row++) {
            float x = (row * 37 % rows) / 10f;
            cells[5 * row] = x;
            cells[5 * row + 1] = x; // twice
            cells[5 * row + 2] = 5; // constant
            cells[5 * row + 3] = row % 3 == 0 ? 1e30f : -1e30f;
            cells[5 * row + 4] = Float.NaN;
            y[row] = x + row % 3;
        }
        List<Feature> features = Stream.of("a", "b", "c", "d", "e")
                .map(name -> new Feature(name, name, 0))
                .toList();
        TrainingData data = new TrainingData(
                Tables.value(), FeatureMatrix.dense(features, rows, cells), Target.ofValues(y), Weights.none(), null);
        for (String penalty : List.of("0", "0.01")) {
            for (double output : outputs(data, "seed=1 min_data_in_leaf=1 linear_tree=true linear_lambda=" + penalty)) {
                assertThat(output).isFinite();
            }
        }
    }

    /** 100 times beyond what training showed, a line would be far away. */
    @Test
    void linesEndWhereTrainingEnds() {
        int rows = 400;
        float[] x = new float[rows];
        double[] y = new double[rows];
        for (int row = 0; row < rows; row++) {
            x[row] = row / 40f;
            y[row] = 3 * x[row];
        }
        FeatureMatrix matrix = FeatureMatrix.dense(List.of(new Feature("x", "x", 0)), rows, x);
        TrainingData data = new TrainingData(Tables.value(), matrix, Target.ofValues(y), Weights.none(), null);
        try (LightGbmTraining training =
                new LightGbmTraining(data, PLAIN + " linear_tree=true num_leaves=2 learning_rate=0.5", 255)) {
            for (int round = 0; round < 20; round++) {
                training.update();
            }
            double[] beyond = Tables.score(
                    training.ensemble(),
                    FeatureMatrix.dense(matrix.features(), 3, new float[] {5.01f, 1_000, Float.NaN}));
            assertThat(beyond[0]).isCloseTo(15.03, within(1.0));
            assertThat(beyond[1]).isCloseTo(29.9, within(1.0));
            assertThat(beyond[2]).isBetween(0.0, 30.0);
        }
    }

    private static double[] outputs(TrainingData data, String parameters) {
        try (LightGbmTraining training = new LightGbmTraining(data, parameters, 255)) {
            for (int round = 0; round < 5; round++) {
                training.update();
            }
            return Tables.score(training.ensemble(), data.features());
        }
    }

    private static void agrees(TrainingData data, String parameters) {
        try (LightGbmTraining training = new LightGbmTraining(data, parameters, 255)) {
            for (int round = 0; round < 12; round++) {
                training.update();
            }
            double[] expected = training.validationOutputs();
            double[] own = Tables.score(training.ensemble(), data.validation().features());
            for (int i = 0; i < own.length; i++) {
                double close = 1e-6 * Math.max(1, Math.abs(expected[i]));
                assertThat(own[i]).as("%s %d", parameters, i).isCloseTo(expected[i], within(close));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void cuttingTheTreesGivesTheEarlierPredictions(Task task) {
        TrainingData data = Tables.of(task, 300, 5);
        try (LightGbmTraining training = new LightGbmTraining(data, PLAIN, 255)) {
            training.update();
            training.update();
            double[] early = training.validationOutputs();
            training.update();
            TreeEnsemble cut = training.ensemble().truncate(2);
            double[] own = Tables.score(cut, data.validation().features());
            for (int i = 0; i < own.length; i++) {
                assertThat(own[i]).isCloseTo(early[i], within(1e-6 * Math.max(1, Math.abs(early[i]))));
            }
        }
    }

    @Test
    void equalSeedsGiveEqualTreesAlsoInParallel() {
        TrainingData data = Tables.of(Tables.classes(3), 500, 21);
        List<double[]> all = Stream.of(1, 1, 1, 2)
                .parallel()
                .map(seed -> {
                    String parameters = "seed=" + seed + " deterministic=true force_row_wise=true bagging_freq=1"
                            + " bagging_fraction=0.6";
                    try (LightGbmTraining training = new LightGbmTraining(data, parameters, 255)) {
                        for (int round = 0; round < 10; round++) {
                            training.update();
                        }
                        return Tables.score(training.ensemble(), data.features());
                    }
                })
                .toList();
        assertThat(all.get(1)).isEqualTo(all.get(0));
        assertThat(all.get(2)).isEqualTo(all.get(0));
        assertThat(all.get(3)).isNotEqualTo(all.get(0));
    }

    @Test
    void whatTheLibraryTakesWithoutAWordIsRefused() {
        TrainingData binary = Tables.alone(Tables.binary(), 20, 1);
        TrainingData value = Tables.alone(Tables.value(), 20, 1);
        int[] labels = new int[20];
        labels[3] = 7;
        refused(Tables.with(binary, Target.ofLabels(labels)), "row 3 is 7");
        labels[3] = -1;
        refused(Tables.with(binary, Target.ofLabels(labels)), "row 3 is -1");
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            double[] values = new double[20];
            values[4] = wrong;
            refused(Tables.with(value, Target.ofValues(values)), "row 4 is " + wrong);
        }
        double[] weights = new double[20];
        weights[7] = 1;
        refused(Tables.with(binary, Weights.of(weights).select(new int[20])), "All 20 training weights are 0");
        double[] huge = new double[20];
        huge[0] = 1e300;
        refused(Tables.with(binary, Weights.of(huge)), "weight of training row 0 is 1.0E300");
        for (float code : new float[] {-1, 5, 1.5f, Float.POSITIVE_INFINITY}) {
            refused(Tables.with(binary, Tables.changed(binary.features(), 2, 2, code)), "'five' in training row 2");
        }
    }

    @Test
    void wrongSizesAreRefused() {
        TrainingData data = Tables.alone(Tables.binary(), 20, 1);
        FeatureMatrix narrow = FeatureMatrix.dense(List.of(new Feature("a", "a", 0)), 2, new float[2]);
        TrainingData other = new TrainingData(data.task(), narrow, Target.ofLabels(0, 1), Weights.none(), null);
        refused(data.withValidation(other), "have 1 features, the training rows 4");
        refused(Tables.with(data, FeatureMatrix.dense(List.of(), 20, new float[0])), "20 rows and 0 dense features");
    }

    @Test
    void parametersThatEndTheProcessOrAreIgnoredAreRefused() {
        TrainingData data = Tables.alone(Tables.binary(), 50, 1);
        for (String wrong : List.of(
                "use_quantized_grad=true", "linear_trees=true", "num_leafs=3", "device_type=gpu", "num_leaves")) {
            assertThatThrownBy(() -> new LightGbmTraining(data, wrong, 255).close())
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong.substring(0, 9));
        }
    }

    @Test
    void linesForQuantilesAreRefused() {
        TrainingData data = Tables.alone(Tables.quantiles(), 50, 1);
        assertThatThrownBy(() -> new LightGbmTraining(data, "linear_tree=true", 255).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quantile");
    }

    @Test
    void aClosedTrainingSaysSo() {
        LightGbmTraining training = new LightGbmTraining(Tables.of(Tables.binary(), 40, 1), PLAIN, 255);
        training.close();
        training.close();
        assertThatThrownBy(training::update).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(training::validationOutputs).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(training::ensemble).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void oneRowOneClassAndConstantDataTrain() {
        for (Task task : tasks().toList()) {
            for (int rows : new int[] {1, 30}) {
                FeatureMatrix features = FeatureMatrix.dense(Tables.FEATURES, rows, new float[rows * Tables.WIDTH]);
                double[] values = new double[rows];
                Arrays.fill(values, 5e7);
                Target target = task.isClassification() ? Target.ofLabels(new int[rows]) : Target.ofValues(values);
                TrainingData data = new TrainingData(task, features, target, Weights.none(), null);
                try (LightGbmTraining training = new LightGbmTraining(data.withValidation(data), PLAIN, 255)) {
                    training.update();
                    training.update();
                    double[] own = Tables.score(training.ensemble(), features);
                    double[] expected = training.validationOutputs();
                    for (int i = 0; i < own.length; i++) {
                        assertThat(own[i]).as("%s, %d rows", task.kind(), rows).isCloseTo(expected[i], within(1e-6));
                    }
                    if (!task.isClassification()) {
                        assertThat(own[0]).isCloseTo(5e7, within(1.0));
                    }
                }
            }
        }
    }

    private static void refused(TrainingData data, String message) {
        assertThatThrownBy(() -> new LightGbmTraining(data, PLAIN, 255).close())
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }
}
