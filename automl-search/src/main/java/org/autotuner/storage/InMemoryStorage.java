package org.autotuner.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autotuner.error.StorageException;

/** Keeps a study in memory: for tests, and for going on with a study within one process. Thread-safe. */
public final class InMemoryStorage implements StudyStorage {

    private final List<String> lines = new ArrayList<>();
    private final Map<String, byte[]> artifacts = new HashMap<>();
    private boolean isOpen;

    @Override
    public synchronized Handle open() {
        if (isOpen) {
            throw new StorageException(
                    "This in-memory storage is in use by another study. Wait until that ends, or use another storage.");
        }
        isOpen = true;
        return new Access();
    }

    private final class Access implements Handle {

        private boolean isClosed;

        @Override
        public long append(String json) {
            synchronized (InMemoryStorage.this) {
                requireOpen();
                lines.add(Names.line(json));
                return lines.size() - 1L;
            }
        }

        @Override
        public List<Entry> readFrom(long position) {
            synchronized (InMemoryStorage.this) {
                requireOpen();
                List<Entry> entries = new ArrayList<>();
                for (long i = Math.max(0, position); i < lines.size(); i++) {
                    entries.add(new Entry(i, lines.get((int) i)));
                }
                return entries;
            }
        }

        @Override
        public void putArtifact(String name, byte[] content) {
            synchronized (InMemoryStorage.this) {
                requireOpen();
                artifacts.put(Names.artifact(name), content.clone());
            }
        }

        @Override
        public Optional<byte[]> artifact(String name) {
            synchronized (InMemoryStorage.this) {
                requireOpen();
                return Optional.ofNullable(artifacts.get(Names.artifact(name))).map(byte[]::clone);
            }
        }

        @Override
        public void deleteArtifact(String name) {
            synchronized (InMemoryStorage.this) {
                requireOpen();
                artifacts.remove(Names.artifact(name));
            }
        }

        @Override
        public void close() {
            synchronized (InMemoryStorage.this) {
                if (!isClosed) {
                    isClosed = true;
                    isOpen = false;
                }
            }
        }

        private void requireOpen() {
            if (isClosed) {
                throw new StorageException("This storage was closed. Open it again.");
            }
        }
    }
}
