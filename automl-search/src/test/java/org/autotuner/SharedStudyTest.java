package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.autotuner.budget.Budget;
import org.autotuner.budget.MutableClock;
import org.autotuner.error.StorageException;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.OptimizerSession;
import org.autotuner.optimize.RandomOptimizer;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.JdbcStorage;
import org.autotuner.storage.JournalStorage;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.RunningTrial;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several openings of one shared study, as several processes have it. */
@Timeout(120)
class SharedStudyTest {

    private static final IntParameter N = Parameter.ints("n", 1, 40);
    private static final SearchSpace SPACE = SearchSpace.of(N);
    private static final Duration LIMIT = Duration.ofHours(1);

    enum Kind {
        JOURNAL,
        H2
    }

    @TempDir
    private Path folder;

    private final MutableClock clock = new MutableClock();

    private StudyStorage shared(Kind kind) {
        return kind == Kind.JOURNAL
                ? JournalStorage.shared(folder.resolve("journal"))
                : JdbcStorage.shared(database(), "shared study");
    }

    private StudyStorage alone(Kind kind) {
        return kind == Kind.JOURNAL
                ? JournalStorage.at(folder.resolve("journal"))
                : JdbcStorage.at(database(), "shared study");
    }

    private JdbcDataSource database() {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:" + folder.resolve("studies"));
        return source;
    }

    /** The limit is so long that no heartbeat comes by itself during a test; the clock alone moves. */
    private ObjectiveSearch search(StudyStorage storage) {
        return ObjectiveSearch.minimize(SPACE)
                .storage(storage)
                .sharing(Sharing.standard().withLimit(LIMIT).withRetries(1).withTicker(clock));
    }

    private static int ask(Study study) {
        return study.ask().orElseThrow().number();
    }

