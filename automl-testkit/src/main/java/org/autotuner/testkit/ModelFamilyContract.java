package org.autotuner.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.predict.Predictions;
import org.autotuner.score.Scorer;
import org.autotuner.score.Scorers;
import org.autotuner.space.Configuration;
import org.autotuner.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every family promises, tried on small made data of each task that it supports. Extend it and give the family. A
 * family that cannot be used on this machine is skipped.
 */
public abstract class ModelFamilyContract {

    private static final int ROWS = 240;

    private ModelFamily family;

    /** The family; called once per test. */
    protected abstract ModelFamily family();

    /** Whether it must beat the prior on the made data; false for the prior itself. */
    protected boolean learns() {
        return true;
    }

    /** Whether it learns from texts alone, so that the made data must have some. */
    protected boolean needsTexts() {
        return false;
    }

    /** Whether it learns from users and items alone, so that the made data must have some. */
    protected boolean needsRatings() {
        return false;
    }

    /** Whether the made data has a column of images. */
    protected boolean readsImages() {
        return false;
    }

    @BeforeEach
    void skipWhatCannotBeUsedHere() {
        family = family();
        assumeThat(family.unavailable()).isEmpty();
    }

    private Stream<MadeData> data() {
        return MadeData.all(ROWS, 1)
                .filter(made -> family.supports(made.task()))
                .map(made -> needsTexts() ? made.withTexts() : made)
                .map(made -> needsRatings() ? made.withRatings() : made)
                .map(made -> readsImages() ? made.withImages() : made);
    }

    private Stream<DynamicTest> forEachTask(java.util.function.Consumer<MadeData> test) {
        return data().map(made -> DynamicTest.dynamicTest(made.task().kind(), () -> test.accept(made)));
    }

    private static FitContext context(Task task) {
        return FitContext.of(Metrics.defaultFor(task), 7);
    }

    private Configuration first(MadeData made) {
        return family.startingPoints(made.shape()).get(0);
    }

    private FittedModel fit(MadeData.Fold fold, Configuration configuration, FitContext context) {
        return family.fit(fold.training(), configuration, context);
    }

    private MadeData.Fold fold(MadeData made, Configuration configuration) {
        return made.fold(family.preparation(configuration, made.shape()));
    }

