package org.autotuner.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.autotuner.error.StorageException;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.StudyRecord.Claim;
import org.autotuner.study.StudyRecord.Finished;
import org.autotuner.study.StudyRecord.Reported;
import org.autotuner.study.StudyRecord.Started;
import org.junit.jupiter.api.Test;

/** The rules by which the order of a log decides between processes. */
class SharedLogTest {

    private static final IntParameter N = Parameter.ints("n", 0, 99);
    private static final SearchSpace SPACE = SearchSpace.of(N);
    private static final Claim A = new Claim("a", 0);
    private static final Claim B = new Claim("b", 0);
    private static final Claim B_LATER = new Claim("b", 1);

    private final StudyLog log = new StudyLog(SPACE);

    private static Configuration n(int value) {
        return Configuration.empty().with(N, value);
    }

    private static Finished completed(int number, double value, Claim claim) {
        return new Finished(number, new TrialOutcome.Completed(value, 1), Map.of(), claim);
    }

    /** As another process reads it: through the JSON. */
    private void apply(StudyRecord... lines) {
        for (StudyRecord line : lines) {
            log.applyJson(0, StudyLog.toJson(line));
        }
    }

    @Test
    void whoComesFirstInTheLogHasTheTrial() {
        apply(new Started(0, n(1), A), new Started(0, n(2), B), new Started(1, n(2), B));
        assertThat(log.size()).isEqualTo(2);
        assertThat(log.trial(0).configuration()).isEqualTo(n(1));
        assertThat(log.runningTrials()).containsExactly(Map.entry(0, A), Map.entry(1, B));
    }

    @Test
    void aLateClaimOfAnEndedTrialChangesNothing() {
        apply(new Started(0, n(1), A), completed(0, 5, A), new Started(0, n(2), B), new Started(0, n(2), B_LATER));
        assertThat(log.runningTrials()).isEmpty();
        assertThat(log.ended()).isEqualTo(1);
        assertThat(log.trial(0).value()).hasValue(5.0);
    }

    @Test
    void aTrialIsTakenOncePerAttemptAndBeginsAgain() {
        apply(
                new Started(0, n(1), A),
                new Reported(0, new Trial.Report(1, 0.5), A),
                new Started(0, n(1), B_LATER),
                new Started(0, n(1), new Claim("c", 1)));
        assertThat(log.runningTrials()).containsExactly(Map.entry(0, B_LATER));
        assertThat(log.trial(0).reports()).isEmpty();
        apply(new Reported(0, new Trial.Report(2, 0.4), A), new Reported(0, new Trial.Report(1, 0.3), B_LATER));
        assertThat(log.trial(0).reports()).containsExactly(new Trial.Report(1, 0.3));
    }

    @Test
    void theFirstValueCountsAndAFailureOnlyFromWhoHasTheTrial() {
        Finished failed = new Finished(0, new TrialOutcome.Failed("asleep", 1), Map.of(), A);
        apply(new Started(0, n(1), A), new Started(0, n(1), B_LATER), failed);
        assertThat(log.trial(0).isRunning()).isTrue();
        apply(completed(0, 3, A), completed(0, 4, B_LATER), failed);
        assertThat(log.trial(0).value()).hasValue(3.0);
    }

    @Test
    void processesMayOpenANewStudyAtTheSameMoment() {
        StudyRecord.Created ours = new StudyRecord.Created(SPACE.toString(), 1, "minimize", "1");
        apply(ours, new StudyRecord.Created(SPACE.toString(), 2, "minimize", "1"));
        log.requireSame(ours);
    }

    @Test
    void whatOneProcessWroteAloneMayBeGoneOnWithByManyAndTheOtherWayRound() {
        apply(new Started(0, n(1)), new Started(0, n(1), B_LATER));
        assertThat(log.runningTrials()).containsExactly(Map.entry(0, B_LATER));
        apply(new Started(0, n(1)), completed(0, 1, B_LATER));
        assertThat(log.trial(0).value()).hasValue(1.0);
    }

    @Test
    void withoutAClaimLinesThatDoNotFollowAreRefusedAsBefore() {
        apply(new Started(0, n(1)), new Finished(0, new TrialOutcome.Completed(1, 1), Map.of()));
        assertThatThrownBy(() -> apply(new Started(0, n(1)))).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> apply(new Finished(0, new TrialOutcome.Cancelled(1), Map.of())))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> apply(new Started(2, n(1), A))).isInstanceOf(StorageException.class);
    }

    @Test
    void linesOfEarlierVersionsAndOfOneProcessHaveNoClaim() {
        assertThat(List.of(
                        StudyLog.toJson(new Started(0, n(1))),
                        StudyLog.toJson(new Reported(0, new Trial.Report(1, 2))),
                        StudyLog.toJson(new Finished(0, new TrialOutcome.Completed(1, 1), Map.of()))))
                .containsExactly(
                        "{\"kind\":\"trial_started\",\"number\":0,\"configuration\":{\"n\":1}}",
                        "{\"kind\":\"trial_reported\",\"number\":0,\"step\":1,\"value\":2.0}",
                        "{\"kind\":\"trial_finished\",\"number\":0,\"outcome\":{\"kind\":\"completed\",\"values\":[1.0],"
                                + "\"seconds\":1.0},\"attributes\":{}}");
        assertThat(StudyLog.toJson(new Started(0, n(1), B_LATER))).endsWith(",\"worker\":\"b\",\"attempt\":1}");
    }
}
