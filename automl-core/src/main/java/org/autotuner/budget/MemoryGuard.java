package org.autotuner.budget;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Watches how much memory the process has taken since the guard was made: resident memory where the system tells it
 * (Linux), else the heap alone. Thread-safe.
 */
public final class MemoryGuard {

    private static final Path STATUS = Path.of("/proc/self/statm");
    private static final long PAGE = 4096;

    private final long limitBytes;
    private final long startResident;

    private MemoryGuard(long limitBytes) {
        this.limitBytes = limitBytes;
        this.startResident = residentBytes();
    }

    /**
     * A guard that starts to count now.
     *
     * @param budget whose memory limit counts; without one only the heap's own limit does
     */
    public static MemoryGuard start(Budget budget) {
        return new MemoryGuard(
                budget.memoryMegabytes().isPresent()
                        ? (long) budget.memoryMegabytes().getAsInt() << 20
                        : Long.MAX_VALUE);
    }

    /** Growth of the process since the start, in bytes, at least 0. */
    public long growthBytes() {
        return Math.max(0, residentBytes() - startResident);
    }

    /** Bytes that may still be taken: the lesser of the granted memory left and 80 % of the free heap and its reserve. */
    public long headroomBytes() {
        Runtime runtime = Runtime.getRuntime();
        long heap = runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
        long heapLeft = (long) (0.8 * heap);
        if (limitBytes == Long.MAX_VALUE) {
            return heapLeft;
        }
        // Free heap inside the resident pages can be used again without any growth.
        long granted = limitBytes - growthBytes() + (long) (0.5 * runtime.freeMemory());
        return Math.min(heapLeft, granted);
    }

    /** Whether less than a tenth of the granted memory is left. */
    public boolean isShort() {
        return limitBytes != Long.MAX_VALUE && growthBytes() > 0.9 * limitBytes;
    }

    /** Bytes for caches: a fifth of what is granted, or of the largest heap. */
    public long cacheBytes() {
        return Math.min(limitBytes, Runtime.getRuntime().maxMemory()) / 5;
    }

    private static long residentBytes() {
        if (Files.isReadable(STATUS)) {
            try {
                String[] fields =
                        Files.readString(STATUS, StandardCharsets.US_ASCII).split(" ");
                return Long.parseLong(fields[1]) * PAGE;
            } catch (IOException | NumberFormatException e) {
                return heapBytes();
            }
        }
        return heapBytes();
    }

    private static long heapBytes() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
