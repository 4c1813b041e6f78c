package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Cancellation;
import org.autotuner.error.BudgetException;
import org.autotuner.error.OptionException;
import org.autotuner.optimize.GridOptimizer;
import org.autotuner.prune.MedianPruner;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.NoImprovement;
import org.autotuner.study.RunningTrial;
import org.autotuner.study.TargetReached;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;

class ObjectiveSearchTest {

    private static final RealParameter X = Parameter.reals("x", -5, 5);
    private static final RealParameter RATE =
            Parameter.reals("rate", 1e-5, 1e-2).log();
    private static final SearchSpace SPACE = SearchSpace.of(X, RATE);

    private static double bowl(RunningTrial trial) {
        return Math.pow(trial.get(X) - 1, 2) + Math.abs(Math.log10(trial.get(RATE)) + 3);
    }

    /** Trials without their times, which no two runs share. */
    static List<String> seen(StudyResult result) {
        return result.trials().stream().map(ObjectiveSearchTest::seen).toList();
    }

    private static String seen(Trial trial) {
        TrialOutcome outcome = trial.outcome();
        String end = outcome instanceof TrialOutcome.Completed completed
                ? completed.values().toString()
                : outcome instanceof TrialOutcome.Failed failed
                        ? failed.cause()
                        : String.valueOf(outcome == null ? "" : outcome.kind());
        return "%d %s %s %s".formatted(trial.number(), trial.configuration(), trial.reports(), end);
    }

    private interface Training {
        void after(int step, double value);
    }

    private static double validationLoss(double rate, double dropout, int hidden, Training training) {
        for (int epoch = 1; epoch <= 3; epoch++) {
            training.after(epoch, rate + dropout + 1.0 / (hidden * epoch));
        }
        return rate + dropout + 1.0 / hidden;
    }

    @Test
    void theSnippetOfTheGuideFindsASmallLoss() {
        RealParameter rate = Parameter.reals("learning_rate", 1e-5, 1e-2).log();
        RealParameter dropout = Parameter.reals("dropout", 0.1, 0.5);
        ChoiceParameter<Integer> hidden = Parameter.choice("hidden_dim", 128, 256, 512);
        StudyResult best = AutoTuner.minimize(
                SearchSpace.of(rate, dropout, hidden),
                trial -> validationLoss(trial.get(rate), trial.get(dropout), trial.get(hidden), trial::report),
                Budget.ofTrials(100));
        assertThat(best.value()).isLessThan(0.13);
        assertThat(best.get(dropout)).isLessThan(0.13);
        assertThat(best.trials()).hasSize(100).allSatisfy(trial -> assertThat(trial.reports())
                .hasSize(3));
        assertThat(best.end()).isEqualTo(StudyResult.End.TRIALS);
    }

    @Test
    void theDefaultsComeFirstAndThenTheGivenPoints() {
        Configuration given = SPACE.defaults().with(X, 4.0);
        StudyResult result = ObjectiveSearch.minimize(SPACE)
                .startWith(given)
                .budget(Budget.ofTrials(3))
                .run(ObjectiveSearchTest::bowl);
        assertThat(result.trials().get(0).configuration()).isEqualTo(given);
        assertThat(result.trials().get(1).configuration()).isEqualTo(SPACE.defaults());
    }

    @Test
    void maximisingGivesValuesInTheSignOfTheCaller() {
        StudyResult least = AutoTuner.minimize(SPACE, ObjectiveSearchTest::bowl, Budget.ofTrials(30));
        StudyResult most = AutoTuner.maximize(
                SPACE,
                trial -> {
                    trial.report(1, -7);
                    return 0 - bowl(trial);
                },
                Budget.ofTrials(30));
        assertThat(most.value()).isEqualTo(-least.value());
        assertThat(most.bestConfiguration()).isEqualTo(least.bestConfiguration());
        assertThat(most.trials().get(3).reports()).containsExactly(new Trial.Report(1, -7));
    }

    @Test
    void theTrialsOfSeveralThreadsDependOnNoTiming() {
        AtomicInteger calls = new AtomicInteger();
        Objective uneven = trial -> {
            Thread.sleep((calls.getAndIncrement() * 7L + trial.number() * 3L) % 5);
            for (int step = 1; step <= 4; step++) {
                trial.report(step, bowl(trial) / step);
                if (trial.shouldStop()) {
                    return 0;
                }
            }
            return bowl(trial);
        };
        StudyResult first = null;
        for (int run = 0; run < 3; run++) {
            StudyResult result = ObjectiveSearch.minimize(SPACE)
                    .pruner(new MedianPruner(3, 0))
                    .stopWhen(new NoImprovement(12))
                    .threads(4)
                    .budget(Budget.ofTrials(60))
                    .run(uneven);
            if (first != null) {
                assertThat(seen(result)).as("run %d", run).isEqualTo(seen(first));
            }
            first = result;
        }
        assertThat(first.trials()).anyMatch(trial -> trial.outcome() instanceof TrialOutcome.Pruned);
    }

