package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.autotuner.budget.Budget;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;
import org.autotuner.error.StorageException;
import org.autotuner.fakes.FakeFamily;
import org.autotuner.fakes.Fits;
import org.autotuner.fakes.Samples;
import org.autotuner.storage.InMemoryStorage;
import org.autotuner.storage.JdbcStorage;
import org.autotuner.storage.JournalStorage;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.StudyEvent;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupted fit goes on from its journal, as if nothing had happened. */
class FitResumeTest {

    private static final Table TABLE = Samples.binary(120, 4);
    private static final int TRIALS = 8;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void cutAfterAnyLineTheResumedRunGivesTheSameModelAndRepeatsNoFinishedTrial(int workers) throws IOException {
        Path whole = folder.resolve("whole");
        List<Integer> started = Collections.synchronizedList(new ArrayList<>());
        double[] expected = run(JournalStorage.at(whole), workers, started);
        assertThat(started).hasSize(TRIALS);
        List<String> lines = Files.readAllLines(whole.resolve("journal.jsonl"));
        for (int kept = 1; kept <= lines.size(); kept++) {
            Path cut = folder.resolve("cut" + kept);
            copy(whole, cut);
            Files.write(cut.resolve("journal.jsonl"), lines.subList(0, kept));
            List<Integer> again = Collections.synchronizedList(new ArrayList<>());
            assertThat(run(JournalStorage.at(cut), workers, again))
                    .as("after %d of %d lines", kept, lines.size())
                    .isEqualTo(expected);
            long ended = lines.subList(0, kept).stream()
                    .filter(line -> line.contains("\"trial_finished\"") || line.contains("\"trial_ended\""))
                    .count();
            assertThat(again).as("after %d of %d lines", kept, lines.size()).hasSize(TRIALS - (int) ended);
        }
    }

    @Test
    void theRealFamiliesGoOnToTheSameModel() throws IOException {
        Path whole = folder.resolve("whole");
        double[] expected = real(whole);
        List<String> lines = Files.readAllLines(whole.resolve("journal.jsonl"));
        Path cut = folder.resolve("cut");
        copy(whole, cut);
        Files.write(cut.resolve("journal.jsonl"), lines.subList(0, lines.size() / 2));
        assertThat(real(cut)).isEqualTo(expected);
    }

    @Test
    void aFitGoesOnFromADatabase() {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:" + folder.resolve("studies"));
        StudyStorage storage = JdbcStorage.at(source, "fit");
        tuner(storage, 1).budget(Budget.ofTrials(4).withThreads(1)).build().fit(TABLE);
        List<Integer> again = Collections.synchronizedList(new ArrayList<>());
        double[] resumed = run(storage, 1, again);
        assertThat(again).hasSize(TRIALS - 4);
        assertThat(resumed).isEqualTo(run(new InMemoryStorage(), 1, new ArrayList<>()));
    }