    @ParameterizedTest
    @EnumSource
    void trialsOfOtherProcessesCountAsRunningAndTheirResultsAreSeen(Kind kind) {
        try (Study one = search(shared(kind)).open();
                Study two = search(shared(kind)).open()) {
            RunningTrial first = one.ask().orElseThrow();
            RunningTrial second = two.ask().orElseThrow();
            assertThat(List.of(first.number(), second.number())).containsExactly(0, 1);
            assertThat(two.history().trials()).hasSize(2).allMatch(Trial::isRunning);
            one.tell(first, 3);
            assertThat(two.bestValue()).hasValue(3.0);
            one.tell(1, 2);
            assertThat(two.bestValue()).hasValue(2.0);
            assertThatThrownBy(() -> one.tell(1, 2)).hasMessageContaining("Trial 1 does not run");
            two.tell(second, 1);
            assertThat(one.bestValue()).as("the first value counts").hasValue(2.0);
            assertThat(ask(one)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsTooLateWithAClaimProposesTheNextTrialKnowingOfTheOther(Kind kind) {
        AtomicReference<Supplier<Integer>> meanwhile = new AtomicReference<>();
        Optimizer slow = new Optimizer() {
            @Override
            public String name() {
                return "slow";
            }

            @Override
            public OptimizerSession open(SearchSpace space, long seed) {
                OptimizerSession session = new RandomOptimizer().open(space, seed);
                return (number, history) -> {
                    Supplier<Integer> other = meanwhile.getAndSet(null);
                    if (other != null) {
                        assertThat(other.get()).isEqualTo(number);
                    } else {
                        assertThat(history.trials()).hasSize(number);
                    }
                    return session.propose(number, history);
                };
            }
        };
        try (Study one = search(shared(kind)).optimizer(slow).withoutDefaults().open();
                Study two = search(shared(kind)).withoutDefaults().open()) {
            meanwhile.set(() -> ask(two));
            assertThat(ask(one)).isEqualTo(1);
            assertThat(one.history().trials())
                    .extracting(trial -> trial.configuration().get(N))
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFiniteSpaceIsSharedOutWithoutARepetition(Kind kind) {
        List<Integer> values = new ArrayList<>();
        try (Study one = search(shared(kind)).open();
                Study two = search(shared(kind)).open();
                Study three = search(shared(kind)).open()) {
            for (int i = 0; i < 40; i++) {
                Study study = List.of(one, two, three).get(i % 3);
                RunningTrial trial = study.ask().orElseThrow();
                values.add(trial.get(N));
                if (i % 2 == 0) {
                    study.tell(trial, i);
                }
            }
            assertThat(Stream.of(one, two, three).map(Study::ask)).allMatch(Optional::isEmpty);
        }
        assertThat(new TreeSet<>(values)).hasSize(40);
    }

    @ParameterizedTest
    @EnumSource
    void theTrialOfASilentProcessIsHandedOutAgainAndThenFails(Kind kind) {
        try (Study dead = search(shared(kind)).open();
                Study next = search(shared(kind)).open();
                Study last = search(shared(kind)).open()) {
            RunningTrial lost = dead.ask().orElseThrow();
            assertThat(ask(next)).as("not yet").isEqualTo(1);
            clock.advance(LIMIT.minusNanos(1));
            assertThat(ask(next)).isEqualTo(2);
            clock.advance(LIMIT.dividedBy(5));
            RunningTrial again = next.ask().orElseThrow();
            assertThat(again.number()).isZero();
            assertThat(again.configuration()).isEqualTo(lost.configuration());

            assertThat(ask(last)).isEqualTo(3);
            clock.advance(LIMIT);
            assertThat(ask(last))
                    .as("of the second one, which was only tried once")
                    .isEqualTo(1);
            Trial failed = last.history().trials().get(0);
            assertThat(failed.outcome())
                    .isInstanceOfSatisfying(TrialOutcome.Failed.class, outcome -> assertThat(outcome.cause())
                            .contains("process died, at attempt 2"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSilentProcessThatWakesUpMayStillTellItsValueButNotFailTheTrial(Kind kind) {
        try (Study asleep = search(shared(kind)).open();
                Study other = search(shared(kind)).open()) {
            RunningTrial first = asleep.ask().orElseThrow();
            RunningTrial second = asleep.ask().orElseThrow();
            ask(other);
            clock.advance(LIMIT);
            assertThat(List.of(ask(other), ask(other))).containsExactly(0, 1);
            asleep.fail(first, "the network was gone");
            asleep.tell(second, 5);
            assertThat(other.history().trials().get(0).isRunning()).isTrue();
            assertThat(other.history().trials().get(1).value()).hasValue(5.0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTrialsOfAClosedStudyAreFreeAtOnceHoweverOften(Kind kind) {
        for (int i = 0; i < 4; i++) {
            try (Study study = search(shared(kind)).open()) {
                assertThat(ask(study)).isZero();
            }
        }
        try (Study single = search(alone(kind)).open()) {
            assertThat(ask(single)).as("also to one that goes on alone").isZero();
            assertThat(ask(single)).isEqualTo(1);
        }
        try (Study study = search(shared(kind)).open()) {
            assertThat(List.of(ask(study), ask(study), ask(study))).containsExactly(0, 1, 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void runsShareTheTrialsOfTheBudgetAndLeaveNoneUnfinished(Kind kind) throws Exception {
        try (Study left = search(shared(kind)).open()) {
            assertThat(ask(left)).isZero();
        }
        List<Integer> evaluated = Collections.synchronizedList(new ArrayList<>());
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            List<Future<StudyResult>> runs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                runs.add(pool.submit(() -> search(shared(kind))
                        .threads(2)
                        .budget(Budget.ofTrials(30))
                        .run(trial -> {
                            evaluated.add(trial.number());
                            trial.report(1, trial.get(N));
                            return trial.number() == 7 ? Double.NaN : trial.get(N);
                        })));
            }
            for (Future<StudyResult> run : runs) {
                StudyResult result = run.get();
                assertThat(result.end()).isEqualTo(StudyResult.End.TRIALS);
                assertThat(result.trials())
                        .hasSize(30)
                        .allMatch(trial -> trial.outcome() instanceof TrialOutcome.Completed == (trial.number() != 7))
                        .extracting(trial -> trial.configuration().get(N))
                        .doesNotHaveDuplicates();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(evaluated).hasSize(30).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void anotherStudyIsRefusedAndLeavesNoTrace(Kind kind) {
        search(shared(kind)).open().close();
        assertThatThrownBy(() -> search(shared(kind)).seed(9).open())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("seed 1 instead of 9");
        try (Study study = search(alone(kind)).open()) {
            assertThat(ask(study)).isZero();
        }
    }
}