    @Test
    void aFailingObjectiveIsAnOutcomeWithItsCause() {
        StudyResult result = ObjectiveSearch.minimize(SPACE)
                .budget(Budget.ofTrials(12))
                .run(trial -> {
                    switch (trial.number() % 4) {
                        case 0:
                            throw new IllegalStateException("no such file");
                        case 1:
                            return Double.NaN;
                        case 2:
                            throw new StackOverflowError();
                        default:
                            return bowl(trial);
                    }
                });
        assertThat(result.trials().get(0).outcome())
                .isInstanceOfSatisfying(TrialOutcome.Failed.class, failed -> assertThat(failed.cause())
                        .contains("IllegalStateException", "no such file", "ObjectiveSearchTest"));
        assertThat(result.trials().get(1).outcome())
                .isInstanceOfSatisfying(TrialOutcome.Failed.class, failed -> assertThat(failed.cause())
                        .contains("NaN"));
        assertThat(result.trials().get(2).outcome()).isInstanceOf(TrialOutcome.Failed.class);
        assertThat(result.bestTrial().orElseThrow().number() % 4).isEqualTo(3);
    }

    @Test
    void withoutAnyCompletedTrialTheBestTellsTheFirstFailure() {
        StudyResult result = AutoTuner.minimize(
                SPACE,
                trial -> {
                    throw new java.io.IOException("disk full");
                },
                Budget.ofTrials(2));
        assertThat(result.bestTrial()).isEmpty();
        assertThatThrownBy(result::value).isInstanceOf(BudgetException.class).hasMessageContaining("disk full");
    }

    @Test
    void aHangingObjectiveDoesNotDelayTheReturn() {
        CountDownLatch never = new CountDownLatch(1);
        long start = System.nanoTime();
        StudyResult result = AutoTuner.minimize(
                SPACE,
                trial -> {
                    if (trial.number() == 2) {
                        never.await();
                    }
                    return bowl(trial);
                },
                Budget.of(Duration.ofMillis(300)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_000));
        assertThat(result.end()).isEqualTo(StudyResult.End.TIME);
        assertThat(result.trials()).hasSize(3);
        assertThat(result.trials().get(2).outcome()).isInstanceOf(TrialOutcome.Cancelled.class);
        assertThat(result.bestTrial()).isPresent();
    }

    @Test
    void aCancelEndsTheStudyAndTellsTheObjective() {
        Cancellation cancellation = new Cancellation();
        StudyResult result = ObjectiveSearch.minimize(SPACE)
                .cancellation(cancellation)
                .budget(Budget.ofTrials(1_000_000))
                .run(trial -> {
                    if (trial.number() == 5) {
                        cancellation.cancel();
                        assertThat(trial.shouldStop()).isTrue();
                    }
                    return bowl(trial);
                });
        assertThat(result.end()).isEqualTo(StudyResult.End.CANCELLED);
        assertThat(result.trials()).hasSize(6);
        assertThat(result.trials().get(5).outcome()).isInstanceOf(TrialOutcome.Cancelled.class);
    }

    @Test
    void anInterruptIsACancelAndStaysSet() {
        Thread.currentThread().interrupt();
        StudyResult result = AutoTuner.minimize(SPACE, ObjectiveSearchTest::bowl, Budget.ofTrials(50));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.end()).isEqualTo(StudyResult.End.CANCELLED);
    }

    @Test
    void stopRulesEndTheStudy() {
        StudyResult result = ObjectiveSearch.minimize(SPACE)
                .stopWhen(new TargetReached(2))
                .budget(Budget.ofTrials(500))
                .run(ObjectiveSearchTest::bowl);
        assertThat(result.end()).isEqualTo(StudyResult.End.STOP_RULE);
        assertThat(result.value()).isLessThanOrEqualTo(2);
        assertThat(result.trials().get(result.trials().size() - 1))
                .isEqualTo(result.bestTrial().orElseThrow());
    }

    @Test
    void anExhaustedSpaceEndsTheStudyOnAnyNumberOfThreads() {
        IntParameter n = Parameter.ints("n", 1, 7);
        for (int threads : new int[] {1, 3}) {
            StudyResult result = ObjectiveSearch.minimize(SearchSpace.of(n))
                    .optimizer(new GridOptimizer().withPoints(7))
                    .threads(threads)
                    .budget(Budget.ofTrials(100))
                    .run(trial -> trial.get(n));
            assertThat(result.end()).isEqualTo(StudyResult.End.SPACE_EXHAUSTED);
            assertThat(result.trials())
                    .extracting(trial -> trial.configuration().get(n))
                    .containsExactly(1, 2, 3, 4, 5, 6, 7);
        }
    }

    @Test
    void allWrongOptionsAreReportedTogether() {
        assertThatThrownBy(() -> ObjectiveSearch.minimize(SPACE)
                        .threads(0)
                        .startWith(Configuration.empty())
                        .run(ObjectiveSearchTest::bowl))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("2 option(s)")
                .hasMessageContaining("threads must be at least 1, but was 0")
                .hasMessageContaining("startWith");
    }
}
