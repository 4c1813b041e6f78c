package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Cancellation;
import org.autotuner.error.StorageException;
import org.autotuner.prune.MedianPruner;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.InMemoryStorage;
import org.autotuner.storage.JournalStorage;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.RunningTrial;
import org.autotuner.study.StudyEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {

    private static final RealParameter X = Parameter.reals("x", -5, 5);
    private static final SearchSpace SPACE = SearchSpace.of(X);
    private static final int TRIALS = 16;

    @TempDir
    private Path folder;

    private final AtomicInteger calls = new AtomicInteger();

    private double objective(RunningTrial trial) {
        calls.incrementAndGet();
        if (trial.number() % 5 == 4) {
            throw new IllegalStateException("made to fail");
        }
        double value = Math.abs(trial.get(X) - 1);
        for (int step = 1; step <= 3; step++) {
            trial.report(step, value + 1.0 / step);
            if (trial.shouldStop()) {
                return Double.NaN;
            }
        }
        trial.setAttribute("side", trial.get(X) > 1 ? "right" : "left");
        return value;
    }

    private StudyResult run(StudyStorage storage, int threads) {
        return ObjectiveSearch.minimize(SPACE)
                .pruner(new MedianPruner(3, 0))
                .threads(threads)
                .storage(storage)
                .budget(Budget.ofTrials(TRIALS))
                .run(this::objective);
    }

    @Test
    void aStudyCutAtAnyLineGoesOnToTheSameEnd() throws IOException {
        for (int threads : new int[] {1, 3}) {
            Path whole = folder.resolve("whole" + threads);
            StudyResult expected = run(JournalStorage.at(whole), threads);
            List<String> lines = Files.readAllLines(whole.resolve("journal.jsonl"));
            assertThat(lines).hasSizeGreaterThan(2 * TRIALS);
            for (int cut = 0; cut <= lines.size(); cut++) {
                Path copy = Files.createDirectories(folder.resolve("cut" + threads + "-" + cut));
                Files.write(copy.resolve("journal.jsonl"), lines.subList(0, cut));
                long finished = lines.subList(0, cut).stream()
                        .filter(line -> line.contains("trial_finished"))
                        .count();
                calls.set(0);
                StudyResult resumed = run(JournalStorage.at(copy), threads);
                assertThat(ObjectiveSearchTest.seen(resumed))
                        .as("cut after %d lines", cut)
                        .isEqualTo(ObjectiveSearchTest.seen(expected));
                assertThat(calls.get()).as("cut after %d lines", cut).isEqualTo((int) (TRIALS - finished));
            }
        }
    }

    @Test
    void aStudyCutAtAnyByteGoesOnToTheSameEnd() throws IOException {
        Path whole = folder.resolve("whole");
        StudyResult expected = run(JournalStorage.at(whole), 1);
        byte[] bytes = Files.readAllBytes(whole.resolve("journal.jsonl"));
        for (int cut = 0; cut < bytes.length; cut += 97) {
            Path copy = Files.createDirectories(folder.resolve("cut" + cut));
            Files.write(copy.resolve("journal.jsonl"), Arrays.copyOf(bytes, cut));
            assertThat(ObjectiveSearchTest.seen(run(JournalStorage.at(copy), 1)))
                    .as("cut after %d bytes", cut)
                    .isEqualTo(ObjectiveSearchTest.seen(expected));
        }
    }

    @Test
    void damageIsReportedToTheUserAndWhatLiesBeforeItIsKept() throws IOException {
        StudyResult expected = run(JournalStorage.at(folder.resolve("whole")), 1);
        assertThat(expected.warnings()).isEmpty();
        byte[] whole = Files.readAllBytes(folder.resolve("whole").resolve("journal.jsonl"));
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 4;
        for (byte[] damaged : List.of(changed, Arrays.copyOf(whole, whole.length / 2))) {
            Path path = folder.resolve("damaged" + calls.incrementAndGet());
            Path journal = Files.createDirectories(path).resolve("journal.jsonl");
            Files.write(journal, damaged);
            List<String> heard = Collections.synchronizedList(new ArrayList<>());
            long soundLines = lines(Arrays.copyOf(whole, whole.length / 2));
            calls.set(0);
            StudyResult resumed = ObjectiveSearch.minimize(SPACE)
                    .pruner(new MedianPruner(3, 0))
                    .storage(JournalStorage.at(path))
                    .listener(event -> {
                        if (event instanceof StudyEvent.Warning warning) {
                            heard.add(warning.message());
                        }
                    })
                    .budget(Budget.ofTrials(TRIALS))
                    .run(this::objective);
            assertThat(ObjectiveSearchTest.seen(resumed)).isEqualTo(ObjectiveSearchTest.seen(expected));
            assertThat(calls.get()).as("trials run again").isBetween(1, TRIALS - 2);
            String warning = "damaged from line %d on".formatted(soundLines + 1);
            assertThat(resumed.warnings()).singleElement().asString().contains(journal.toString(), warning);
            assertThat(heard).anyMatch(text -> text.contains(warning));
            try (Study study = ObjectiveSearch.minimize(SPACE)
                    .storage(JournalStorage.at(path))
                    .open()) {
                assertThat(study.warnings()).as("the rest is sound").isEmpty();
            }
        }
    }

    private static long lines(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8)
                .chars()
                .filter(c -> c == '\n')
                .count();
    }

    @Test
    void aCancelledStudyGoesOnToTheSameEnd() {
        StudyResult expected = run(new InMemoryStorage(), 2);
        StudyStorage storage = new InMemoryStorage();
        Cancellation cancellation = new Cancellation();
        StudyResult part = ObjectiveSearch.minimize(SPACE)
                .pruner(new MedianPruner(3, 0))
                .threads(2)
                .storage(storage)
                .cancellation(cancellation)
                .budget(Budget.ofTrials(TRIALS))
                .run(trial -> {
                    if (trial.number() == 7) {
                        cancellation.cancel();
                    }
                    return objective(trial);
                });
        assertThat(part.end()).isEqualTo(StudyResult.End.CANCELLED);
        assertThat(ObjectiveSearchTest.seen(run(storage, 2))).isEqualTo(ObjectiveSearchTest.seen(expected));
    }

    @Test
    void aFinishedStudyRunsNothingAndMayBeExtended() {
        StudyStorage storage = new InMemoryStorage();
        run(storage, 1);
        calls.set(0);
        assertThat(run(storage, 1).trials()).hasSize(TRIALS);
        assertThat(calls).hasValue(0);
        assertThat(ObjectiveSearch.minimize(SPACE)
                        .storage(storage)
                        .budget(Budget.ofTrials(TRIALS + 4))
                        .run(this::objective)
                        .trials())
                .hasSize(TRIALS + 4);
        assertThat(calls).hasValue(4);
    }

    @Test
    void theJournalOfAnotherStudyIsRefusedWithAdvice() {
        StudyStorage storage = new InMemoryStorage();
        run(storage, 1);
        assertThatThrownBy(
                        () -> ObjectiveSearch.maximize(SPACE).storage(storage).run(this::objective))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("minimize instead of maximize")
                .hasMessageContaining("Use another storage");
        assertThatThrownBy(() ->
                        ObjectiveSearch.minimize(SPACE).seed(9).storage(storage).run(this::objective))
                .hasMessageContaining("seed 1 instead of 9");
        SearchSpace other = SearchSpace.of(Parameter.reals("x", -5, 6));
        assertThatThrownBy(
                        () -> ObjectiveSearch.minimize(other).storage(storage).run(trial -> 1))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("another search space");
        assertThat(run(storage, 1).trials()).hasSize(TRIALS);
    }

    @Test
    void aStudyInUseIsRefusedAlsoToThoseWhoWouldShareIt() {
        Path path = folder.resolve("used");
        try (Study study =
                ObjectiveSearch.minimize(SPACE).storage(JournalStorage.at(path)).open()) {
            study.ask();
            assertThatThrownBy(() -> run(JournalStorage.at(path), 1))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("in use")
                    .hasMessageContaining(path.toString());
            assertThatThrownBy(() -> run(JournalStorage.shared(path), 1)).hasMessageContaining("in use");
        }
    }

    @Test
    void askAndTellGoesOnWithTheTrialThatNobodyTold() {
        StudyStorage storage = new InMemoryStorage();
        List<Double> asked = new ArrayList<>();
        try (Study study = ObjectiveSearch.maximize(SPACE).storage(storage).open()) {
            for (int i = 0; i < 5; i++) {
                RunningTrial trial = study.ask().orElseThrow();
                asked.add(trial.get(X));
                if (i != 2) {
                    study.tell(trial, -Math.abs(trial.get(X)));
                    assertThatThrownBy(() -> study.tell(trial, 1)).hasMessageContaining("ended already");
                }
            }
            assertThat(study.bestValue().orElseThrow()).isEqualTo(-0.0);
            assertThat(study.recommend().orElseThrow().configuration().get(X)).isZero();
        }
        try (Study study = ObjectiveSearch.maximize(SPACE).storage(storage).open()) {
            RunningTrial again = study.ask().orElseThrow();
            assertThat(again.number()).isEqualTo(2);
            assertThat(again.get(X)).isEqualTo(asked.get(2));
            study.fail(again, "made to fail");
            assertThat(study.ask().orElseThrow().number()).isEqualTo(5);
        }
    }
}
