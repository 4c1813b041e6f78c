package org.autotuner.storage;

import java.util.List;
import java.util.Optional;

/** Where a study is kept: an ordered log of JSON lines and named artifacts. Thread-safe. */
public interface StudyStorage {

    /** One line of the log; {@code position} grows by one per entry from 0. */
    record Entry(long position, String json) {}

    /**
     * Opens it for one study run; {@code close} of the handle releases it.
     *
     * @throws org.autotuner.error.StorageException if another process holds it or it cannot be read
     */
    Handle open();

    /** An open storage. */
    interface Handle extends AutoCloseable {

        /** Appends one line durably and returns its position. */
        long append(String json);

        /** Appends lines durably, in order; cheaper than one by one. */
        default void appendAll(List<String> json) {
            json.forEach(this::append);
        }

        /** Whether other processes may append at the same time. */
        default boolean isShared() {
            return false;
        }

        /** All entries from {@code position} on. */
        List<Entry> readFrom(long position);

        /** What the user should know, in whole sentences: such as damage that was found, and what became of it. */
        default List<String> warnings() {
            return List.of();
        }

        /** Stores an artifact atomically, replacing one of the same name. */
        void putArtifact(String name, byte[] content);

        Optional<byte[]> artifact(String name);

        void deleteArtifact(String name);

        @Override
        void close();
    }
}
