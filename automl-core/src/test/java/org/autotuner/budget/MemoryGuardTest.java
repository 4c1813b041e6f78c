package org.autotuner.budget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryGuardTest {

    @Test
    void withoutALimitTheHeapDecides() {
        MemoryGuard guard = MemoryGuard.start(Budget.ofTrials(1));
        assertThat(guard.headroomBytes()).isBetween(1L, Runtime.getRuntime().maxMemory());
        assertThat(guard.isShort()).isFalse();
    }

    @Test
    void whatTheProcessTakesIsCounted() {
        MemoryGuard guard = MemoryGuard.start(Budget.ofTrials(1).withMemoryMegabytes(64));
        java.nio.ByteBuffer taken = java.nio.ByteBuffer.allocateDirect(96 << 20);
        for (int i = 0; i < taken.capacity(); i += 1024) {
            taken.put(i, (byte) 1); // touch every page
        }
        if (java.nio.file.Files.isReadable(java.nio.file.Path.of("/proc/self/statm"))) {
            assertThat(guard.growthBytes()).isGreaterThan(90L << 20);
            assertThat(guard.isShort()).isTrue();
        }
        assertThat(taken.get(0)).isEqualTo((byte) 1);
    }

    @Test
    void cachesGetAFifthOfWhatIsGranted() {
        assertThat(MemoryGuard.start(Budget.ofTrials(1).withMemoryMegabytes(100))
                        .cacheBytes())
                .isEqualTo((100L << 20) / 5);
    }
}
