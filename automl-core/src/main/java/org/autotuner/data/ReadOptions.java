package org.autotuner.data;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How to read a table; everything that is not given is found out. Immutable; each {@code withX} returns a copy. */
public final class ReadOptions {

    private static final ReadOptions DEFAULTS = new ReadOptions(new Draft());

    private final Draft given;

    private ReadOptions(Draft given) {
        this.given = given;
    }

    public static ReadOptions defaults() {
        return DEFAULTS;
    }

    public ReadOptions withDelimiter(char delimiter) {
        Draft changed = given.copy();
        changed.delimiter = delimiter;
        return new ReadOptions(changed);
    }

    public ReadOptions withCharset(Charset charset) {
        Draft changed = given.copy();
        changed.charset = charset;
        return new ReadOptions(changed);
    }

    /** Reads a column as this type, whatever it looks like. */
    public ReadOptions withType(String column, ColumnType type) {
        Draft changed = given.copy();
        changed.types.put(column, type);
        return new ReadOptions(changed);
    }

    /** Gives a column this role; the default is {@link Role#FEATURE}. */
    public ReadOptions withRole(String column, Role role) {
        Draft changed = given.copy();
        changed.roles.put(column, role);
        return new ReadOptions(changed);
    }

    /**
     * These spellings, and the empty cell, are missing, in place of the usual ones that {@link CellCollector} lists; an
     * empty call leaves only the empty cell.
     */
    public ReadOptions withMissing(String... spellings) {
        Draft changed = given.copy();
        changed.missing = Set.of(spellings);
        return new ReadOptions(changed);
    }

    /** The file has no header line; these are the names of its columns. */
    public ReadOptions withNames(List<String> names) {
        Draft changed = given.copy();
        changed.names = List.copyOf(names);
        return new ReadOptions(changed);
    }

    /**
     * Reads the first rows only.
     *
     * @throws IllegalArgumentException if the limit is below 1
     */
    public ReadOptions withRowLimit(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("The row limit must be at least 1, but is %d.".formatted(rows));
        }
        Draft changed = given.copy();
        changed.rowLimit = rows;
        return new ReadOptions(changed);
    }

    public Optional<Character> delimiter() {
        return Optional.ofNullable(given.delimiter);
    }

    public Optional<Charset> charset() {
        return Optional.ofNullable(given.charset);
    }

    /** Types by column name. */
    public Map<String, ColumnType> types() {
        return Map.copyOf(given.types);
    }

    /** Roles by column name. */
    public Map<String, Role> roles() {
        return Map.copyOf(given.roles);
    }

    public Optional<Set<String>> missing() {
        return Optional.ofNullable(given.missing);
    }

    public Optional<List<String>> names() {
        return Optional.ofNullable(given.names);
    }

    /** Most rows to read; the default is {@link Integer#MAX_VALUE}. */
    public int rowLimit() {
        return given.rowLimit;
    }

    /** The values of one object; changed only before it is shared. */
    private static final class Draft {

        private @Nullable Character delimiter;
        private @Nullable Charset charset;
        private @Nullable Set<String> missing;
        private @Nullable List<String> names;
        private int rowLimit = Integer.MAX_VALUE;
        private final Map<String, ColumnType> types = new LinkedHashMap<>();
        private final Map<String, Role> roles = new LinkedHashMap<>();

        Draft copy() {
            Draft copy = new Draft();
            copy.delimiter = delimiter;
            copy.charset = charset;
            copy.missing = missing;
            copy.names = names;
            copy.rowLimit = rowLimit;
            copy.types.putAll(types);
            copy.roles.putAll(roles);
            return copy;
        }
    }
}
