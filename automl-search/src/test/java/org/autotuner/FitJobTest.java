package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.fakes.FakeFamily;
import org.autotuner.fakes.Fits;
import org.autotuner.fakes.Hanging;
import org.autotuner.fakes.Samples;
import org.autotuner.model.AutoModel;
import org.autotuner.predict.Predictions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FitJobTest {

    private static final Table TABLE = Samples.binary(120, 5);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void cancelBeforeTheFirstModelReturnsThePriorWithinASecond() throws InterruptedException {
        try (Hanging hanging = new Hanging()) {
            FitJob job = submit(FakeFamily.of("fake", hanging), Budget.ofMinutes(10));
            hanging.awaitEntered();
            long start = System.nanoTime();
            job.cancel();
            AutoModel model = job.await();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SECOND);
            Predictions predictions = model.predict(TABLE);
            assertThat(predictions.size()).isEqualTo(120);
            assertThat(predictions.output(0, 0)).isStrictlyBetween(0.0, 1.0).isEqualTo(predictions.output(1, 0));
        }
    }

    @Test
    void cancelBeforeTheJobEvenBeganStillGivesAModel() {
        FitJob job = submit(FakeFamily.of("fake", Fits::threshold), Budget.ofMinutes(10));
        job.cancel();
        job.cancel();
        assertThat(job.await().predict(TABLE).size()).isEqualTo(120);
    }

    @Test
    void cancelInATrialBudgetWorksToo() throws InterruptedException {
        try (Hanging hanging = new Hanging()) {
            FitJob job =
                    submit(FakeFamily.of("fake", hanging), Budget.ofTrials(5).withThreads(2));
            hanging.awaitEntered();
            job.cancel();
            assertThat(job.await().members()).hasSize(1);
        }
    }

    @Test
    void anInterruptedWaiterGetsTheBestSoFarAndKeepsItsFlag() throws Exception {
        try (Hanging hanging = new Hanging()) {
            FitJob job = submit(FakeFamily.of("fake", hanging), Budget.ofMinutes(10));
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread waiter = new Thread(() -> {
                job.await();
                flag.complete(Thread.currentThread().isInterrupted());
            });
            waiter.start();
            hanging.awaitEntered();
            waiter.interrupt();
            assertThat(flag.get()).isTrue();
            assertThat(job.isDone()).isTrue();
        }
    }

    @Test
    void whileItRunsThereIsABestSoFarButNoReport() throws InterruptedException {
        try (Hanging hanging = new Hanging()) {
            FitJob job = submit(FakeFamily.of("fake", hanging), Budget.ofMinutes(10));
            hanging.awaitEntered();
            assertThat(job.isDone()).isFalse();
            assertThat(job.bestSoFar()).get().satisfies(model -> assertThat(
                            model.predict(TABLE.row(0)).probability("yes"))
                    .isBetween(0.0, 1.0));
            assertThatThrownBy(job::report)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("await");
            job.cancel();
            job.await();
            assertThat(job.report().trials()).isEqualTo(1);
        }
    }

    @Test
    void onceDoneTheBestSoFarIsTheDeliveredModel() {
        FitJob job = submit(FakeFamily.of("fake", Fits::threshold), Budget.ofTrials(2));
        AutoModel model = job.await();
        assertThat(job.bestSoFar()).get().isSameAs(model);
        assertThat(job.await()).isSameAs(model);
        assertThat(job.report().families().get("fake")).startsWith("used");
    }

    @Test
    void whatFitWouldThrowAwaitThrows() {
        FitJob job = AutoTuner.builder()
                .target("absent")
                .budget(Budget.ofTrials(1))
                .build()
                .submit(TABLE);
        assertThatThrownBy(job::await).isInstanceOf(DataException.class).hasMessageContaining("absent");
        assertThatThrownBy(job::report).isInstanceOf(DataException.class);
        assertThat(job.isDone()).isTrue();
    }

    private static FitJob submit(FakeFamily family, Budget budget) {
        return AutoTuner.builder()
                .target("y")
                .family(family)
                .families("fake")
                .budget(budget)
                .build()
                .submit(TABLE);
    }
}
