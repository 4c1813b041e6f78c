package org.autotuner.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.autotuner.error.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a study's folder, seen by other processes and ended by the operating system when its process dies. On
 * POSIX systems closing any channel of a file ends all locks that the process holds on it, so the lock has a file of
 * its own, and an exclusive holder leaves its name in another file, by which a second one in the same process is
 * refused before it touches the lock.
 */
final class FolderLock implements AutoCloseable {

    private static final String FILE = "journal.lock";
    private static final String OWNER = "journal.owner";
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long RETRY_MILLIS = 2;

    private final Path folder;
    private final FileChannel channel;
    private final @Nullable FileLock whole;

    private FolderLock(Path folder, FileChannel channel, @Nullable FileLock whole) {
        this.folder = folder;
        this.channel = channel;
        this.whole = whole;
    }

    /** Takes the lock until {@link #close()}. */
    static synchronized FolderLock exclusive(Path folder) throws IOException {
        Path owner = folder.resolve(OWNER);
        if (read(owner).equals(self())) {
            throw inUse(folder, "this process");
        }
        FileChannel channel = channel(folder);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw inUse(folder, "another run (%s)".formatted(read(owner)));
        }
        Files.writeString(owner, self());
        return new FolderLock(folder, channel, lock);
    }

    /** Takes no lock yet; {@link #acquire()} does, each time. */
    static FolderLock shared(Path folder) throws IOException {
        if (read(folder.resolve(OWNER)).equals(self())) {
            throw inUse(folder, "this process");
        }
        return new FolderLock(folder, channel(folder), null);
    }

    /** Work on the folder's files. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does something while no other process, and no other handle of this one, changes the journal. */
    <T> T inside(Work<T> work) throws IOException {
        if (whole != null) {
            return work.run();
        }
        FileLock lock = acquire();
        try {
            return work.run();
        } finally {
            if (lock.isValid()) {
                lock.release();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (whole != null) {
            Files.deleteIfExists(folder.resolve(OWNER));
            channel.close();
            return;
        }
        // Closing ends other handles' locks in this process too: only do it while no other handle has one.
        inside(() -> {
            channel.close();
            return channel;
        });
    }

    private FileLock acquire() throws IOException {
        long end = System.nanoTime() + WAIT_NANOS;
        while (System.nanoTime() < end) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            pause();
        }
        throw inUse(folder, "another run (%s)".formatted(read(folder.resolve(OWNER))));
    }

    /** Null if another process has it, or another handle of this one, which Java tells by an exception. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("Interrupted while waiting for the lock of %s.".formatted(folder), e);
        }
    }

    private static FileChannel channel(Path folder) throws IOException {
        return FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static String read(Path owner) throws IOException {
        try {
            return Files.readString(owner, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** This process by number and start, since numbers come again. */
    private static String self() {
        ProcessHandle process = ProcessHandle.current();
        return "process %d%s"
                .formatted(
                        process.pid(),
                        process.info()
                                .startInstant()
                                .map(start -> " of " + start)
                                .orElse(""));
    }

    private static StorageException inUse(Path folder, String who) {
        return new StorageException(
                ("The study in %s is in use by %s, which holds %s. Wait until that ends, use another folder, or open it in"
                                + " all processes with JournalStorage.shared(path).")
                        .formatted(folder, who, folder.resolve(FILE)));
    }
}
