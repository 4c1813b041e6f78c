package org.autotuner.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.autotuner.error.StorageException;

/**
 * Keeps a study in a folder: {@code journal.jsonl} with one checksummed line per entry, and {@code artifacts/}. What
 * was appended survives a kill of the process; a line that was being written then, or that was damaged later, is
 * reported and set aside with all that follows, and everything before it is kept. Immutable and thread-safe.
 */
public final class JournalStorage implements StudyStorage {

    private final Path folder;
    private final boolean isShared;

    private JournalStorage(Path folder, boolean isShared) {
        this.folder = folder;
        this.isShared = isShared;
    }

    /**
     * A storage that one study run holds at a time; another one is refused until the first is done.
     *
     * @param folder made when it is opened, if it does not exist
     */
    public static JournalStorage at(Path folder) {
        return new JournalStorage(folder, false);
    }

    /**
     * A storage to which several processes append, each holding a lock only while it does.
     *
     * @param folder made when it is opened, if it does not exist; on a file system with working locks
     */
    public static JournalStorage shared(Path folder) {
        return new JournalStorage(folder, true);
    }

    @Override
    public Handle open() {
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new StorageException(
                        "%s is a file, but a study is kept in a folder. Give the path of a folder.".formatted(folder));
            }
            Files.createDirectories(folder);
            return JournalHandle.open(folder, isShared);
        } catch (IOException e) {
            throw new StorageException(
                    "The study's folder %s cannot be opened: %s. Check its permissions and the space left."
                            .formatted(folder, e),
                    e);
        }
    }

    @Override
    public String toString() {
        return "JournalStorage[%s%s]".formatted(folder, isShared ? ", shared" : "");
    }
}
