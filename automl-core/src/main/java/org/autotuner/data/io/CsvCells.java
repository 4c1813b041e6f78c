package org.autotuner.data.io;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.autotuner.data.CellCollector;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/** Hands the cells of the parser to one collector per column, straight from the parser's buffer. */
final class CsvCells extends AbstractBaseCsvCallbackHandler<Boolean> {

    private final Path file;
    private final Function<List<String>, List<@Nullable CellCollector>> maker;
    private final List<String> names = new ArrayList<>();
    private @Nullable CellCollector[] collectors = new @Nullable CellCollector[0];
    private boolean inHeader;
    private int rows;
    private int fields;
    private @Nullable DataException fault;

    CsvCells(Path file, @Nullable List<String> names, Function<List<String>, List<@Nullable CellCollector>> maker) {
        this.file = file;
        this.maker = maker;
        inHeader = names == null;
        if (names != null) {
            this.names.addAll(names);
            startRows();
        }
    }

    private void startRows() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.isEmpty()) {
                fault = new DataException("The header of '%s' has no name for column %d. Give every column a name."
                        .formatted(file, i + 1));
                return;
            }
            if (!seen.add(name)) {
                fault = new DataException(
                        "The header of '%s' names column %d '%s', but column %d has that name already. "
                                        .formatted(file, i + 1, name, names.indexOf(name) + 1)
                                + "Rename one of them.");
                return;
            }
        }
        collectors = maker.apply(names).toArray(new @Nullable CellCollector[0]);
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        fields = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int start, int size, boolean quoted) {
        fields++;
        int offset = start;
        int length = size;
        if (!quoted) {
            while (length > 0 && isBlank(buffer[offset])) {
                offset++;
                length--;
            }
            while (length > 0 && isBlank(buffer[offset + length - 1])) {
                length--;
            }
        }
        if (inHeader) {
            names.add(new String(buffer, offset, length).strip());
        } else if (fault == null && index < collectors.length) {
            CellCollector collector = collectors[index];
            if (collector != null && !collector.add(buffer, offset, length)) {
                fault = wrongType(index, new String(buffer, offset, Math.min(80, length)));
            }
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\u00a0';
    }

    private DataException wrongType(int index, String value) {
        return new DataException("Column '%s' of '%s' was asked for as another type, but row %d (line %d) holds '%s'. "
                        .formatted(names.get(index), file, rows + 1, getStartingLineNumber(), value)
                + "Correct the cell, add the spelling by ReadOptions.withMissing, or give the column another type.");
    }

    @Override
    protected Boolean buildRecord() {
        if (inHeader) {
            inHeader = false;
            startRows();
        } else if (fault == null) {
            rows++;
            if (fields != names.size()) {
                fault = new DataException("Row %d (line %d) of '%s' has %d cells, but the header names %d columns. "
                                .formatted(rows, getStartingLineNumber(), file, fields, names.size())
                        + "Check the delimiter and the quotes of that line.");
            }
        }
        return Boolean.TRUE;
    }

    void throwFault() {
        if (fault != null) {
            throw fault;
        }
    }

    long line() {
        return getStartingLineNumber();
    }

    int rows() {
        return rows;
    }

    List<String> names() {
        return names;
    }

    /** The collectors, all present in the first pass. */
    List<CellCollector> collectors() {
        List<CellCollector> all = new ArrayList<>();
        for (CellCollector collector : collectors) {
            if (collector != null) {
                all.add(collector);
            }
        }
        return all;
    }
}
