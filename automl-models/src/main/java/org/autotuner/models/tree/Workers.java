package org.autotuner.models.tree;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the parts of a piece of work side by side, one of them in the thread that asks. Growing a tree asks thousands of times a
 * second, for less than it takes to wake a thread: so the others watch for the next piece a while before they sleep. Used by one
 * thread.
 */
final class Workers implements AutoCloseable {

    /** What uses workers. */
    interface User<T> {
        T with(Workers workers);
    }

    /** Work on consecutive rows. */
    interface Range {
        void rows(int from, int to);
    }

    /** About what it costs to wake a thread that sleeps. */
    private static final long WATCHED_NANOS = 50_000;

    private final Helper[] others;
    private volatile @Nullable Piece piece;
    private volatile boolean isClosed;

    Workers(int threads) {
        others = new Helper[Math.max(0, threads - 1)];
        for (int i = 0; i < others.length; i++) {
            others[i] = new Helper(i + 1);
            others[i].start();
        }
    }

    /** What a user makes of workers, which are closed then. */
    static <T> T with(int threads, User<T> user) {
        try (Workers workers = new Workers(threads)) {
            return user.with(workers);
        }
    }

    /** Makes what goes on using workers and closes them in the end; closed here only where that fails. */
    static <T> T lend(int threads, User<T> user) {
        Workers workers = new Workers(threads);
        try {
            return user.with(workers);
        } catch (RuntimeException | Error e) {
            workers.close();
            throw e;
        }
    }

    int threads() {
        return others.length + 1;
    }

    /** Runs the parts 0..parts-1, at most {@link #threads()}, and returns when all have ended. */
    void run(int parts, IntConsumer part) {
        if (parts <= 1) {
            part.accept(0);
            return;
        }
        Piece own = new Piece(parts, part);
        piece = own;
        for (int i = 0; i < parts - 1; i++) {
            others[i].wake();
        }
        try {
            part.accept(0);
        } finally {
            own.await();
        }
        own.check();
    }

    /** Runs the tasks 0..count-1, each in the thread that is free. */
    void each(int count, IntConsumer task) {
        if (others.length == 0) {
            for (int i = 0; i < count; i++) {
                task.accept(i);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        run(Math.min(count, threads()), part -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                task.accept(i);
            }
        });
    }

    /**
     * Cuts rows 0..count-1 into as many ranges as there are threads, or fewer.
     *
     * @param least rows below which a range is not worth a thread
     */
    void ranges(int count, int least, Range range) {
        int parts = parts(count, least);
        run(parts, part -> range.rows(bound(part, parts, count), bound(part + 1, parts, count)));
    }

    int parts(int count, int least) {
        return Math.max(1, Math.min(threads(), count / least));
    }

    static int bound(int part, int parts, int count) {
        return (int) ((long) count * part / parts);
    }

    @Override
    public void close() {
        isClosed = true;
        for (Helper other : others) {
            LockSupport.unpark(other);
        }
    }

    /** Returns at any time, so that the caller asks again. */
    private static void pause(boolean isAsleep) {
        if (isAsleep) {
            LockSupport.park();
        } else {
            Thread.onSpinWait();
        }
    }

    /** What is done at the moment; a piece of its own each time, so that nobody takes part in one twice. */
    private static final class Piece {
        private final int parts;
        private final IntConsumer part;
        private final AtomicInteger running;
        private final Thread asking = Thread.currentThread();
        private volatile @Nullable Throwable failure;

        Piece(int parts, IntConsumer part) {
            this.parts = parts;
            this.part = part;
            this.running = new AtomicInteger(parts - 1);
        }

        void run(int number) {
            try {
                part.accept(number);
            } catch (Throwable e) {
                failure = e;
            }
            if (running.decrementAndGet() == 0) {
                LockSupport.unpark(asking);
            }
        }

        /** Waits even if interrupted, since the parts write to what the caller goes on with. */
        void await() {
            long since = System.nanoTime();
            while (running.get() > 0) {
                pause(System.nanoTime() - since >= WATCHED_NANOS);
            }
        }

        void check() {
            Throwable cause = failure;
            if (cause instanceof RuntimeException known) {
                throw known;
            }
            if (cause instanceof Error error) {
                throw error;
            }
        }
    }

    private final class Helper extends Thread {
        private final int number;
        private volatile boolean isAsleep;

        Helper(int number) {
            super("autotuner-trees");
            this.number = number;
            setDaemon(true);
        }

        void wake() {
            if (isAsleep) {
                LockSupport.unpark(this);
            }
        }

        @Override
        public void run() {
            Piece seen = null;
            long since = System.nanoTime();
            while (!isClosed) {
                Piece now = piece;
                if (now != seen && now != null) {
                    seen = now;
                    isAsleep = false;
                    if (number < now.parts) {
                        now.run(number);
                    }
                    since = System.nanoTime();
                    continue;
                }
                boolean isIdle = System.nanoTime() - since >= WATCHED_NANOS;
                isAsleep = isIdle; // said before it looks again: whoever brings a piece either is seen or wakes it
                if (piece == seen && !isClosed) {
                    pause(isIdle);
                }
            }
        }
    }
}
