package org.autotuner.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.autotuner.data.Table;

/**
 * The German credit data (Hofmann 1994, CC BY 4.0; see {@code german-credit.LICENCE.md} beside the file): 1,000 loans of
 * 20 columns, and whether the risk was good or bad.
 */
public final class GermanCredit {

    /** Column to predict: {@code good} or {@code bad}. */
    public static final String TARGET = "class";

    private GermanCredit() {}

    /** Reads the table that lies in the examples' jar. */
    public static Table read() {
        try (InputStream stream = GermanCredit.class.getResourceAsStream("german-credit.csv")) {
            if (stream == null) {
                throw new IllegalStateException("german-credit.csv is missing in the jar of the examples.");
            }
            Path file = Files.createTempFile("german-credit", ".csv");
            try {
                Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING);
                return Table.read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
