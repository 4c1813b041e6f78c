package org.autotuner.models.boost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

class XgBoostTest {

    static Stream<Task> tasks() {
        return Stream.of(Tables.binary(), Tables.classes(4), Tables.value(), Tables.quantiles());
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void plainJavaTreesPredictWhatTheLibraryPredicts(Task task) {
        TrainingData data = Tables.of(task, 400, 3);
        try (XgBoost booster = new XgBoost(data, Map.of("subsample", 0.7, "max_depth", 5), 7)) {
            for (int round = 0; round < 15; round++) {
                booster.update();
            }
            TreeEnsemble trees = booster.ensemble();
            double[] expected = booster.validationOutputs();
            double[] own = Tables.score(trees, data.validation().features());
            assertThat(trees.rounds()).isEqualTo(15);
            for (int i = 0; i < own.length; i++) {
                assertThat(own[i]).isCloseTo(expected[i], within(1e-6 * Math.max(1, Math.abs(expected[i]))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void cuttingTheTreesGivesTheEarlierPredictions(Task task) {
        TrainingData data = Tables.of(task, 300, 5);
        try (XgBoost booster = new XgBoost(data, Map.of(), 7)) {
            booster.update();
            booster.update();
            double[] early = booster.validationOutputs();
            booster.update();
            double[] cut = Tables.score(
                    booster.ensemble().truncate(2), data.validation().features());
            for (int i = 0; i < cut.length; i++) {
                assertThat(cut[i]).isCloseTo(early[i], within(1e-6 * Math.max(1, Math.abs(early[i]))));
            }
        }
    }

    @Test
    void missingAndUnknownCategoriesTakeTheLibrarysWay() {
        TrainingData data = Tables.alone(Tables.binary(), 400, 11);
        // Level 4 of the second category is declared, but training never sees it.
        float[] cells = data.features().denseArray().clone();
        for (int i = 3; i < cells.length; i += Tables.WIDTH) {
            cells[i] = cells[i] == 4 ? 5 : cells[i];
        }
        TrainingData training = Tables.with(data, FeatureMatrix.dense(Tables.FEATURES, 400, cells));
        FeatureMatrix odd = FeatureMatrix.dense(
                Tables.FEATURES, 3, new float[] {0.5f, 0, Float.NaN, 4, Float.NaN, Float.NaN, 1, Float.NaN, -1, 1, 2, 59
                });
        TrainingData asked = new TrainingData(data.task(), odd, Target.ofLabels(0, 1, 0), Weights.none(), null);
        try (XgBoost booster = new XgBoost(training.withValidation(asked), Map.of("max_cat_to_onehot", 2), 1)) {
            for (int round = 0; round < 20; round++) {
                booster.update();
            }
            assertThat(Tables.score(booster.ensemble(), odd))
                    .usingComparatorWithPrecision(1e-6)
                    .containsExactly(booster.validationOutputs());
        }
    }

    @Test
    void equalSeedsGiveEqualTreesAlsoInParallel() {
        TrainingData data = Tables.of(Tables.classes(3), 500, 21);
        List<double[]> all = Stream.of(1, 1, 1, 2)
                .parallel()
                .map(seed -> {
                    try (XgBoost booster = new XgBoost(data, Map.of("subsample", 0.6), seed * (1L << 40))) {
                        for (int round = 0; round < 10; round++) {
                            booster.update();
                        }
                        return Tables.score(booster.ensemble(), data.features());
                    }
                })
                .toList();
        assertThat(all.get(1)).isEqualTo(all.get(0));
        assertThat(all.get(2)).isEqualTo(all.get(0));
        assertThat(all.get(3)).isNotEqualTo(all.get(0));
    }

    @Test
    void wrongTargetsAndWeightsAreRefusedWithTheirRow() {
        TrainingData binary = Tables.alone(Tables.binary(), 20, 1);
        TrainingData value = Tables.alone(Tables.value(), 20, 1);
        int[] labels = new int[20];
        labels[3] = 7;
        refused(Tables.with(binary, Target.ofLabels(labels)), "row 3 is 7");
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            double[] values = new double[20];
            values[4] = wrong;
            refused(Tables.with(value, Target.ofValues(values)), "row 4 is " + wrong);
        }
        refused(Tables.with(binary, Target.ofValues(new double[20])), "values");
        double[] weights = new double[20];
        weights[7] = 1;
        refused(Tables.with(binary, Weights.of(weights).select(new int[20])), "All 20 training weights are 0");
    }

    @Test
    void categoryCodesOutOfRangeAreRefusedWithTheirPlace() {
        TrainingData data = Tables.alone(Tables.binary(), 20, 1);
        for (float code : new float[] {-1, 5, 1.5f, Float.POSITIVE_INFINITY}) {
            refused(Tables.with(data, Tables.changed(data.features(), 2, 2, code)), "'five' in training row 2");
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
    void wrongParametersAreRefusedByName() {
        TrainingData data = Tables.alone(Tables.binary(), 20, 1);
        Map<String, Object> wrong = new HashMap<>(Map.of("max_depth", "deep"));
        assertThatThrownBy(() -> {
                    try (XgBoost booster = new XgBoost(data, wrong, 1)) {
                        booster.update();
                    }
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("max_depth");
        assertThatThrownBy(() -> new XgBoost(data, Map.of("max_dept", 3), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("max_dept");
    }

    @Test
    void aClosedTrainingSaysSo() {
        XgBoost booster = new XgBoost(Tables.of(Tables.binary(), 20, 1), Map.of(), 1);
        booster.close();
        booster.close();
        assertThatThrownBy(booster::update).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(booster::validationOutputs).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(booster::ensemble).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void oneRowOneClassAndConstantDataTrain() {
        for (Task task : tasks().toList()) {
            for (int rows : new int[] {1, 30}) {
                FeatureMatrix features = FeatureMatrix.dense(Tables.FEATURES, rows, new float[rows * Tables.WIDTH]);
                Target target = task.isClassification()
                        ? Target.ofLabels(new int[rows])
                        : Target.ofValues(
                                Arrays.stream(new double[rows]).map(v -> 5e7).toArray());
                TrainingData data = new TrainingData(task, features, target, Weights.none(), null);
                try (XgBoost booster = new XgBoost(data, Map.of(), 1)) {
                    booster.update();
                    double[] outputs = Tables.score(booster.ensemble(), features);
                    assertThat(outputs).doesNotContain(Double.NaN);
                    if (!task.isClassification()) {
                        assertThat(outputs[0]).isCloseTo(5e7, within(1.0));
                    }
                }
            }
        }
    }

    @Test
    void weightsCountLikeRepeatedRows() {
        TrainingData data = Tables.alone(Tables.binary(), 200, 31);
        int[] twice = new int[300];
        double[] weights = new double[200];
        for (int i = 0; i < 300; i++) {
            twice[i] = i % 200;
            weights[i % 200]++;
        }
        TrainingData repeated = new TrainingData(
                data.task(), data.features().select(twice), data.target().select(twice), Weights.none(), null);
        double[] first = trained(Tables.with(data, Weights.of(weights)), data.features());
        double[] second = trained(repeated, data.features());
        for (int i = 0; i < first.length; i++) {
            assertThat(first[i]).isCloseTo(second[i], within(0.02));
        }
    }

    private static double[] trained(TrainingData data, FeatureMatrix asked) {
        try (XgBoost booster = new XgBoost(data, Map.of("max_depth", 2), 1)) {
            for (int round = 0; round < 5; round++) {
                booster.update();
            }
            return Tables.score(booster.ensemble(), asked);
        }
    }

    private static void refused(TrainingData data, String message) {
        assertThatThrownBy(() -> new XgBoost(data, Map.of(), 1).close())
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }
}
