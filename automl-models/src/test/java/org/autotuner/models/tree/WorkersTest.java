package org.autotuner.models.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void eachPartRunsOnceAlsoAfterThreadsFellAsleep(int threads) {
        try (Workers workers = new Workers(threads)) {
            for (int piece = 0; piece < 2_000; piece++) {
                AtomicIntegerArray runs = new AtomicIntegerArray(threads);
                workers.run(1 + piece % threads, runs::incrementAndGet);
                for (int part = 0; part < threads; part++) {
                    assertThat(runs.get(part)).isEqualTo(part <= piece % threads ? 1 : 0);
                }
                if (piece % 50 == 0) { // around the moment at which threads stop watching
                    LockSupport.parkNanos(1_000L * (piece % 120));
                }
            }
        }
    }

    @Test
    void tasksAndRangesCoverEverythingOnce() {
        try (Workers workers = new Workers(3)) {
            AtomicIntegerArray seen = new AtomicIntegerArray(1_000);
            workers.each(1_000, seen::incrementAndGet);
            workers.ranges(1_000, 10, (from, to) -> {
                for (int i = from; i < to; i++) {
                    seen.incrementAndGet(i);
                }
            });
            for (int i = 0; i < 1_000; i++) {
                assertThat(seen.get(i)).isEqualTo(2);
            }
            assertThat(workers.parts(1_000, 400)).isEqualTo(2);
            assertThat(workers.parts(10, 400)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFailureReachesTheCallerWhoMayGoOn(int failing) {
        try (Workers workers = new Workers(2)) {
            assertThatThrownBy(() -> workers.run(2, part -> {
                        if (part == failing) {
                            throw new IllegalStateException("part " + part);
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("part " + failing);
            AtomicIntegerArray runs = new AtomicIntegerArray(2);
            workers.run(2, runs::incrementAndGet);
            assertThat(runs.get(0) + runs.get(1)).isEqualTo(2);
        }
    }

    @Test
    void anInterruptedCallerStillWaits() {
        try (Workers workers = new Workers(2)) {
            AtomicIntegerArray runs = new AtomicIntegerArray(2);
            Thread.currentThread().interrupt();
            workers.run(2, part -> {
                LockSupport.parkNanos(part * 20_000_000L);
                runs.incrementAndGet(part);
            });
            assertThat(Thread.interrupted()).isTrue();
            assertThat(runs.get(1)).isEqualTo(1);
        }
    }
}
