package org.autotuner.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.autotuner.error.StorageException;
import org.autotuner.storage.StudyStorage;
import org.autotuner.storage.StudyStorage.Entry;
import org.autotuner.storage.StudyStorage.Handle;
import org.junit.jupiter.api.Test;

/** What every storage promises. Extend it and give an empty storage. */
public abstract class StudyStorageContract {

    /** A storage that is empty; called once per test. */
    protected abstract StudyStorage storage();

    @Test
    void linesKeepTheirOrderAndPositions() {
        StudyStorage storage = storage();
        try (Handle handle = storage.open()) {
            assertThat(handle.readFrom(0)).isEmpty();
            assertThat(handle.append("{\"a\":1}")).isZero();
            handle.appendAll(List.of("{\"b\":\"\u00e4\u20ac\"}", "{\"c\":[]}"));
            handle.appendAll(List.of());
            assertThat(handle.append("{}")).isEqualTo(3);
            assertThat(handle.readFrom(2)).containsExactly(new Entry(2, "{\"c\":[]}"), new Entry(3, "{}"));
            assertThat(handle.readFrom(4)).isEmpty();
            assertThat(handle.readFrom(99)).isEmpty();
        }
        try (Handle handle = storage.open()) {
            assertThat(handle.readFrom(0))
                    .extracting(Entry::json)
                    .containsExactly("{\"a\":1}", "{\"b\":\"\u00e4\u20ac\"}", "{\"c\":[]}", "{}");
        }
    }

    @Test
    void aSecondRunIsRefusedOrSharesTheLog() {
        StudyStorage storage = storage();
        try (Handle first = storage.open()) {
            if (first.isShared()) {
                try (Handle second = storage.open()) {
                    first.append("{\"a\":1}");
                    assertThat(second.append("{\"b\":2}")).isEqualTo(1);
                    assertThat(first.readFrom(1)).containsExactly(new Entry(1, "{\"b\":2}"));
                }
            } else {
                assertThatThrownBy(storage::open)
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("in use");
                first.append("{\"a\":1}");
            }
        }
        try (Handle again = storage.open()) {
            assertThat(again.readFrom(0)).isNotEmpty();
        }
    }

    @Test
    void aClosedHandleIsRefusedAndMayBeClosedAgain() {
        Handle handle = storage().open();
        handle.close();
        handle.close();
        assertThatThrownBy(() -> handle.append("{}")).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> handle.readFrom(0)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> handle.artifact("a")).isInstanceOf(StorageException.class);
    }

    @Test
    void anEntryIsOneLine() {
        try (Handle handle = storage().open()) {
            for (String wrong : new String[] {"", "{\n}", "{\r}"}) {
                assertThatThrownBy(() -> handle.append(wrong)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(handle.readFrom(0)).isEmpty();
        }
    }

    @Test
    void artifactsAreReplacedKeptAndDeleted() {
        StudyStorage storage = storage();
        byte[] large = new byte[300_000];
        large[299_999] = 7;
        try (Handle handle = storage.open()) {
            assertThat(handle.artifact("trial-1")).isEmpty();
            handle.putArtifact("trial-1", new byte[] {1});
            handle.putArtifact("trial-1", large);
            handle.putArtifact("trial-2.bin", new byte[0]);
            handle.deleteArtifact("never-there");
        }
        try (Handle handle = storage.open()) {
            assertThat(handle.artifact("trial-1"))
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(large));
            assertThat(handle.artifact("trial-2.bin"))
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEmpty());
            handle.deleteArtifact("trial-1");
            assertThat(handle.artifact("trial-1")).isEmpty();
        }
    }

    @Test
    void namesThatAreNoFileNamesAreRefused() {
        try (Handle handle = storage().open()) {
            for (String wrong :
                    new String[] {"", ".", "..", "../a", "a/b", "a\\b", ".hidden", "a..b", "a b", "x".repeat(200)}) {
                assertThatThrownBy(() -> handle.putArtifact(wrong, new byte[1]))
                        .as(wrong)
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> handle.artifact(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void threadsMayAppendAtTheSameTime() throws Exception {
        int threads = 4;
        int each = 25;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Handle handle = storage().open()) {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<List<Long>>> positions = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                positions.add(pool.submit(() -> {
                    start.await();
                    List<Long> own = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        own.add(handle.append("{\"t\":%d,\"i\":%d}".formatted(thread, i)));
                    }
                    return own;
                }));
            }
            start.countDown();
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> own : positions) {
                assertThat(own.get()).isSorted();
                all.addAll(own.get());
            }
            assertThat(all).doesNotHaveDuplicates().hasSize(threads * each);
            assertThat(handle.readFrom(0)).hasSize(threads * each);
        } finally {
            pool.shutdownNow();
        }
    }
}
