package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.autotuner.budget.Budget;
import org.autotuner.optimize.RandomOptimizer;
import org.autotuner.prune.AshaPruner;
import org.autotuner.prune.MedianPruner;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.InMemoryStorage;
import org.autotuner.storage.JournalStorage;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.RunningTrial;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PauseTest {

    private static final RealParameter X = Parameter.reals("x", 0, 1);
    private static final SearchSpace SPACE = SearchSpace.of(X);
    private static final int STEPS = 9;
    private static final int TRIALS = 18;

    @TempDir
    private Path folder;

    private final AtomicInteger steps = new AtomicInteger();

    /** Goes on from the step after the last one before a pause. */
    private double resuming(RunningTrial trial) {
        double loss = trial.get(X);
        for (int step = trial.resumedFromStep().orElse(0) + 1; step <= STEPS; step++) {
            steps.incrementAndGet();
            trial.report(step, loss + 1.0 / step);
            trial.setAttribute("checkpoint", "step " + step);
            if (trial.shouldStop()) {
                return Double.NaN;
            }
        }
        return loss;
    }

    /** Knows of no pauses and begins again each time. */
    private double repeating(RunningTrial trial) {
        for (int step = 1; step <= STEPS; step++) {
            trial.report(step, trial.get(X) + 1.0 / step);
            if (trial.shouldStop()) {
                return Double.NaN;
            }
        }
        return trial.get(X);
    }

    private static StudyResult run(Objective objective, int threads, StudyStorage storage) {
        return ObjectiveSearch.minimize(SPACE)
                .optimizer(new RandomOptimizer()) // one that learns leaves nothing worth resuming
                .pruner(new AshaPruner())
                .threads(threads)
                .storage(storage)
                .budget(Budget.ofTrials(TRIALS))
                .run(objective);
    }

    private static List<Trial> paused(StudyResult result) {
        return result.trials().stream()
                .filter(trial -> trial.outcome() instanceof TrialOutcome.Paused)
                .toList();
    }

    @Test
    void pausedTrialsGoOnUnderTheirNumberUntilNoneIsGoodEnough() {
        Map<Integer, Integer> resumed = new ConcurrentHashMap<>();
        StudyResult result = run(
                trial -> {
                    trial.resumedFromStep().ifPresent(step -> {
                        resumed.merge(trial.number(), 1, Integer::sum);
                        assertThat(trial.attribute("checkpoint")).contains("step " + step);
                        assertThat(trial.soFar().reports()).hasSize(step);
                    });
                    return resuming(trial);
                },
                1,
                new InMemoryStorage());
        assertThat(result.end()).isEqualTo(StudyResult.End.TRIALS);
        assertThat(result.trials()).hasSize(TRIALS);
        assertThat(resumed).isNotEmpty();
        assertThat(resumed.keySet().stream().map(result.trials()::get))
                .as("one that went on has more reports than the first rung asks for")
                .allMatch(trial -> trial.reports().size() > 1);
        assertThat(paused(result)).hasSizeBetween(TRIALS / 2, TRIALS - 3);
        assertThat(steps.get()).isLessThan(TRIALS * STEPS / 2);
        double lowest = result.trials().stream()
                .mapToDouble(trial -> trial.configuration().get(X))
                .min()
                .orElseThrow();
        assertThat(result.value()).as("the best survives all rungs").isEqualTo(lowest);
        assertThat(new AshaPruner().promote(org.autotuner.study.TrialHistory.of(result.trials())))
                .isEmpty();
    }

    @Test
    void anObjectiveThatBeginsAgainGivesTheSameStudy() {
        assertThat(withoutAttributes(run(this::repeating, 1, new InMemoryStorage())))
                .isEqualTo(withoutAttributes(run(this::resuming, 1, new InMemoryStorage())));
    }

    @Test
    void theTrialsOfSeveralThreadsDependOnNoTiming() {
        AtomicInteger calls = new AtomicInteger();
        Objective uneven = trial -> {
            Thread.sleep((calls.getAndIncrement() * 7L + trial.number() * 3L) % 4);
            return resuming(trial);
        };
        List<String> first = withoutAttributes(run(uneven, 4, new InMemoryStorage()));
        for (int run = 0; run < 3; run++) {
            assertThat(withoutAttributes(run(uneven, 4, new InMemoryStorage()))).isEqualTo(first);
        }
    }

    @Test
    void aStudyCutAtAnyLineGoesOnToTheSameEnd() throws IOException {
        for (int threads : new int[] {1, 3}) {
            Path whole = folder.resolve("whole" + threads);
            List<String> expected = withoutAttributes(run(this::resuming, threads, JournalStorage.at(whole)));
            List<String> lines = Files.readAllLines(whole.resolve("journal.jsonl"));
            assertThat(lines).anyMatch(line -> line.contains("\"paused\""));
            for (int cut = 0; cut <= lines.size(); cut++) {
                Path copy = Files.createDirectories(folder.resolve("cut" + threads + "-" + cut));
                Files.write(copy.resolve("journal.jsonl"), lines.subList(0, cut));
                assertThat(withoutAttributes(run(this::resuming, threads, JournalStorage.at(copy))))
                        .as("%d threads, cut after %d lines", threads, cut)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void inABudgetOfTimePausedTrialsGoOnToo() {
        StudyResult result = ObjectiveSearch.minimize(SPACE)
                .pruner(new AshaPruner())
                .threads(2)
                .stopWhen(history -> history.trials().size() >= 60)
                .budget(Budget.ofSeconds(20))
                .run(this::resuming);
        assertThat(result.end()).isEqualTo(StudyResult.End.STOP_RULE);
        assertThat(result.trials().stream().map(trial -> trial.reports().size()).distinct())
                .contains(1, STEPS);
    }

    @Test
    void askHandsOutAPausedTrialAgainAsSoonAsItIsGoodEnough() {
        try (Study study = ObjectiveSearch.minimize(SPACE)
                .pruner(new AshaPruner(2, 1))
                .seed(5)
                .open()) {
            RunningTrial first = study.ask().orElseThrow();
            first.report(1, 3);
            assertThat(first.shouldStop()).as("the first of all").isFalse();
            RunningTrial second = study.ask().orElseThrow();
            second.report(1, 5);
            second.setAttribute("checkpoint", "here");
            assertThat(second.shouldStop()).isTrue();
            study.prune(second);
            assertThat(study.history().trials().get(1).outcome()).isInstanceOf(TrialOutcome.Paused.class);
            assertThatThrownBy(() -> second.report(2, 1)).hasMessageContaining("has ended");
            for (int number = 2; number < 4; number++) {
                RunningTrial next = study.ask().orElseThrow();
                assertThat(next.number()).isEqualTo(number);
                next.report(1, 10);
                assertThat(next.shouldStop()).isTrue();
                study.prune(next);
            }
            RunningTrial again = study.ask().orElseThrow();
            assertThat(again.number()).isEqualTo(1);
            assertThat(again.configuration()).isEqualTo(second.configuration());
            assertThat(again.resumedFromStep()).hasValue(1);
            assertThat(again.attribute("checkpoint")).contains("here");
            again.report(1, 77);
            assertThat(again.soFar().reports()).as("step 1 is known").containsExactly(new Trial.Report(1, 5));
            assertThat(again.shouldStop()).isFalse();
            study.tell(again, 2);
            assertThat(study.bestValue()).contains(2.0);
            assertThat(study.ask().orElseThrow().number()).isEqualTo(4);
        }
    }

    @Test
    void aProcessThatDiesInAResumedTrialGoesBackToThePause() {
        StudyStorage storage = new InMemoryStorage();
        ObjectiveSearch search =
                ObjectiveSearch.minimize(SPACE).pruner(new AshaPruner(2, 1)).storage(storage);
        try (Study study = search.open()) {
            for (int number = 0; number < 4; number++) {
                RunningTrial trial = study.ask().orElseThrow();
                trial.report(1, number);
                if (trial.shouldStop()) {
                    study.prune(trial);
                } else {
                    study.tell(trial, number);
                }
            }
            RunningTrial resumed = study.ask().orElseThrow();
            assertThat(resumed.number()).isEqualTo(1);
            resumed.report(2, 7);
        }
        try (Study study = search.open()) {
            RunningTrial again = study.ask().orElseThrow();
            assertThat(again.number()).isEqualTo(1);
            assertThat(again.resumedFromStep()).hasValue(1);
            assertThat(study.history().trials().get(1).reports()).containsExactly(new Trial.Report(1, 1));
            study.tell(again, 1);
            assertThat(study.history().trials().get(1).outcome()).isInstanceOf(TrialOutcome.Completed.class);
        }
    }

    @Test
    void aTrialThatTheCallerEndsByARuleOfItsOwnDoesNotComeBack() {
        try (Study study =
                ObjectiveSearch.minimize(SPACE).pruner(new AshaPruner()).open()) {
            RunningTrial trial = study.ask().orElseThrow();
            trial.report(1, 1);
            assertThat(trial.shouldStop()).isFalse();
            study.prune(trial);
            assertThat(study.history().trials().get(0).outcome()).isInstanceOf(TrialOutcome.Pruned.class);
            assertThat(study.ask().orElseThrow().number()).isEqualTo(1);
        }
    }

    @Test
    void otherPrunersEndTrialsForGood() {
        try (Study study =
                ObjectiveSearch.minimize(SPACE).pruner(new MedianPruner()).open()) {
            RunningTrial trial = study.ask().orElseThrow();
            trial.report(1, 1);
            study.prune(trial);
            assertThat(study.history().trials().get(0).outcome()).isInstanceOf(TrialOutcome.Pruned.class);
        }
    }

    private static List<String> withoutAttributes(StudyResult result) {
        return ObjectiveSearchTest.seen(result);
    }
}
