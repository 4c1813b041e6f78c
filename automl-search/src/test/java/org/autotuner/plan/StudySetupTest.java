package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Deadline;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.error.OptionException;
import org.autotuner.fakes.Samples;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.model.Constraints;
import org.autotuner.optimize.RandomOptimizer;
import org.autotuner.prune.NoPruner;
import org.autotuner.split.Fold;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StudySetupTest {

    private static final Table TABLE = Samples.binary(90, 3);

    /** What a test wants to be different. */
    private record Wish(
            @Nullable String positive,
            @Nullable String kind,
            List<Double> quantiles,
            @Nullable Metric metric,
            Budget budget,
            long seed,
            @Nullable Table validation,
            int folds,
            Map<String, Double> classWeights) {

        static final Wish NONE = new Wish(null, null, List.of(), null, Budget.ofTrials(5), 1, null, 0, Map.of());

        Wish kind(String given) {
            return new Wish(positive, given, quantiles, metric, budget, seed, validation, folds, classWeights);
        }

        Wish metric(Metric given) {
            return new Wish(positive, kind, quantiles, given, budget, seed, validation, folds, classWeights);
        }

        Wish budget(Budget given) {
            return new Wish(positive, kind, quantiles, metric, given, seed, validation, folds, classWeights);
        }

        Wish seed(long given) {
            return new Wish(positive, kind, quantiles, metric, budget, given, validation, folds, classWeights);
        }

        Wish validation(Table given) {
            return new Wish(positive, kind, quantiles, metric, budget, seed, given, folds, classWeights);
        }

        Wish folds(int given) {
            return new Wish(positive, kind, quantiles, metric, budget, seed, validation, given, classWeights);
        }

        Wish classWeights(Map<String, Double> given) {
            return new Wish(positive, kind, quantiles, metric, budget, seed, validation, folds, given);
        }
    }

    @Test
    void theTaskIsInferredWithAReasonAndTheMetricFollows() {
        StudySetup setup = setup(TABLE, wish -> wish);
        assertThat(setup.taskReason()).startsWith("binary: ").contains("two values");
        assertThat(setup.data().metric().name()).isEqualTo("roc_auc");
        assertThat(setup.features().names()).containsExactly("x", "noise", "kind");
    }

    @Test
    void aMetricThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> setup(TABLE, wish -> wish.metric(Metrics.rmse())))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("rmse");
    }

    @Test
    void anAskedForRegressionOfLabelsIsRefused() {
        assertThatThrownBy(() -> setup(TABLE, wish -> wish.kind("regression")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'y'");
    }

    @Test
    void theWeightColumnWeighsRowsAndIsNoFeature() {
        double[] weights = new double[90];
        Arrays.setAll(weights, i -> i % 4);
        Table table = TABLE.withColumn("w", NumericColumn.of(weights)).withRole("w", Role.WEIGHT);
        StudySetup setup = setup(table, wish -> wish);
        assertThat(setup.features().names()).doesNotContain("w");
        assertThat(setup.data().weights().at(7)).isEqualTo(3);
    }

    @Test
    void classWeightsMultiplyRowWeights() {
        StudySetup setup = setup(TABLE, wish -> wish.classWeights(Map.of("yes", 4.0)));
        int yes = IntStream.range(0, 90)
                .filter(row -> setup.data().target().label(row) == 1)
                .findFirst()
                .orElseThrow();
        int no = IntStream.range(0, 90)
                .filter(row -> setup.data().target().label(row) == 0)
                .findFirst()
                .orElseThrow();
        assertThat(setup.data().weights().at(yes))
                .isEqualTo(4 * setup.data().weights().at(no));
    }

    @Test
    void theFoldColumnSaysWhichRowsAreValidatedTogether() {
        double[] fold = new double[90];
        Arrays.setAll(fold, i -> i / 30);
        StudySetup setup = setup(TABLE.withColumn("f", NumericColumn.of(fold)).withRole("f", Role.FOLD), wish -> wish);
        assertThat(setup.data().folds()).hasSize(3);
        assertThat(setup.data().folds().get(1).validation())
                .isEqualTo(IntStream.range(30, 60).toArray());
        assertThat(setup.features().names()).doesNotContain("f");
    }

    @Test
    void rowsOfAGroupNeverStandOnBothSides() {
        double[] group = new double[90];
        Arrays.setAll(group, i -> i % 17);
        StudySetup setup =
                setup(TABLE.withColumn("g", NumericColumn.of(group)).withRole("g", Role.GROUP), wish -> wish);
        for (Fold fold : setup.data().folds()) {
            Set<Double> training = new HashSet<>();
            Arrays.stream(fold.train()).forEach(row -> training.add(group[row]));
            assertThat(Arrays.stream(fold.validation())).noneMatch(row -> training.contains(group[row]));
        }
    }

    @Test
    void trainingRowsAreEarlierThanValidationRows() {
        double[] time = new double[90];
        Arrays.setAll(time, i -> (i * 37) % 90);
        StudySetup setup = setup(TABLE.withColumn("t", NumericColumn.of(time)).withRole("t", Role.TIME), wish -> wish);
        for (Fold fold : setup.data().folds()) {
            double latest = Arrays.stream(fold.train())
                    .mapToDouble(row -> time[row])
                    .max()
                    .orElseThrow();
            assertThat(Arrays.stream(fold.validation())).allMatch(row -> time[row] >= latest);
        }
    }

    @Test
    void aValidationTableIsTheOnlyValidationPart() {
        StudySetup setup = setup(TABLE, wish -> wish.validation(Samples.binary(20, 9)));
        assertThat(setup.data().folds()).hasSize(1);
        Fold fold = setup.data().folds().get(0);
        assertThat(fold.trainSize()).isEqualTo(90);
        assertThat(fold.validation()).isEqualTo(IntStream.range(90, 110).toArray());
        assertThat(setup.validated()).contains("rows given");
    }

    @Test
    void aValidationTableWithoutTheTargetIsRefused() {
        Table validation = Samples.binary(20, 9).without("y");
        assertThatThrownBy(() -> setup(TABLE, wish -> wish.validation(validation)))
                .isInstanceOf(DataException.class);
    }

    @Test
    void theNumberOfFoldsCanBeAskedFor() {
        assertThat(setup(TABLE, wish -> wish.folds(4)).data().folds()).hasSize(4);
    }

    @Test
    void inAShortTimeOnlyASampleIsSearched() {
        StudySetup setup = setup(Samples.binary(3_000, 3), wish -> wish.budget(Budget.of(Duration.ofMillis(2))));
        assertThat(setup.data().target().size()).isEqualTo(2_000);
        assertThat(setup.given()).isEqualTo(3_000);
    }

    @Test
    void whatTheProfileFindsIsWarnedOf() {
        double[] same = new double[90];
        List<String> warnings = new ArrayList<>();
        StudySetup.of(
                TABLE.withColumn("same", NumericColumn.of(same)), settings(Wish.NONE), Deadline.never(), warnings);
        assertThat(warnings).anyMatch(warning -> warning.contains("same"));
    }

    @Test
    void equalStudiesHaveEqualFingerprintsAndOthersDoNot() {
        String print = setup(TABLE, wish -> wish).fingerprint();
        assertThat(setup(Samples.binary(90, 3), wish -> wish).fingerprint()).isEqualTo(print);
        assertThat(setup(TABLE, wish -> wish.budget(Budget.ofTrials(50))).fingerprint())
                .as("more trials are the same study")
                .isEqualTo(print);
        assertThat(setup(Samples.binary(90, 4), wish -> wish).fingerprint()).isNotEqualTo(print);
        assertThat(setup(TABLE, wish -> wish.seed(2)).fingerprint()).isNotEqualTo(print);
        assertThat(setup(TABLE, wish -> wish.folds(4)).fingerprint()).isNotEqualTo(print);
        assertThat(setup(TABLE, wish -> wish.metric(Metrics.logLoss())).fingerprint())
                .isNotEqualTo(print);
        assertThat(setup(TABLE, wish -> wish.classWeights(Map.of("yes", 2.0))).fingerprint())
                .isNotEqualTo(print);
        assertThat(setup(TABLE.without("noise"), wish -> wish).fingerprint()).isNotEqualTo(print);
    }

    private static StudySetup setup(Table table, UnaryOperator<Wish> change) {
        return StudySetup.of(table, settings(change.apply(Wish.NONE)), Deadline.never(), new ArrayList<>());
    }

    @Test
    void numbersThatUsersGiveToItemsAreAmounts() {
        int rows = 60;
        double[] stars = new double[rows];
        String[] users = new String[rows];
        String[] items = new String[rows];
        for (int row = 0; row < rows; row++) {
            stars[row] = 1 + row % 5;
            users[row] = "u" + row % 7;
            items[row] = "i" + row % 11;
        }
        Table table = Table.builder()
                .categorical("who", users)
                .categorical("what", items)
                .numeric("y", stars)
                .build();
        Table rated = table.withRole("who", Role.USER).withRole("what", Role.ITEM);
        StudySetup setup = StudySetup.of(rated, settings(Wish.NONE), Deadline.never(), new ArrayList<>());
        assertThat(setup.data().task().kind()).isEqualTo("regression");
        assertThatThrownBy(() -> StudySetup.of(
                        rated.withRole("what", Role.FEATURE), settings(Wish.NONE), Deadline.never(), new ArrayList<>()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("users");
    }

    private static SearchSettings settings(Wish wish) {
        return new SearchSettings(
                "y",
                wish.positive(),
                wish.kind(),
                wish.quantiles(),
                wish.metric(),
                wish.budget(),
                new RandomOptimizer(),
                new NoPruner(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                wish.seed(),
                wish.validation(),
                wish.folds(),
                wish.classWeights(),
                12,
                Constraints.none(),
                null,
                PixelOptions.FOUND_OUT,
                false);
    }
}
