package org.autotuner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import org.autotuner.budget.Deadline;
import org.autotuner.fakes.FakeFamily;
import org.autotuner.fakes.Fits;
import org.autotuner.fakes.Hanging;
import org.autotuner.fakes.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LocalExecutorTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final StudyData data = Samples.study(90, 3);

    @Test
    void everyTaskHasOneOutcome() {
        try (LocalExecutor executor = executor(FakeFamily.of("fake", Fits::threshold), 2)) {
            for (int fold = 0; fold < 3; fold++) {
                executor.submit(task(fold));
            }
            List<Integer> folds = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                folds.add(executor.poll(LONG).orElseThrow().task().fold());
            }
            assertThat(folds).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(executor.poll(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void workersRunAtTheSameTime() {
        CyclicBarrier both = new CyclicBarrier(2);
        FakeFamily family = FakeFamily.of("fake", (data, configuration, context) -> {
            try {
                both.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return Fits.threshold(data, configuration, context);
        });
        try (LocalExecutor executor = executor(family, 2)) {
            executor.submit(task(0));
            executor.submit(task(1));
            assertThat(executor.poll(LONG)).get().isInstanceOf(FoldOutcome.Fitted.class);
            assertThat(executor.poll(LONG)).get().isInstanceOf(FoldOutcome.Fitted.class);
        }
    }

    @Test
    void anErrorOfTheVirtualMachineStillGivesAnOutcomeAndTheWorkerGoesOn() {
        FakeFamily family = FakeFamily.of("fake", (data, configuration, context) -> {
            if (configuration.equals(FakeFamily.sharpness(1))) {
                throw new StackOverflowError();
            }
            return Fits.threshold(data, configuration, context);
        });
        try (LocalExecutor executor = executor(family, 1)) {
            executor.submit(new FoldTask(1, 0, "fake", FakeFamily.sharpness(1), false, 1, Double.POSITIVE_INFINITY));
            executor.submit(task(1));
            assertThat(executor.poll(LONG)).get().isInstanceOf(FoldOutcome.Failed.class);
            assertThat(executor.poll(LONG)).get().isInstanceOf(FoldOutcome.Fitted.class);
        }
    }

    @Test
    void closingDoesNotWaitForAFitThatHangs() throws InterruptedException {
        try (Hanging hanging = new Hanging()) {
            LocalExecutor executor = executor(FakeFamily.of("fake", hanging), 1);
            executor.submit(task(0));
            hanging.awaitEntered();
            executor.close();
            assertThat(executor.poll(Duration.ofMillis(1))).isEmpty();
        }
    }

    @Test
    void anInterruptedWaitKeepsTheFlagAndReturnsNothing() {
        try (LocalExecutor executor = executor(FakeFamily.of("fake", Fits::threshold), 1)) {
            Thread.currentThread().interrupt();
            assertThat(executor.poll(LONG)).isEmpty();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private LocalExecutor executor(FakeFamily family, int workers) {
        TrialRunner runner = new TrialRunner(data, new FoldCache(data, 1 << 20), Map.of("fake", family));
        return new LocalExecutor(runner, Deadline.never(), workers);
    }

    private static FoldTask task(int fold) {
        return new FoldTask(
                1, fold, "fake", FakeFamily.sharpness(5), false, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
}