    private static void assertSound(Predictions predictions) {
        Task task = predictions.task();
        for (int row = 0; row < predictions.size(); row++) {
            if (task.isClassification()) {
                double sum = 0;
                for (int label = 0; label < task.labels().size(); label++) {
                    double probability = predictions.probability(row, label);
                    assertThat(probability).as("row %d, label %d", row, label).isBetween(0.0, 1.0);
                    sum += probability;
                }
                assertThat(sum).as("row %d", row).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-6));
            } else {
                for (int k = 0; k < task.outputs(); k++) {
                    assertThat(predictions.output(row, k))
                            .as("row %d, output %d", row, k)
                            .isFinite();
                }
            }
        }
    }

    @Test
    void theIdIsInLowerCaseWithHyphens() {
        assertThat(family.id()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(family.id()).isEqualTo(family.id().toLowerCase(Locale.ROOT));
    }

    @Test
    void itSupportsSomeTask() {
        assertThat(data()).isNotEmpty();
    }

    @TestFactory
    Stream<DynamicTest> startingPointsLieInTheSpaceAndCostSomething() {
        return forEachTask(made -> {
            DataShape shape = made.shape();
            assertThat(family.startingPoints(shape)).isNotEmpty().allSatisfy(point -> {
                assertThat(family.space(shape).contains(point))
                        .as(point.toJson())
                        .isTrue();
                CostEstimate cost = family.cost(point, shape);
                assertThat(cost.seconds()).isFinite();
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> aBudgetOfSecondsAdaptsWithinTheSpace() {
        return forEachTask(made -> {
            Configuration point = first(made);
            Configuration adapted = adapted(made, point);
            assertThat(family.space(made.shape()).contains(adapted))
                    .as(adapted.toJson())
                    .isTrue();
        });
    }

    /** For a short share, which a family may refuse, or else a long one. */
    private Configuration adapted(MadeData made, Configuration point) {
        FitContext context = context(made.task());
        TrainingData training = fold(made, point).training();
        try {
            return family.adapt(point, training, context.withSecondsShare(0.2));
        } catch (DeadlineExceededException e) {
            return family.adapt(point, training, context.withSecondsShare(60));
        }
    }

    @TestFactory
    Stream<DynamicTest> itFitsAndBeatsThePrior() {
        return forEachTask(made -> {
            MadeData.Fold fold = fold(made, first(made));
            Scorer scorer = fit(fold, first(made), context(made.task())).scorer();
            Predictions predictions = fold.predict(scorer);
            assertSound(predictions);
            Metric metric = Metrics.defaultFor(made.task());
            if (learns()) {
                assertThat(fold.error(metric, predictions)).isLessThan(fold.errorOfPrior(metric));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> anyConfigurationOfTheSpaceFits() {
        return forEachTask(made -> {
            for (long seed = 0; seed < 3; seed++) {
                Configuration drawn = family.space(made.shape()).sample(new SplittableRandom(seed));
                MadeData.Fold fold = fold(made, drawn);
                FitContext context = context(made.task()).withDeadline(Deadline.after(Duration.ofSeconds(2)));
                try {
                    assertSound(fold.predict(fit(fold, drawn, context).scorer()));
                } catch (DeadlineExceededException e) {
                    assertThat(e)
                            .as("seed %d: nothing usable within two seconds", seed)
                            .isNotNull();
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> equalArgumentsGiveEqualModels() {
        return forEachTask(made -> {
            MadeData.Fold fold = fold(made, first(made));
            double[] one = fold.predict(
                            fit(fold, first(made), context(made.task())).scorer())
                    .toArray();
            double[] two = fold.predict(
                            fit(fold, first(made), context(made.task())).scorer())
                    .toArray();
            assertThat(one).isEqualTo(two);
        });
    }

    @TestFactory
    Stream<DynamicTest> theScorerComesBackFromAModelFile() {
        return forEachTask(made -> {
            MadeData.Fold fold = fold(made, first(made));
            Scorer scorer = fit(fold, first(made), context(made.task())).scorer();
            Node node = Node.root();
            Scorers.write(scorer, node);
            Scorer read = Scorers.read(Bundle.fromBytes(Bundle.toBytes(node)));
            assertThat(read.outputs()).isEqualTo(made.task().outputs());
            assertThat(fold.predict(read).toArray())
                    .isEqualTo(fold.predict(scorer).toArray());
        });
    }

    @TestFactory
    Stream<DynamicTest> anEndedDeadlineIsObeyedAtOnce() {
        return forEachTask(made -> {
            MadeData.Fold fold = fold(made, first(made));
            FitContext context = context(made.task()).withDeadline(Deadline.after(Duration.ZERO));
            long start = System.nanoTime();
            try {
                assertSound(fold.predict(fit(fold, first(made), context).scorer()));
            } catch (DeadlineExceededException e) {
                assertThat(e).hasMessageContaining("time");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        });
    }

    @TestFactory
    Stream<DynamicTest> missingCellsConstantColumnsAndUnseenLevelsAreNoError() {
        return forEachTask(plain -> {
            MadeData made = plain.withHoles();
            MadeData.Fold fold = fold(made, first(made));
            assertSound(
                    fold.predict(fit(fold, first(made), context(made.task())).scorer()));
        });
    }

    @TestFactory
    Stream<DynamicTest> aFoldOfOneClassOrOneValueIsNoError() {
        return forEachTask(plain -> {
            MadeData made = plain.withOneTargetValue();
            MadeData.Fold fold = fold(made, first(made));
            assertSound(
                    fold.predict(fit(fold, first(made), context(made.task())).scorer()));
        });
    }

    @TestFactory
    Stream<DynamicTest> aFixedNumberOfStepsNeedsNoValidationRows() {
        return forEachTask(made -> {
            MadeData.Fold fold = fold(made, first(made));
            FitContext context = context(made.task()).withSteps(5);
            assertThatCode(() -> assertSound(
                            fold.predict(family.fit(fold.training().withValidation(null), first(made), context)
                                    .scorer())))
                    .doesNotThrowAnyException();
        });
    }

    @TestFactory
    Stream<DynamicTest> everyStepOfTheCurveHasAScorer() {
        return forEachTask(made -> {
            MadeData.Fold fold = fold(made, first(made));
            FittedModel model = fit(fold, first(made), context(made.task()));
            List<Double> errors = model.curve().errors();
            assertThat(errors).doesNotContain(Double.NaN);
            if (!errors.isEmpty()) {
                assertSound(fold.predict(model.scorer(1)));
            }
        });
    }
}
