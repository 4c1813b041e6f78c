package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.fakes.FakeFamily;
import org.autotuner.fakes.Fits;
import org.autotuner.fakes.Hanging;
import org.autotuner.fakes.Samples;
import org.autotuner.metric.Metrics;
import org.autotuner.model.AutoModel;
import org.autotuner.study.StudyEvent;
import org.autotuner.study.TargetReached;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The promises about time, cancelling and failures, with the real families where they matter. */
@Timeout(120)
class FitPromisesTest {

    @Test
    void aBudgetOfOneSecondReturnsByTwo() {
        Table table = Samples.binary(400, 3);
        long start = System.nanoTime();
        AutoModel model = AutoTuner.fit(table, "y", Budget.ofSeconds(1));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(model.predict(table).size()).isEqualTo(400);
    }

    @Test
    void aHangingFamilyDoesNotDelayTheEnd() {
        try (Hanging hanging = new Hanging()) {
            Table table = Samples.binary(200, 3);
            long start = System.nanoTime();
            AutoModel model = AutoTuner.builder()
                    .target("y")
                    .metric(Metrics.logLoss())
                    .family(FakeFamily.of("fake", Fits::threshold))
                    .family(FakeFamily.of("hangs", hanging))
                    .families("fake", "hangs")
                    .budget(Budget.ofSeconds(2).withThreads(2))
                    .build()
                    .fit(table);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(model.validationScore()).as("the other family's model").isLessThan(0.5);
        }
    }

    @Test
    void familiesThatThrowOrRunOutOfMemoryOrAreAbsentOnlyLeaveAReason() {
        FitJob job = AutoTuner.builder()
                .target("y")
                .metric(Metrics.logLoss())
                .family(FakeFamily.of("good", Fits::threshold))
                .family(FakeFamily.of("throws", Fits.throwing("singular matrix")))
                .family(FakeFamily.of("hungry", Fits.outOfMemory()))
                .family(FakeFamily.of("absent", Fits::threshold).unavailableFor("install libfoo"))
                .family(FakeFamily.of("overflows", (data, configuration, context) -> {
                    throw new StackOverflowError();
                }))
                .families("good", "throws", "hungry", "absent", "overflows")
                .budget(Budget.ofTrials(12).withThreads(2))
                .build()
                .submit(Samples.binary(200, 3));
        AutoModel model = job.await();
        assertThat(model.validationScore()).isLessThan(0.5);
        assertThat(job.report().families().get("good")).startsWith("used");
        assertThat(job.report().families().get("throws")).contains("singular matrix");
        assertThat(job.report().families().get("hungry")).contains("memory");
        assertThat(job.report().families().get("absent")).contains("install libfoo");
        assertThat(job.report().families()).containsKey("overflows");
    }

    @Test
    void withoutAnyWorkingFamilyThePriorIsDelivered() {
        Table table = Samples.binary(100, 3);
        FitJob job = AutoTuner.builder()
                .target("y")
                .family(FakeFamily.of("throws", Fits.throwing("no")))
                .families("throws")
                .budget(Budget.ofTrials(3))
                .build()
                .submit(table);
        AutoModel model = job.await();
        assertThat(model.members()).singleElement().satisfies(member -> assertThat(member.name())
                .startsWith("prior"));
        assertThat(job.report().firstModel()).isEmpty();
        assertThat(job.report().families().get("prior")).startsWith("used");
    }

    @Test
    void cancelInTheMiddleReturnsTheBestSoFarWithinASecond() throws InterruptedException {
        CountDownLatch someTrials = new CountDownLatch(3);
        Table table = Samples.binary(2_000, 3);
        FitJob job = AutoTuner.builder()
                .target("y")
                .budget(Budget.ofMinutes(10).withThreads(2))
                .listener(event -> {
                    if (event instanceof StudyEvent.FoldFinished) {
                        someTrials.countDown();
                    }
                })
                .build()
                .submit(table);
        someTrials.await();
        long start = System.nanoTime();
        job.cancel();
        AutoModel model = job.await();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(model.predict(table).size()).isEqualTo(2_000);
    }

    @Test
    void aListenerThatThrowsOrBlocksDoesNotHurt() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        List<StudyEvent> heard = Collections.synchronizedList(new ArrayList<>());
        AutoModel model = AutoTuner.builder()
                .target("y")
                .family(FakeFamily.of("fake", Fits::threshold))
                .families("fake")
                .budget(Budget.ofTrials(2))
                .listener(event -> {
                    throw new IllegalStateException("made by a test");
                })
                .listener(heard::add)
                .listener(event -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })
                .build()
                .fit(Samples.binary(60, 1));
        assertThat(model.members()).isNotEmpty();
        assertThat(heard).first().isInstanceOf(StudyEvent.StudyStarted.class);
        never.countDown();
    }

    @Test
    void listenersHearTheStudyInOrder() {
        List<StudyEvent> heard = Collections.synchronizedList(new ArrayList<>());
        AutoTuner.builder()
                .target("y")
                .family(FakeFamily.of("fake", Fits::threshold))
                .families("fake")
                .budget(Budget.ofTrials(2).withThreads(1))
                .listener(heard::add)
                .build()
                .fit(Samples.binary(60, 1));
        assertThat(heard).first().isInstanceOf(StudyEvent.StudyStarted.class);
        assertThat(heard).last().isInstanceOf(StudyEvent.StudyFinished.class);
        assertThat(heard.stream()
                        .filter(event -> event instanceof StudyEvent.PhaseChanged)
                        .map(event -> ((StudyEvent.PhaseChanged) event).phase()))
                .containsExactly("search", "ensemble", "score");
        assertThat(heard.stream().filter(event -> event instanceof StudyEvent.TrialStarted))
                .hasSize(2);
        assertThat(heard.stream().filter(event -> event instanceof StudyEvent.TrialFinished))
                .hasSize(2);
    }

    @Test
    void aStopRuleEndsTheSearchEarly() {
        FitJob job = AutoTuner.builder()
                .target("y")
                .metric(Metrics.logLoss())
                .family(FakeFamily.of("fake", Fits::threshold))
                .families("fake")
                .stopWhen(new TargetReached(0.6))
                .budget(Budget.ofTrials(50).withThreads(1))
                .build()
                .submit(Samples.binary(100, 1));
        job.await();
        assertThat(job.report().trials()).isLessThan(10);
    }
}
