package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.autotuner.budget.Budget;
import org.autotuner.error.OptionException;
import org.autotuner.error.StorageException;
import org.autotuner.optimize.GridOptimizer;
import org.autotuner.optimize.Optimizers;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.InMemoryStorage;
import org.autotuner.storage.JournalStorage;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.NoImprovement;
import org.autotuner.study.RunningTrial;
import org.autotuner.study.StudyLog;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParetoSearchTest {

    private static final IntParameter A = Parameter.ints("a", 0, 4);
    private static final IntParameter B = Parameter.ints("b", 0, 4);
    private static final SearchSpace SPACE = SearchSpace.of(A, B);

    @TempDir
    private Path folder;

    /** Speed a, error 4 - a + b, size 10 a + b: a front of five trials with b = 0. */
    private static Map<String, Integer> measured(RunningTrial trial) {
        int a = trial.get(A);
        int b = trial.get(B);
        return Map.of("speed", 4 - a, "error", 4 - a + b, "size", 10 * a + b, "quality", a - b);
    }

    private static ParetoSearch search() {
        return ParetoSearch.over(SPACE).optimizer(new GridOptimizer()).budget(Budget.ofTrials(25));
    }

    private static List<String> seen(ParetoResult result) {
        return result.trials().stream()
                .map(trial -> trial.number()
                        + trial.configuration().toJson()
                        + (trial.outcome() instanceof TrialOutcome.Completed done
                                ? done.values() + " " + done.violations()
                                : "")
                        + trial.attributes())
                .toList();
    }

    private static List<Integer> valuesOfA(List<Trial> trials) {
        return trials.stream().map(trial -> trial.configuration().get(A)).toList();
    }

    @Test
    void theFrontHoldsWhatNoTrialBeatsInTheCallersSign() {
        ParetoResult result = search().minimize("error").maximize("speed").run(ParetoSearchTest::measured);
        assertThat(result.trials()).hasSize(25);
        assertThat(result.end()).isEqualTo(StudyResult.End.TRIALS);
        assertThat(valuesOfA(result.front())).containsExactly(4, 3, 2, 1, 0);
        Trial first = result.front().get(0);
        assertThat(result.value(first, "error")).isZero();
        assertThat(result.value(first, "speed")).isZero();
        assertThat(result.value(first, "size")).isEqualTo(40);
        assertThat(result.value(result.front().get(4), "speed")).isEqualTo(4);
        assertThat(result.toString()).contains("front of 5").contains("error 0.0, speed 0.0 with");
        assertThatThrownBy(() -> result.value(first, "sise"))
                .hasMessageContaining("sise")
                .hasMessageContaining("size");
    }

    /** Boxes from (error 5, speed -1): widths 1..5 and heights 5..1 in a staircase, 5 + 4 + 3 + 2 + 1. */
    @Test
    void hypervolumeIsMeasuredFromAReferenceByName() {
        ParetoResult result = search().minimize("error").maximize("speed").run(ParetoSearchTest::measured);
        assertThat(result.hypervolume(Map.of("error", 5, "speed", -1))).isCloseTo(15, within(1e-12));
        assertThatThrownBy(() -> result.hypervolume(Map.of("error", 5))).hasMessageContaining("speed");
    }

    @Test
    void oneTrialIsPickedByAnObjectiveUnderLimitsOnOthers() {
        ParetoResult result = search().minimize("error").maximize("speed").run(ParetoSearchTest::measured);
        assertThat(valuesOfA(result.best("error").stream().toList())).containsExactly(4);
        assertThat(valuesOfA(result.best("error", Map.of("speed", 3)).stream().toList()))
                .containsExactly(1);
        assertThat(valuesOfA(result.best("speed", Map.of("error", 2.5)).stream().toList()))
                .containsExactly(2);
        assertThat(result.best("speed", Map.of("error", -1))).isEmpty();
        assertThatThrownBy(() -> result.best("sped")).hasMessageContaining("sped");
    }

    @Test
    void limitsTakeTrialsOffTheFrontAlsoWithOneObjective() {
        ParetoResult two = search().minimize("error")
                .maximize("speed")
                .atMost("size", 20)
                .atLeast("quality", 1)
                .run(ParetoSearchTest::measured);
        assertThat(valuesOfA(two.front())).containsExactly(2, 1);
        ParetoResult one = search().minimize("error").atMost("size", 25).run(ParetoSearchTest::measured);
        assertThat(valuesOfA(one.best("error").stream().toList())).containsExactly(2);
        assertThat(one.front()).hasSize(1);
        assertThat(one.trials().stream().filter(Trial::isFeasible)).hasSize(15);
        ParetoResult none = search().minimize("error").atMost("size", -1).run(ParetoSearchTest::measured);
        assertThat(none.front()).isEmpty();
        assertThat(none.best("error")).isEmpty();
        assertThat(none.hypervolume(Map.of("error", 9))).isZero();
    }

    @Test
    void rulesAndTheBestSoFarSeeOnlyTrialsThatKeepTheLimits() {
        ParetoResult result = search().minimize("speed")
                .atMost("size", 11)
                .stopWhen(new NoImprovement(10))
                .run(ParetoSearchTest::measured);
        assertThat(result.end()).isEqualTo(StudyResult.End.STOP_RULE);
        assertThat(result.trials()).hasSize(5 + 1 + 10);
    }

    @Test
    void aFailedOrIncompleteAnswerFailsTheTrial() {
        ParetoResult result = search().minimize("error").atMost("bytes", 5).run(trial -> {
            if (trial.number() == 0) {
                return Map.of("error", 1, "bytes", 5);
            }
            return trial.number() == 1 ? Map.of("error", 1) : Map.of("error", Double.NaN, "bytes", 1);
        });
        assertThat(result.front()).hasSize(1);
        assertThat(result.trials().get(1).outcome())
                .isInstanceOfSatisfying(TrialOutcome.Failed.class, failed -> assertThat(failed.cause())
                        .contains("no 'bytes'"));
        assertThat(result.trials().get(2).outcome())
                .isInstanceOfSatisfying(TrialOutcome.Failed.class, failed -> assertThat(failed.cause())
                        .contains("NaN"));
    }

    @Test
    void allWrongOptionsAreTold() {
        assertThatThrownBy(() -> ParetoSearch.over(SPACE)
                        .threads(0)
                        .atMost("x", Double.NaN)
                        .run(ParetoSearchTest::measured))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("no objective")
                .hasMessageContaining("'x'")
                .hasMessageContaining("threads");
        assertThatThrownBy(() -> search().minimize("error").maximize("error").run(ParetoSearchTest::measured))
                .hasMessageContaining("twice");
    }

    private static ParetoResult searched(String optimizer, int threads, int trials, StudyStorage storage) {
        return ParetoSearch.over(SPACE)
                .optimizer(Optimizers.byName(optimizer))
                .minimize("error")
                .maximize("speed")
                .atMost("size", 30.5)
                .threads(threads)
                .budget(Budget.ofTrials(trials))
                .storage(storage)
                .run(ParetoSearchTest::measured);
    }

    @Test
    void aStudyThatWasCutGoesOnToTheSameEndWhateverTheThreads() throws IOException {
        for (String optimizer : List.of("nsga2", "motpe", "pareto")) {
            for (int threads : new int[] {1, 3}) {
                Path whole = folder.resolve(optimizer + threads);
                List<String> expected = seen(searched(optimizer, threads, 22, JournalStorage.at(whole)));
                List<String> lines = Files.readAllLines(whole.resolve("journal.jsonl"));
                for (int cut : new int[] {0, 1, 15, 24, 37, lines.size()}) {
                    Path copy = Files.createDirectories(folder.resolve(optimizer + threads + "-" + cut));
                    Files.write(copy.resolve("journal.jsonl"), lines.subList(0, cut));
                    assertThat(seen(searched(optimizer, threads, 22, JournalStorage.at(copy))))
                            .as("%s, %d threads, cut at line %d", optimizer, threads, cut)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void aJournalOfOtherGoalsIsRefused() {
        StudyStorage storage = new InMemoryStorage();
        searched("nsga2", 1, 3, storage);
        assertThatThrownBy(() -> search().minimize("error")
                        .maximize("speed")
                        .storage(storage)
                        .run(ParetoSearchTest::measured))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("size at most 30.5");
    }

    @Test
    void askAndTellFindsWhatTheLoopFinds() {
        StudyStorage storage = new InMemoryStorage();
        List<String> expected = seen(searched("motpe", 1, 12, new InMemoryStorage()));
        ParetoSearch search = ParetoSearch.over(SPACE)
                .optimizer(Optimizers.byName("motpe"))
                .minimize("error")
                .maximize("speed")
                .atMost("size", 30.5)
                .storage(storage);
        try (ParetoStudy study = search.open()) {
            for (int i = 0; i < 11; i++) {
                RunningTrial trial = study.ask().orElseThrow();
                study.tell(trial, measured(trial));
            }
            RunningTrial last = study.ask().orElseThrow();
            assertThatThrownBy(() -> study.tell(last, Map.of("error", 1))).hasMessageContaining("speed");
            assertThat(study.result().trials()).hasSize(12);
            study.tell(last, measured(last));
            assertThat(seen(study.result())).isEqualTo(expected);
            study.enqueue(SPACE.defaults());
            RunningTrial again = study.ask().orElseThrow();
            assertThat(again.configuration()).isEqualTo(SPACE.defaults());
            study.tell(again, Map.of("error", Double.NaN, "speed", 1, "size", 1));
            RunningTrial failed = study.ask().orElseThrow();
            study.fail(failed, "no time");
            assertThat(study.result().trials().subList(12, 14))
                    .allSatisfy(trial -> assertThat(trial.outcome()).isInstanceOf(TrialOutcome.Failed.class));
        }
        assertThatThrownBy(() -> ParetoSearch.over(SPACE).open()).isInstanceOf(OptionException.class);
    }

    @Test
    void outcomesOfEarlierVersionsHaveNoViolations() {
        StudyLog log = new StudyLog(SearchSpace.empty());
        log.applyJson(0, "{\"kind\":\"trial_started\",\"number\":0,\"configuration\":{}}");
        log.applyJson(
                1,
                "{\"kind\":\"trial_finished\",\"number\":0,\"outcome\":{\"kind\":\"completed\",\"values\":[1.5],"
                        + "\"seconds\":0.5},\"attributes\":{}}");
        assertThat(log.trial(0).outcome()).isEqualTo(new TrialOutcome.Completed(1.5, 0.5));
        assertThat(log.trial(0).isFeasible()).isTrue();
    }

    @Test
    void whatMatteredIsToldForEachObjective() {
        ParetoResult result = search().minimize("error").maximize("quality").run(ParetoSearchTest::measured);
        assertThat(result.insight("quality").bestSoFar().points()).isNotEmpty();
        assertThat(result.insight("error").importance().toString())
                .contains("a")
                .contains("b");
    }
}
