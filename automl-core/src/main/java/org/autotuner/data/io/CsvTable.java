package org.autotuner.data.io;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.data.CellCollector;
import org.autotuner.data.ReadOptions;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.data.TypedColumn;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/** Reads one file: the header, then all rows once, then once more for columns that were not what they seemed. */
final class CsvTable {

    private final CsvSource source;
    private final ReadOptions options;
    private final char delimiter;

    CsvTable(CsvSource source, ReadOptions options) {
        this.source = source;
        this.options = options;
        char fallback = CsvTableReader.plainName(source.file()).endsWith(".tsv") ? '\t' : ',';
        delimiter =
                options.delimiter().orElseGet(() -> DelimiterGuess.of(source.sample(), source.sampleIsCut(), fallback));
    }

    Table read() {
        CsvCells cells = new CsvCells(source.file(), options.names().orElse(null), this::collectors);
        pass(cells);
        List<String> names = cells.names();
        if (names.isEmpty()) {
            throw new DataException("The file '%s' is empty: it has not even a header line.".formatted(source.file()));
        }
        if (cells.rows() == 0) {
            throw new DataException("The file '%s' has a header line, but no rows.".formatted(source.file()));
        }
        requireKnown(names);
        List<CellCollector> done = new ArrayList<>(cells.collectors());
        List<@Nullable CellCollector> open = again(done);
        while (open.stream().anyMatch(collector -> collector != null)) {
            List<@Nullable CellCollector> readers = open;
            CsvCells next = new CsvCells(source.file(), options.names().orElse(null), header -> readers);
            pass(next);
            for (int i = 0; i < done.size(); i++) {
                CellCollector read = readers.get(i);
                if (read != null) {
                    done.set(i, read);
                }
            }
            open = again(done);
        }
        List<TypedColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Role role = options.roles().getOrDefault(names.get(i), Role.FEATURE);
            columns.add(done.get(i).finish(names.get(i), role));
        }
        return Table.ofTyped(columns);
    }

    private static List<@Nullable CellCollector> again(List<CellCollector> done) {
        List<@Nullable CellCollector> open = new ArrayList<>();
        for (CellCollector collector : done) {
            open.add(collector.again());
        }
        return open;
    }

    private List<@Nullable CellCollector> collectors(List<String> names) {
        List<@Nullable CellCollector> made = new ArrayList<>();
        for (String name : names) {
            made.add(CellCollector.of(
                    options.types().get(name), options.missing().orElse(null)));
        }
        return made;
    }

    private void requireKnown(List<String> names) {
        Map<String, Object> asked = new HashMap<>(options.types());
        asked.putAll(options.roles());
        for (String name : asked.keySet()) {
            if (!names.contains(name)) {
                throw new DataException("The options name a column '%s', but the file '%s' has only: %s."
                        .formatted(
                                name, source.file(), String.join(", ", names.subList(0, Math.min(50, names.size())))));
            }
        }
    }

    /** Feeds all records to the cells. */
    private void pass(CsvCells cells) {
        long line = 1;
        try (Reader text = source.reader();
                CsvReader<Boolean> records = CsvReader.builder()
                        .fieldSeparator(delimiter)
                        .skipEmptyLines(true)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowUnclosedQuote(false)
                        .build(cells, text)) {
            for (Boolean ignored : records) {
                cells.throwFault();
                line = cells.line();
                if (cells.rows() >= options.rowLimit()) {
                    return;
                }
            }
        } catch (CsvParseException malformed) {
            throw failure(malformed, line);
        } catch (UncheckedIOException unreadable) {
            throw failure(unreadable, line);
        } catch (IOException unreadable) {
            throw failure(unreadable, line);
        }
    }

    private RuntimeException failure(Exception problem, long line) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return new UndecodableException(problem);
            }
            if (cause instanceof DataException known) {
                return known;
            }
        }
        if (problem instanceof IOException unreadable) {
            return CsvSource.unreadable(source.file(), unreadable);
        }
        if (problem.getCause() instanceof IOException unreadable) {
            return CsvSource.unreadable(source.file(), unreadable);
        }
        return new DataException(
                "The file '%s' is not well formed after line %d: %s Check the quotes there."
                        .formatted(source.file(), line, problem.getMessage()),
                problem);
    }
}
