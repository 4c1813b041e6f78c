package org.autotuner.models.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.metric.Metrics;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.prepare.FittedPreparations;
import org.autotuner.prepare.PrepareContext;
import org.autotuner.prepare.Prepared;
import org.autotuner.score.Scorer;
import org.autotuner.score.Scorers;
import org.autotuner.space.Configuration;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Made ratings: two tastes among users and items, so that biases alone explain nothing of who likes what. */
class RatingFamiliesTest {

    private static final RegressionTask TASK = new RegressionTask("rating");
    private static final int USERS = 60;
    private static final int ITEMS = 40;

    static Stream<ModelFamily> families() {
        return Stream.of(new MatrixFactorizationFamily(), new SvdPlusPlusFamily(), new ItemNeighboursFamily());
    }

    private record Made(TrainingData training, TrainingData validation, FittedPreparation preparation, Table table) {}

    private static List<String> names(String kind, int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> kind + i)
                .toList();
    }

    private static Table table(int[] users, int[] items) {
        return Table.builder()
                .column("item", CategoricalColumn.of(items, names("i", ITEMS)))
                .column("user", CategoricalColumn.of(users, names("u", USERS)))
                .build()
                .withRole("user", Role.USER)
                .withRole("item", Role.ITEM);
    }

    private static Made made() {
        SplittableRandom random = new SplittableRandom(5);
        int rows = 1500;
        int[] users = new int[rows];
        int[] items = new int[rows];
        double[] ratings = new double[rows];
        for (int row = 0; row < rows; row++) {
            users[row] = random.nextInt(USERS);
            items[row] = random.nextInt(ITEMS);
            boolean alike = users[row] % 2 == items[row] % 2;
            ratings[row] = Math.max(1, Math.min(5, Math.round(3 + (alike ? 1.5 : -1.5) + 0.4 * random.nextGaussian())));
        }
        int split = 1200;
        Table first = table(Arrays.copyOf(users, split), Arrays.copyOf(items, split));
        Target known = Target.ofValues(Arrays.copyOf(ratings, split));
        Prepared prepared = new RatingFamilyPreparation().fit(first, known);
        Table second = table(Arrays.copyOfRange(users, split, rows), Arrays.copyOfRange(items, split, rows));
        TrainingData validation = new TrainingData(
                TASK,
                prepared.preparation().transform(second),
                Target.ofValues(Arrays.copyOfRange(ratings, split, rows)),
                Weights.none(),
                null);
        return new Made(
                new TrainingData(TASK, prepared.features(), known, Weights.none(), validation),
                validation,
                prepared.preparation(),
                second);
    }

    /** The preparation of the families under test. */
    private static final class RatingFamilyPreparation {
        Prepared fit(Table table, Target target) {
            return new MatrixFactorizationFamily()
                    .preparation(configuration(new MatrixFactorizationFamily()), shape())
                    .fit(table, target, Weights.none(), new PrepareContext(TASK, 1, Deadline.never()));
        }
    }

    private static DataShape shape() {
        return new DataShape(TASK, 1200, 0, 2, USERS + ITEMS, 0).withRatings();
    }

    private static Configuration configuration(ModelFamily family) {
        return family.startingPoints(shape()).get(0);
    }

    private static FitContext context() {
        return FitContext.of(Metrics.rmse(), 7);
    }

    private static double[] scores(Scorer scorer, FeatureMatrix features) {
        double[] all = new double[features.rows()];
        double[] out = new double[1];
        FeatureRow cursor = features.cursor();
        for (int row = 0; row < all.length; row++) {
            scorer.score(cursor.to(row), out);
            all[row] = out[0];
        }
        return all;
    }

    private static double rmse(double[] scores, TrainingData data) {
        double squares = 0;
        for (int row = 0; row < scores.length; row++) {
            squares += Math.pow(scores[row] - data.target().value(row), 2);
        }
        return Math.sqrt(squares / scores.length);
    }

    @ParameterizedTest
    @MethodSource("families")
    void tastesAreLearnedThatBiasesCannotKnow(ModelFamily family) {
        Made made = made();
        double[] scores = scores(
                family.fit(made.training(), configuration(family), context()).scorer(),
                made.validation().features());
        // Biases alone leave the standard deviation of the tastes, 1.5.
        assertThat(rmse(scores, made.validation())).isLessThan(0.85);
        assertThat(Arrays.stream(scores)).allMatch(score -> score >= 1 && score <= 5);
    }

    @ParameterizedTest
    @MethodSource("families")
    void anUnknownUserGetsMeanAndItemAndNobodyAtAllTheMean(ModelFamily family) {
        Made made = made();
        Scorer scorer =
                family.fit(made.training(), configuration(family), context()).scorer();
        float nan = Float.NaN;
        FeatureMatrix cells = FeatureMatrix.dense(
                made.preparation().features(), 4, new float[] {nan, nan, nan, 3, 3, nan, 1e6f, 1e6f});
        double[] scores = scores(scorer, cells);
        double mean = java.util.stream.IntStream.range(0, made.training().rows())
                .mapToDouble(row -> made.training().target().value(row))
                .average()
                .orElseThrow();
        assertThat(scores[0]).isCloseTo(mean, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(scores[1]).isNotEqualTo(mean).isBetween(1.0, 5.0);
        assertThat(scores[2]).isNotEqualTo(mean).isBetween(1.0, 5.0);
        assertThat(scores[3]).isEqualTo(scores[0]);
    }

    @ParameterizedTest
    @MethodSource("families")
    void equalArgumentsGiveEqualModelsWhichFilesKeep(ModelFamily family) {
        Made made = made();
        Scorer one =
                family.fit(made.training(), configuration(family), context()).scorer();
        Scorer two =
                family.fit(made.training(), configuration(family), context()).scorer();
        Node node = Node.root();
        Scorers.write(one, node);
        made.preparation().write(node.child("preparation"));
        Node read = Bundle.fromBytes(Bundle.toBytes(node));
        FeatureMatrix features = made.validation().features();
        double[] scores = scores(one, features);
        assertThat(scores(two, features)).isEqualTo(scores);
        FeatureMatrix again = FittedPreparations.read(read.node("preparation")).transform(made.table());
        assertThat(scores(Scorers.read(read), again)).isEqualTo(scores);
    }

    @ParameterizedTest
    @MethodSource("families")
    void anEndedDeadlineIsObeyed(ModelFamily family) {
        Made made = made();
        FitContext late = context().withDeadline(Deadline.after(Duration.ZERO));
        assertThatThrownBy(() -> family.fit(made.training(), configuration(family), late))
                .isInstanceOf(DeadlineExceededException.class);
    }

    @ParameterizedTest
    @MethodSource("families")
    void onlyTablesOfRatingsAreForThem(ModelFamily family) {
        assertThat(family.unsuitable(shape())).isEmpty();
        assertThat(family.unsuitable(new DataShape(TASK, 1200, 0, 2, 100, 0)).orElseThrow())
                .contains("user(");
    }

    @ParameterizedTest
    @MethodSource("families")
    void anyConfigurationFitsOneValueAndRowsWithoutUser(ModelFamily family) {
        int[] users = {0, 1, -1, 2, 0};
        int[] items = {0, -1, 1, 1, 2};
        Target same = Target.ofValues(2, 2, 2, 2, 2);
        Prepared prepared = new RatingFamilyPreparation().fit(table(users, items), same);
        TrainingData data = new TrainingData(TASK, prepared.features(), same, Weights.none(), null);
        for (long seed = 0; seed < 3; seed++) {
            Configuration drawn = family.space(shape()).sample(new SplittableRandom(seed));
            FittedModel model = family.fit(data, drawn, context().withSteps(3));
            assertThat(scores(model.scorer(), prepared.features())).containsOnly(2.0);
        }
    }

    @Test
    void theImplicitPartOfAUserIsInTheUsersFactors() {
        Made made = made();
        double plain = rmse(
                scores(
                        new MatrixFactorizationFamily()
                                .fit(made.training(), configuration(new MatrixFactorizationFamily()), context())
                                .scorer(),
                        made.validation().features()),
                made.validation());
        FittedModel model =
                new SvdPlusPlusFamily().fit(made.training(), configuration(new SvdPlusPlusFamily()), context());
        double best = model.curve().errors().stream()
                .mapToDouble(Double::doubleValue)
                .min()
                .orElseThrow();
        assertThat(rmse(scores(model.scorer(), made.validation().features()), made.validation()))
                .isCloseTo(best, org.assertj.core.api.Assertions.within(1e-12))
                .isNotEqualTo(plain);
    }
}
