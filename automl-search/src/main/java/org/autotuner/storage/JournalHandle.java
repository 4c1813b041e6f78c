package org.autotuner.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.autotuner.error.StorageException;

/** An open {@link JournalStorage}. */
final class JournalHandle extends AbstractHandle {

    private final Path folder;
    private final Path artifacts;
    private final boolean isShared;
    private final FolderLock lock;
    private final JournalFile file;
    private boolean isClosed;

    private JournalHandle(Path folder, boolean isShared, FolderLock lock, JournalFile file) {
        this.folder = folder;
        this.artifacts = folder.resolve("artifacts");
        this.isShared = isShared;
        this.lock = lock;
        this.file = file;
    }

    static JournalHandle open(Path folder, boolean isShared) throws IOException {
        FolderLock lock = isShared ? FolderLock.shared(folder) : FolderLock.exclusive(folder);
        JournalFile file = null;
        try {
            file = new JournalFile(folder);
            JournalHandle handle = new JournalHandle(folder, isShared, lock, file);
            Files.createDirectories(handle.artifacts);
            handle.readFrom(0);
            return handle;
        } catch (IOException | RuntimeException e) {
            if (file != null) {
                file.close();
            }
            lock.close();
            throw e;
        }
    }

    @Override
    synchronized long write(List<String> lines) {
        requireOpen();
        try {
            return lock.inside(() -> file.append(lines));
        } catch (IOException e) {
            throw failed("appended to", e);
        }
    }

    @Override
    public boolean isShared() {
        return isShared;
    }

    @Override
    public synchronized List<String> warnings() {
        return file.warnings();
    }

    @Override
    public synchronized List<StudyStorage.Entry> readFrom(long position) {
        requireOpen();
        try {
            return lock.inside(() -> {
                file.refresh();
                return file.from(position);
            });
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    @Override
    public void putArtifact(String name, byte[] content) {
        requireOpen();
        Path target = artifacts.resolve(Names.artifact(name));
        Path temporary = artifacts.resolve("." + name + "-" + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            StorageException failure = failed("given the artifact '%s'".formatted(name), e);
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException left) {
                failure.addSuppressed(left);
            }
            throw failure;
        }
    }

    @Override
    public Optional<byte[]> artifact(String name) {
        requireOpen();
        try {
            return Optional.of(Files.readAllBytes(artifacts.resolve(Names.artifact(name))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("asked for the artifact '%s'".formatted(name), e);
        }
    }

    @Override
    public void deleteArtifact(String name) {
        requireOpen();
        try {
            Files.deleteIfExists(artifacts.resolve(Names.artifact(name)));
        } catch (IOException e) {
            throw failed("freed of the artifact '%s'".formatted(name), e);
        }
    }

    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try (lock;
                file) {
            // closes the file before the lock
        } catch (IOException e) {
            throw failed("closed", e);
        }
    }

    private synchronized void requireOpen() {
        if (isClosed) {
            throw new StorageException("The study in %s was closed. Open it again.".formatted(folder));
        }
    }

    private StorageException failed(String what, IOException e) {
        return new StorageException(
                "The study in %s could not be %s: %s. Check its permissions and the space left."
                        .formatted(folder, what, e),
                e);
    }
}
