package org.autotuner;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.autotuner.error.StorageException;
import org.autotuner.storage.StudyStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows others that this worker lives, and finds out which others do. A worker's heartbeat is a small artifact with a
 * number that grows; it replaces itself, so the log stays short. A worker has closed the study once its artifact is gone,
 * and is dead once it has not changed for the limit by the clock of the one who looks: clocks of different machines are
 * never compared.
 */
final class Heartbeats implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
    private static final int BEATS_PER_LIMIT = 10;

    /** What is known of a worker. */
    enum Life {
        ALIVE,
        /** It closed the study. */
        CLOSED,
        /** It has shown nothing for the limit. */
        SILENT
    }

    private record Seen(String beat, long since, long looked, Life life) {}

    private final StudyStorage.Handle handle;
    private final Sharing sharing;
    private final String worker;
    private final AtomicLong beats = new AtomicLong();
    private final Map<String, Seen> others = new HashMap<>();
    private final ScheduledExecutorService thread;
    private final ScheduledFuture<?> beating;

    /** Begins to show that this process lives. */
    Heartbeats(StudyStorage.Handle handle, Sharing sharing) {
        this.handle = handle;
        this.sharing = sharing;
        this.worker = "%d-%s".formatted(ProcessHandle.current().pid(), UUID.randomUUID());
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "autotuner-heartbeat");
            daemon.setDaemon(true);
            return daemon;
        });
        beat();
        long period = sharing.limit().toNanos() / BEATS_PER_LIMIT;
        beating = thread.scheduleWithFixedDelay(this::tryBeat, period, period, TimeUnit.NANOSECONDS);
    }

    /** Name of this opening of the study: no two have the same. */
    String worker() {
        return worker;
    }

    /** Whether a worker lives. Asks the storage at most as often as heartbeats come. */
    Life of(String other) {
        if (other.equals(worker)) {
            return Life.ALIVE;
        }
        long now = sharing.ticker().nanos();
        Seen seen = others.get(other);
        if (seen == null || now - seen.looked() >= sharing.limit().toNanos() / BEATS_PER_LIMIT) {
            seen = look(other, seen, now);
            others.put(other, seen);
        }
        return seen.life();
    }

    private Seen look(String other, @org.jspecify.annotations.Nullable Seen before, long now) {
        Optional<String> beat =
                handle.artifact(artifact(other)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (beat.isEmpty()) {
            return new Seen("", now, now, Life.CLOSED);
        }
        if (before == null || !beat.get().equals(before.beat())) {
            return new Seen(beat.get(), now, now, Life.ALIVE);
        }
        boolean isSilent = now - before.since() >= sharing.limit().toNanos();
        return new Seen(before.beat(), before.since(), now, isSilent ? Life.SILENT : Life.ALIVE);
    }

    /** Lets others take the trials of this worker at once. */
    @Override
    public void close() {
        beating.cancel(false);
        thread.shutdown(); // not by an interrupt, which breaks the files of embedded databases
        synchronized (beats) {
            handle.deleteArtifact(artifact(worker));
        }
    }

    private void beat() {
        synchronized (beats) {
            if (!thread.isShutdown()) {
                handle.putArtifact(
                        artifact(worker), Long.toString(beats.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void tryBeat() {
        try {
            beat();
        } catch (StorageException e) {
            LOG.warn(
                    "Cannot show the other processes of the study that this one lives; after {} they take its trials.",
                    sharing.limit(),
                    e);
        }
    }

    private static String artifact(String worker) {
        return "worker-" + worker;
    }
}
