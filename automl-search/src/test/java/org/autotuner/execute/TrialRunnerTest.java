package org.autotuner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.fakes.FakeFamily;
import org.autotuner.fakes.Fits;
import org.autotuner.fakes.Samples;
import org.junit.jupiter.api.Test;

class TrialRunnerTest {

    private final StudyData data = Samples.study(120, 3);

    @Test
    void aFitGivesTheErrorOfTheValidationRows() {
        FoldOutcome.Fitted fitted = (FoldOutcome.Fitted) run(FakeFamily.of("fake", Fits::threshold));
        int[] validation = data.folds().get(1).validation();
        double expected = data.metric()
                .error(
                        data.target().select(validation),
                        Scoring.predict(
                                        data.task(),
                                        fitted.model().scorer(),
                                        fitted.data()
                                                .preparation()
                                                .transform(data.features().rows(validation)),
                                        Deadline.never())
                                .predictions(),
                        data.weights());
        assertThat(fitted.error()).isCloseTo(expected, within(1e-12));
        assertThat(fitted.error()).as("better than a coin").isLessThan(Math.log(2));
    }

    @Test
    void anIterativeFitIsJudgedByTheBestPointOfItsCurve() {
        FakeFamily family = FakeFamily.of(
                "fake", (data, configuration, context) -> Fits.iterative(List.of(1, 2, 3), List.of(0.5, 0.3, 0.4)));
        assertThat(((FoldOutcome.Fitted) run(family)).error()).isEqualTo(0.3);
    }

    @Test
    void whatThrowsIsAFailureWithItsCause() {
        assertThat(run(FakeFamily.of("fake", Fits.throwing("singular matrix"))))
                .isInstanceOfSatisfying(FoldOutcome.Failed.class, failed -> assertThat(failed.cause())
                        .contains("singular matrix"));
    }

    @Test
    void anExceptionWithoutMessageIsNamedByItsKind() {
        FakeFamily family = FakeFamily.of("fake", (data, configuration, context) -> {
            throw new ArrayIndexOutOfBoundsException();
        });
        assertThat(run(family)).isInstanceOfSatisfying(FoldOutcome.Failed.class, failed -> assertThat(failed.cause())
                .contains("ArrayIndexOutOfBounds"));
    }

    @Test
    void runningOutOfMemoryIsAFailureThatSaysSo() {
        assertThat(run(FakeFamily.of("fake", Fits.outOfMemory())))
                .isInstanceOfSatisfying(FoldOutcome.Failed.class, failed -> assertThat(failed.cause())
                        .contains("memory"));
    }

    @Test
    void aMissingLibraryMakesTheFamilyUnavailable() {
        FakeFamily family = FakeFamily.of("fake", (data, configuration, context) -> {
            throw new UnsatisfiedLinkError("libgomp.so.1");
        });
        assertThat(run(family))
                .isInstanceOfSatisfying(FoldOutcome.Unavailable.class, outcome -> assertThat(outcome.reason())
                        .contains("libgomp.so.1"));
    }

    @Test
    void anUnavailableFamilyIsNeverFitted() {
        FakeFamily family =
                FakeFamily.of("fake", Fits.throwing("must not be called")).unavailableFor("install it");
        assertThat(run(family))
                .isInstanceOfSatisfying(FoldOutcome.Unavailable.class, outcome -> assertThat(outcome.reason())
                        .isEqualTo("install it"));
    }

    @Test
    void aFitThatGaveUpAtItsDeadlineIsExpired() {
        FakeFamily family = FakeFamily.of("fake", (data, configuration, context) -> {
            throw new DeadlineExceededException("The time is up.");
        });
        assertThat(run(family)).isInstanceOf(FoldOutcome.Expired.class);
    }

    @Test
    void nothingIsFittedOnceTheStudyIsCancelled() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        FakeFamily family = FakeFamily.of("fake", Fits.throwing("must not be called"));
        assertThat(runner(family).run(task(1), Deadline.unlimited(cancellation)))
                .isInstanceOf(FoldOutcome.Expired.class);
    }

    @Test
    void theTasksLimitIsTheFitsDeadline() {
        double[] seen = new double[2];
        FakeFamily family = FakeFamily.of("fake", (data, configuration, context) -> {
            seen[0] = context.deadline().remainingSeconds();
            seen[1] = context.secondsShare();
            return Fits.threshold(data, configuration, context);
        });
        FoldTask limited = new FoldTask(1, 0, "fake", FakeFamily.sharpness(5), false, 3, 40);
        runner(family).run(limited, Deadline.after(Duration.ofSeconds(1_000)));
        assertThat(seen[0]).isGreaterThan(20).isLessThanOrEqualTo(40);
        assertThat(seen[1]).isEqualTo(3);
    }

    @Test
    void theSeedDependsOnTrialAndFoldAlone() {
        long[] seed = new long[1];
        FakeFamily family = FakeFamily.of("fake", (data, configuration, context) -> {
            seed[0] = context.seed();
            return Fits.threshold(data, configuration, context);
        });
        runner(family).run(task(1), Deadline.never());
        assertThat(seed[0]).isEqualTo(Seeds.of(data.seed(), 1, 1));
    }

    @Test
    void anUnknownFamilyIsAFailureThatListsTheKnownOnes() {
        FoldTask other = new FoldTask(1, 0, "other", FakeFamily.sharpness(5), false, 1, Double.POSITIVE_INFINITY);
        assertThat(runner(FakeFamily.of("fake", Fits::threshold)).run(other, Deadline.never()))
                .isInstanceOfSatisfying(
                        FoldOutcome.Failed.class,
                        failed -> assertThat(failed.cause()).contains("other").contains("fake"));
    }

    private FoldOutcome run(FakeFamily family) {
        return runner(family).run(task(1), Deadline.never());
    }

    private TrialRunner runner(FakeFamily family) {
        return new TrialRunner(data, new FoldCache(data, 1 << 20), Map.of("fake", family));
    }

    private static FoldTask task(int trial) {
        return new FoldTask(
                trial, 1, "fake", FakeFamily.sharpness(5), false, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
}
