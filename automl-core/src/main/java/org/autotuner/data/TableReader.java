package org.autotuner.data;

import java.nio.file.Path;

/** Reads one kind of file into a table; implementations are found by {@code ServiceLoader}. Thread-safe. */
public interface TableReader {

    /** Name of the format, such as {@code csv}. */
    String format();

    /** Whether this reader takes the file, by its name. */
    boolean reads(Path file);

    /**
     * Reads the whole file.
     *
     * @throws org.autotuner.error.DataException with the place and the reason if it cannot be read
     */
    Table read(Path file, ReadOptions options);
}
