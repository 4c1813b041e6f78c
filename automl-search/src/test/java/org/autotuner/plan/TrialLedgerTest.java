package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.autotuner.error.StorageException;
import org.autotuner.fakes.FakeFamily;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FittedPreparations;
import org.autotuner.score.ConstantScorer;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.InMemoryStorage;
import org.autotuner.storage.JournalStorage;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.TrialOutcome;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialLedgerTest {

    private static final Task TASK = new BinaryTask("y", "no", "yes");
    private static final SearchSpace SPACE = SearchSpace.of(FakeFamily.SHARPNESS);

    private final InMemoryStorage storage = new InMemoryStorage();

    @Test
    void aFinishedTrialComesBackAsItWas() {
        FinishedTrial trial = trial(4);
        try (TrialLedger ledger = open("study")) {
            ledger.started(4, trial.proposed());
            ledger.finished(trial);
        }
        try (TrialLedger ledger = open("study")) {
            FinishedTrial read = ledger.finishedTrial(4, trial.proposed()).orElseThrow();
            assertThat(read)
                    .usingRecursiveComparison()
                    .withEqualsForType(Configuration::equals, Configuration.class)
                    .ignoringFields("outOfFold", "parts")
                    .isEqualTo(trial);
            assertThat(read.outOfFold().toArray()).isEqualTo(trial.outOfFold().toArray());
            assertThat(read.parts()).extracting(FoldPart::steps).containsExactly(0, 7);
            assertThat(ledger.finishedTrials()).hasSize(1);
        }
    }

    @Test
    void infiniteErrorsSurvive() {
        FinishedTrial trial = new FinishedTrial(
                1,
                "fake",
                FakeFamily.sharpness(1),
                FakeFamily.sharpness(1),
                Double.POSITIVE_INFINITY,
                List.of(Double.NaN),
                Predictions.of(TASK, new double[] {0.5}),
                List.of(new FoldPart(FittedPreparations.none(), ConstantScorer.of(0.5), 0)),
                1,
                1,
                1);
        try (TrialLedger ledger = open("study")) {
            ledger.finished(trial);
        }
        try (TrialLedger ledger = open("study")) {
            assertThat(ledger.finishedTrial(1, trial.proposed()))
                    .get()
                    .extracting(FinishedTrial::error)
                    .isEqualTo(Double.POSITIVE_INFINITY);
        }
    }

    @Test
    void aTrialThatEndedWithoutBecomingACandidateIsRemembered() {
        try (TrialLedger ledger = open("study")) {
            ledger.endedWithout(2, FakeFamily.sharpness(2), new TrialOutcome.Failed("singular matrix", 0.1));
            ledger.endedWithout(3, FakeFamily.sharpness(3), new TrialOutcome.Pruned(0.5, 0.1));
        }
        try (TrialLedger ledger = open("study")) {
            assertThat(ledger.hasEndedWithout(2, FakeFamily.sharpness(2))).isTrue();
            assertThat(ledger.hasEndedWithout(3, FakeFamily.sharpness(3))).isTrue();
            assertThat(ledger.hasEndedWithout(4, FakeFamily.sharpness(4))).isFalse();
            assertThat(ledger.finishedTrials()).isEmpty();
        }
    }

    @Test
    void aStartedTrialWithoutAnEndIsRunAgain() {
        try (TrialLedger ledger = open("study")) {
            ledger.started(1, FakeFamily.sharpness(1));
        }
        try (TrialLedger ledger = open("study")) {
            assertThat(ledger.finishedTrial(1, FakeFamily.sharpness(1))).isEmpty();
            assertThat(ledger.hasEndedWithout(1, FakeFamily.sharpness(1))).isFalse();
        }
    }

    @Test
    void theJournalOfAnotherStudyIsRefused() {
        try (TrialLedger ledger = open("one study")) {
            ledger.finished(trial(1));
        }
        assertThatThrownBy(() -> open("another study"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("other data")
                .hasMessageContaining("Use another storage");
    }

    @Test
    void aRefusedStorageIsReleased() {
        open("one study").close();
        assertThatThrownBy(() -> open("another study")).isInstanceOf(StorageException.class);
        open("one study").close();
    }

    @Test
    void anotherConfigurationUnderTheSameNumberIsRefused() {
        try (TrialLedger ledger = open("study")) {
            ledger.finished(trial(1));
            ledger.endedWithout(2, FakeFamily.sharpness(2), new TrialOutcome.Pruned(0.5, 0.1));
        }
        try (TrialLedger ledger = open("study")) {
            Configuration other = FakeFamily.sharpness(33);
            assertThatThrownBy(() -> ledger.finishedTrial(1, other))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("Trial 1");
            assertThatThrownBy(() -> ledger.hasEndedWithout(2, other))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("Trial 2");
        }
    }

    @Test
    void aLineThatIsNoTrialIsReportedByItsNumber() {
        open("study").close();
        try (StudyStorage.Handle handle = storage.open()) {
            handle.append("{\"kind\":\"trial_finished\"}");
        }
        assertThatThrownBy(() -> open("study"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("Line 2 of the journal");
    }

    @Test
    void aDamagedArtifactIsReported() {
        try (TrialLedger ledger = open("study")) {
            ledger.finished(trial(1));
        }
        try (StudyStorage.Handle handle = storage.open()) {
            handle.putArtifact("trial-1", new byte[] {1, 2, 3});
        }
        assertThatThrownBy(() -> open("study")).isInstanceOf(StorageException.class);
    }

    @Test
    void aTornLastLineLosesOnlyItsTrial(@TempDir Path folder) throws IOException {
        try (TrialLedger ledger = open(JournalStorage.at(folder), "study")) {
            ledger.finished(trial(1));
            ledger.finished(trial(2));
        }
        Path journal = folder.resolve("journal.jsonl");
        byte[] bytes = Files.readAllBytes(journal);
        Files.write(journal, java.util.Arrays.copyOf(bytes, bytes.length - 9));
        try (TrialLedger ledger = open(JournalStorage.at(folder), "study")) {
            assertThat(ledger.finishedTrials())
                    .extracting(FinishedTrial::number)
                    .containsExactly(1);
            ledger.finished(trial(2));
        }
        try (TrialLedger ledger = open(JournalStorage.at(folder), "study")) {
            assertThat(ledger.finishedTrials())
                    .extracting(FinishedTrial::number)
                    .containsExactly(1, 2);
        }
    }

    @Test
    void theArtifactIsThereBeforeItsLine() {
        try (TrialLedger ledger = open("study")) {
            ledger.finished(trial(1));
        }
        try (StudyStorage.Handle handle = storage.open()) {
            handle.deleteArtifact("trial-1");
        }
        try (TrialLedger ledger = open("study")) {
            assertThat(ledger.finishedTrials())
                    .as("a line without its artifact counts as not finished")
                    .isEmpty();
        }
    }

    @Test
    void withoutAStorageNothingIsKept() {
        try (TrialLedger ledger = TrialLedger.none()) {
            ledger.started(1, FakeFamily.sharpness(1));
            ledger.finished(trial(1));
            assertThat(ledger.finishedTrials()).isEmpty();
        }
    }

    private TrialLedger open(String fingerprint) {
        return open(storage, fingerprint);
    }

    private static TrialLedger open(StudyStorage storage, String fingerprint) {
        return TrialLedger.open(storage.open(), fingerprint, SPACE, TASK, Trials::noEncoder);
    }

    private static FinishedTrial trial(int number) {
        return new FinishedTrial(
                number,
                "fake",
                FakeFamily.sharpness(number + 0.5),
                FakeFamily.sharpness(number + 0.75),
                0.25,
                List.of(0.2, 0.3),
                Predictions.of(TASK, new double[] {0.1, 0.2, 1.0 / 3}),
                List.of(
                        new FoldPart(FittedPreparations.none(), ConstantScorer.of(0.5), 0),
                        new FoldPart(FittedPreparations.none(), ConstantScorer.of(0.25), 7)),
                1.5,
                0.5,
                12.25);
    }
}
