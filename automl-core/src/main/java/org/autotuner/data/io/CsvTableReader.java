package org.autotuner.data.io;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.autotuner.data.ReadOptions;
import org.autotuner.data.Table;
import org.autotuner.data.TableReader;
import org.autotuner.error.DataException;

/**
 * Reads delimited text by RFC 4180: {@code .csv}, {@code .tsv}, {@code .txt}, each also with {@code .gz}. The delimiter
 * is found among comma, semicolon, tab and bar; the encoding is that of the byte order mark, else UTF-8, else
 * windows-1252. Spaces around cells without quotes are dropped; blank lines are skipped. The types of columns follow all
 * rows: see {@link org.autotuner.data.CellCollector}. Thread-safe.
 */
public final class CsvTableReader implements TableReader {

    @Override
    public String format() {
        return "csv";
    }

    @Override
    public boolean reads(Path file) {
        String name = plainName(file);
        return name.endsWith(".csv") || name.endsWith(".tsv") || name.endsWith(".txt");
    }

    static String plainName(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }

    @Override
    public Table read(Path file, ReadOptions options) {
        if (!Files.isRegularFile(file)) {
            throw new DataException("The file '%s' does not exist or is no file. Check the path.".formatted(file));
        }
        CsvSource source = CsvSource.open(file, options);
        try {
            return new CsvTable(source, options).read();
        } catch (UndecodableException notUtf8) {
            if (options.charset().isPresent() || source.charsetIsCertain()) {
                throw undecodable(file, source, notUtf8);
            }
        }
        CsvSource western = source.withCharset(CsvSource.WINDOWS);
        try {
            return new CsvTable(western, options).read();
        } catch (UndecodableException neither) {
            throw new DataException(
                    "The file '%s' is neither %s nor windows-1252. Give its encoding by ReadOptions.withCharset."
                            .formatted(file, StandardCharsets.UTF_8),
                    neither);
        }
    }

    private static DataException undecodable(Path file, CsvSource source, UndecodableException cause) {
        return new DataException(
                "The file '%s' cannot be decoded as %s. Give its encoding by ReadOptions.withCharset."
                        .formatted(file, source.charset()),
                cause);
    }
}
