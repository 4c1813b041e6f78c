package org.autotuner.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to listeners on a daemon thread of its own, so that a slow listener cannot stall the study: when its
 * queue is full, events are dropped and counted. Thread-safe.
 */
public final class EventDispatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);
    private static final int QUEUE = 4_096;
    private static final long LAST_EVENTS_MILLIS = 200;

    private final BlockingQueue<Optional<StudyEvent>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final List<StudyListener> listeners;
    private final AtomicLong dropped = new AtomicLong();
    private final @Nullable Thread thread;

    private EventDispatcher(List<StudyListener> listeners) {
        this.listeners = new ArrayList<>(listeners);
        if (listeners.isEmpty()) {
            thread = null;
        } else {
            thread = new Thread(this::deliver, "autotuner-listeners");
            thread.setDaemon(true);
            thread.start();
        }
    }

    public static EventDispatcher to(List<StudyListener> listeners) {
        return new EventDispatcher(listeners);
    }

    /** Queues an event; never waits. */
    public void publish(StudyEvent event) {
        if (thread != null && !queue.offer(Optional.of(event))) {
            dropped.incrementAndGet();
        }
    }

    /** Number of events that did not fit into the queue. */
    public long dropped() {
        return dropped.get();
    }

    /** Lets the listeners hear the queued events, but waits at most a fifth of a second for them. */
    @Override
    public void close() {
        if (thread == null) {
            return;
        }
        try {
            if (queue.offer(Optional.empty(), LAST_EVENTS_MILLIS, TimeUnit.MILLISECONDS)) {
                thread.join(LAST_EVENTS_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
        }
    }

    private void deliver() {
        try {
            Optional<StudyEvent> event = queue.take();
            while (event.isPresent()) {
                StudyEvent current = event.get();
                listeners.removeIf(listener -> fails(listener, current));
                event = queue.take();
            }
        } catch (InterruptedException e) {
            LOG.debug("Listeners were too slow for the last events.");
        }
    }

    private static boolean fails(StudyListener listener, StudyEvent event) {
        try {
            listener.on(event);
            return false;
        } catch (RuntimeException e) {
            LOG.warn("A study listener failed at {} and hears nothing further.", event, e);
            return true;
        }
    }
}
