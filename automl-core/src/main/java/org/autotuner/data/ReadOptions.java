package org.autotuner.data;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How to read a table; everything that is not given is found out. Immutable; each {@code withX} returns a copy. */
public final class ReadOptions {

    private static final ReadOptions DEFAULTS = new ReadOptions(null, null, Map.of());

    private final @Nullable Character delimiter;
    private final @Nullable Charset charset;
    private final Map<String, ColumnType> types;

    private ReadOptions(@Nullable Character delimiter, @Nullable Charset charset, Map<String, ColumnType> types) {
        this.delimiter = delimiter;
        this.charset = charset;
        this.types = Map.copyOf(types);
    }

    public static ReadOptions defaults() {
        return DEFAULTS;
    }

    public ReadOptions withDelimiter(char given) {
        return new ReadOptions(given, charset, types);
    }

    public ReadOptions withCharset(Charset given) {
        return new ReadOptions(delimiter, given, types);
    }

    /** Reads a column as this type, whatever it looks like. */
    public ReadOptions withType(String column, ColumnType type) {
        Map<String, ColumnType> changed = new LinkedHashMap<>(types);
        changed.put(column, type);
        return new ReadOptions(delimiter, charset, changed);
    }

    public Optional<Character> delimiter() {
        return Optional.ofNullable(delimiter);
    }

    public Optional<Charset> charset() {
        return Optional.ofNullable(charset);
    }

    /** Types by column name. */
    public Map<String, ColumnType> types() {
        return types;
    }
}