    @Test
    void damageOfTheJournalIsReportedToTheUser() throws IOException {
        run(JournalStorage.at(folder), 1, new ArrayList<>());
        Path journal = folder.resolve("journal.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        lines.set(3, lines.get(3).replace("kind", "kinD"));
        Files.write(journal, lines);
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        FitJob job = tuner(JournalStorage.at(folder), 1)
                .listener(event -> {
                    if (event instanceof StudyEvent.Warning warning) {
                        heard.add(warning.message());
                    }
                })
                .build()
                .submit(TABLE);
        job.await();
        assertThat(job.report().warnings()).anyMatch(text -> text.contains("damaged from line 4 on"));
        assertThat(heard).anyMatch(text -> text.contains("damaged from line 4 on"));
    }

    @Test
    void aRunOfMoreTrialsGoesOnFromOneOfFewer() {
        InMemoryStorage storage = new InMemoryStorage();
        tuner(storage, 1).budget(Budget.ofTrials(4).withThreads(1)).build().fit(TABLE);
        List<Integer> again = Collections.synchronizedList(new ArrayList<>());
        double[] resumed = run(storage, 1, again);
        assertThat(again).hasSize(TRIALS - 4);
        assertThat(resumed).isEqualTo(run(new InMemoryStorage(), 1, new ArrayList<>()));
    }

    @Test
    void aTimedRunGoesOnFromAnEarlierOne() {
        InMemoryStorage storage = new InMemoryStorage();
        tuner(storage, 1).build().fit(TABLE);
        FitJob job = tuner(storage, 1)
                .budget(Budget.ofSeconds(1).withTrials(TRIALS))
                .build()
                .submit(TABLE);
        job.await();
        assertThat(job.report().trials())
                .as("the prior and those of the journal")
                .isGreaterThan(TRIALS / 2);
    }

    @Test
    void theJournalOfOtherDataIsRefused() {
        InMemoryStorage storage = new InMemoryStorage();
        tuner(storage, 1).build().fit(TABLE);
        assertThatThrownBy(() -> tuner(storage, 1).build().fit(Samples.binary(120, 5)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("Use another storage");
    }

    @Test
    void theJournalOfOtherOptionsIsRefused() {
        InMemoryStorage storage = new InMemoryStorage();
        tuner(storage, 1).build().fit(TABLE);
        assertThatThrownBy(() -> tuner(storage, 1).seed(99).build().fit(TABLE)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> tuner(storage, 1)
                        .classWeights(Map.of("yes", 5.0))
                        .build()
                        .fit(TABLE))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> tuner(storage, 1).folds(3).build().fit(TABLE)).isInstanceOf(StorageException.class);
    }

    @Test
    void theJournalOfOtherFoldsIsRefused() {
        InMemoryStorage storage = new InMemoryStorage();
        double[] fold = new double[120];
        java.util.Arrays.setAll(fold, i -> i % 3);
        tuner(storage, 1).foldColumn("f").build().fit(TABLE.withColumn("f", NumericColumn.of(fold)));
        double[] other = new double[120];
        java.util.Arrays.setAll(other, i -> i / 40);
        AutoTuner again = tuner(storage, 1).foldColumn("f").build();
        assertThatThrownBy(() -> again.fit(TABLE.withColumn("f", NumericColumn.of(other))))
                .isInstanceOf(StorageException.class);
    }

    @Test
    void theStorageIsFreeAgainWhenTheFitEnds() {
        InMemoryStorage storage = new InMemoryStorage();
        tuner(storage, 1).build().fit(TABLE);
        assertThatThrownBy(() -> tuner(storage, 1).seed(99).build().fit(TABLE)).isInstanceOf(StorageException.class);
        storage.open().close();
    }

    @Test
    void aStorageInUseIsRefused() {
        InMemoryStorage storage = new InMemoryStorage();
        try (StudyStorage.Handle held = storage.open()) {
            assertThatThrownBy(() -> tuner(storage, 1).build().fit(TABLE)).isInstanceOf(StorageException.class);
            assertThat(held.readFrom(0)).isEmpty();
        }
    }

    private static double[] run(StudyStorage storage, int workers, List<Integer> started) {
        return tuner(storage, workers)
                .listener(event -> {
                    if (event instanceof StudyEvent.TrialStarted trial) {
                        started.add(trial.trial().number());
                    }
                })
                .build()
                .fit(TABLE)
                .predict(TABLE)
                .toArray();
    }

    private static AutoTuner.Builder tuner(StudyStorage storage, int workers) {
        return AutoTuner.builder()
                .target("y")
                .family(FakeFamily.of("fake", Fits::threshold).startingAt(2, 4))
                .family(FakeFamily.of("other", Fits::threshold).startingAt(9))
                .family(FakeFamily.of("throws", Fits.throwing("made by a test")))
                .families("fake", "other", "throws")
                .storage(storage)
                .budget(Budget.ofTrials(TRIALS).withThreads(workers));
    }

    private static double[] real(Path journal) {
        return AutoTuner.builder()
                .target("y")
                .storage(JournalStorage.at(journal))
                .budget(Budget.ofTrials(6).withThreads(2))
                .build()
                .fit(TABLE)
                .predict(TABLE)
                .toArray();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
