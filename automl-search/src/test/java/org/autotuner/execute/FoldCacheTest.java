package org.autotuner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.data.Table;
import org.autotuner.fakes.Samples;
import org.autotuner.model.Derivations;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.prepare.PrepareContext;
import org.autotuner.prepare.Prepared;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class FoldCacheTest {

    private final StudyData data = Samples.study(60, 3);

    /** Counts how often it is fitted, and on how many rows. */
    private static final class Counting implements Preparation {

        private final String id;
        private final AtomicInteger fits = new AtomicInteger();
        private final AtomicInteger rows = new AtomicInteger();
        private final CountDownLatch mayGoOn;
        private final CountDownLatch entered = new CountDownLatch(1);
        private final boolean failsFirst;

        Counting(String id, CountDownLatch mayGoOn, boolean failsFirst) {
            this.id = id;
            this.mayGoOn = mayGoOn;
            this.failsFirst = failsFirst;
        }

        Counting(String id) {
            this(id, new CountDownLatch(0), false);
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Prepared fit(Table features, Target target, Weights weights, PrepareContext context) {
            int number = fits.incrementAndGet();
            rows.set(features.rowCount());
            entered.countDown();
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (failsFirst && number == 1) {
                throw new IllegalStateException("the first one fails");
            }
            return PreparationPlan.forKernels().fit(features, target, weights, context);
        }
    }

    @Test
    void aFoldIsPreparedOnceForAllTrials() {
        FoldCache cache = new FoldCache(data, 1 << 20);
        Counting preparation = new Counting("one");
        PreparedFold first = cache.get(preparation, 0, Deadline.never());
        assertThat(cache.get(new Counting("one"), 0, Deadline.never())).isSameAs(first);
        assertThat(preparation.fits).hasValue(1);
    }

    @Test
    void itIsFittedOnTheTrainingRowsOfItsFoldAlone() {
        Counting preparation = new Counting("one");
        PreparedFold fold = new FoldCache(data, 1 << 20).get(preparation, 2, Deadline.never());
        assertThat(preparation.rows).hasValue(40);
        assertThat(fold.training().rows()).isEqualTo(40);
        assertThat(fold.training().validation()).isNotNull();
        assertThat(fold.training().validation().rows()).isEqualTo(20);
    }

    @Test
    void twoThreadsThatAskForTheSameFoldComputeItOnce() throws Exception {
        FoldCache cache = new FoldCache(data, 1 << 20);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Counting preparation = new Counting("one", mayGoOn, false);
        List<CompletableFuture<PreparedFold>> asked = new ArrayList<>();
        asked.add(CompletableFuture.supplyAsync(() -> cache.get(preparation, 0, Deadline.never())));
        preparation.entered.await();
        asked.add(CompletableFuture.supplyAsync(() -> cache.get(preparation, 0, Deadline.never())));
        mayGoOn.countDown();
        assertThat(asked.get(0).get()).isSameAs(asked.get(1).get());
        assertThat(preparation.fits).hasValue(1);
    }

    @Test
    void whoWaitsForAFailureTriesItself() throws Exception {
        FoldCache cache = new FoldCache(data, 1 << 20);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Counting preparation = new Counting("one", mayGoOn, true);
        CompletableFuture<PreparedFold> failing =
                CompletableFuture.supplyAsync(() -> cache.get(preparation, 0, Deadline.never()));
        preparation.entered.await();
        CompletableFuture<PreparedFold> waiting =
                CompletableFuture.supplyAsync(() -> cache.get(preparation, 0, Deadline.never()));
        mayGoOn.countDown();
        assertThatThrownBy(failing::get).hasRootCauseMessage("the first one fails");
        assertThat(waiting.get().training().rows()).isEqualTo(40);
    }

    @Test
    void aFailureIsNotRemembered() {
        FoldCache cache = new FoldCache(data, 1 << 20);
        Counting preparation = new Counting("one", new CountDownLatch(0), true);
        assertThatThrownBy(() -> cache.get(preparation, 0, Deadline.never())).hasMessage("the first one fails");
        assertThat(cache.get(preparation, 0, Deadline.never()).training().rows())
                .isEqualTo(40);
    }

    @Test
    void beyondItsSizeTheLeastRecentlyUsedFoldIsForgotten() {
        Counting preparation = new Counting("one");
        FoldCache large = new FoldCache(data, 1 << 20);
        long one = large.get(preparation, 0, Deadline.never()).bytes();
        FoldCache cache = new FoldCache(data, 2 * one + one / 2);
        Counting counted = new Counting("two");
        cache.get(counted, 0, Deadline.never());
        cache.get(counted, 1, Deadline.never());
        cache.get(counted, 0, Deadline.never());
        cache.get(counted, 2, Deadline.never());
        assertThat(counted.fits).hasValue(3);
        cache.get(counted, 0, Deadline.never());
        assertThat(counted.fits).as("fold 0 was used lately").hasValue(3);
        cache.get(counted, 1, Deadline.never());
        assertThat(counted.fits).as("fold 1 was not").hasValue(4);
    }

    @Test
    void aCacheWithoutRoomStillGivesTheFold() {
        FoldCache cache = new FoldCache(data, 0);
        assertThat(cache.get(new Counting("one"), 0, Deadline.never())
                        .training()
                        .rows())
                .isEqualTo(40);
    }

    @Test
    void clearedItPreparesAgain() {
        FoldCache cache = new FoldCache(data, 1 << 20);
        Counting preparation = new Counting("one");
        cache.get(preparation, 0, Deadline.never());
        cache.clear();
        cache.get(preparation, 0, Deadline.never());
        assertThat(preparation.fits).hasValue(2);
    }

    @Test
    void aCancelledStudyPreparesNothing() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        FoldCache cache = new FoldCache(data, 1 << 20);
        assertThatThrownBy(() -> cache.get(PreparationPlan.forLinear(), 0, Deadline.unlimited(cancellation)))
                .isInstanceOf(DeadlineExceededException.class);
    }

    private static int derived(PreparedFold fold, String key, AtomicInteger made, long bytes) {
        return fold.training()
                .derivations()
                .get(Integer.class, key, Deadline.never(), made::incrementAndGet, it -> bytes);
    }

    @Test
    void whatIsDerivedOfAFoldIsDerivedOnceForAllTrials() {
        FoldCache cache = new FoldCache(data, 1 << 20);
        Counting preparation = new Counting("one");
        AtomicInteger made = new AtomicInteger();
        PreparedFold first = cache.get(preparation, 0, Deadline.never());
        long bytes = first.bytes();
        assertThat(derived(first, "bins", made, 100)).isEqualTo(1);
        assertThat(derived(cache.get(preparation, 0, Deadline.never()), "bins", made, 100))
                .isEqualTo(1);
        assertThat(derived(first, "others", made, 50)).isEqualTo(2);
        assertThat(derived(cache.get(preparation, 1, Deadline.never()), "bins", made, 100))
                .isEqualTo(3);
        assertThat(first.bytes()).isEqualTo(bytes + 150);
    }

    @Test
    void whatIsDerivedCountsAndIsForgottenWithItsFold() {
        Counting preparation = new Counting("one");
        long one = new FoldCache(data, 1 << 20)
                .get(preparation, 0, Deadline.never())
                .bytes();
        FoldCache cache = new FoldCache(data, 3 * one);
        AtomicInteger made = new AtomicInteger();
        Counting counted = new Counting("two");
        cache.get(counted, 0, Deadline.never());
        derived(cache.get(counted, 1, Deadline.never()), "bins", made, 2 * one);
        assertThat(counted.fits).hasValue(2);
        derived(cache.get(counted, 0, Deadline.never()), "bins", made, 0);
        assertThat(counted.fits).as("fold 0 made room for what fold 1 keeps").hasValue(3);
    }

    @Test
    void chanceInWhatIsDerivedDependsOnTheRowsAlone() {
        FoldCache cache = new FoldCache(data, 1 << 20);
        Counting preparation = new Counting("one");
        long seed = cache.get(preparation, 0, Deadline.never())
                .training()
                .derivations()
                .seed(7);
        assertThat(cache.get(preparation, 0, Deadline.never())
                        .training()
                        .derivations()
                        .seed(8))
                .isEqualTo(seed);
        assertThat(cache.get(preparation, 1, Deadline.never())
                        .training()
                        .derivations()
                        .seed(7))
                .isNotEqualTo(seed);
        assertThat(Derivations.NONE.seed(7)).isEqualTo(7);
    }
}
