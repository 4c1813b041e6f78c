package org.autotuner.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Columns of equal length with a {@link Schema}. Immutable and thread-safe; subsets of rows and columns are views.
 */
public final class Table {

    private final Schema schema;
    private final List<Column> columns;
    private final int rowCount;

    private Table(Schema schema, List<Column> columns, int rowCount) {
        this.schema = schema;
        this.columns = columns;
        this.rowCount = rowCount;
    }

    /**
     * A table of these columns.
     *
     * @param columns one for each field of the schema, of its type, all of equal length
     * @throws DataException if they do not fit
     */
    public static Table of(Schema schema, List<? extends Column> columns) {
        if (columns.size() != schema.fields().size()) {
            throw new DataException("The schema names %d columns, but %d are given."
                    .formatted(schema.fields().size(), columns.size()));
        }
        int rows = columns.isEmpty() ? 0 : columns.get(0).size();
        for (int i = 0; i < columns.size(); i++) {
            Field field = schema.fields().get(i);
            Column column = columns.get(i);
            if (column.size() != rows) {
                throw new DataException("Column '%s' has %d rows, but column '%s' has %d."
                        .formatted(
                                field.name(),
                                column.size(),
                                schema.fields().get(0).name(),
                                rows));
            }
            if (column.type() != field.type() || !column.levels().equals(field.levels())) {
                throw new DataException("Column '%s' is %s in the schema, but its cells are %s or have other levels."
                        .formatted(field.name(), field.type(), column.type()));
            }
        }
        return new Table(schema, List.copyOf(columns), rows);
    }

    /** A table whose parts are known to fit. */
    static Table trusted(Schema schema, List<Column> columns, int rowCount) {
        return new Table(schema, columns, rowCount);
    }

    /**
     * A table of typed columns.
     *
     * @throws DataException if names repeat or lengths differ
     */
    public static Table ofTyped(List<TypedColumn> columns) {
        return of(
                Schema.of(columns.stream().map(TypedColumn::field).toList()),
                columns.stream().map(TypedColumn::column).toList());
    }

    /**
     * A table of records: one column per component. Numbers are numeric, booleans and enums categorical, dates and times
     * date-times; strings become levels or text by what they hold, never numbers. Null is missing.
     *
     * @throws DataException if there is no record, they are of different classes, or a component is of another type
     */
    public static Table of(List<? extends Record> records) {
        return ObjectColumns.ofRecords(records);
    }

    /**
     * A table of maps from column names to values, typed as {@link #of(List)} does; a name that a map lacks is missing.
     *
     * @throws DataException if there is no entry at all, or a value is of a type that has no column
     */
    public static Table ofMaps(List<? extends Map<String, ? extends @Nullable Object>> rows) {
        return ObjectColumns.ofMaps(rows);
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a file by the reader that takes its name; {@code .csv}, {@code .tsv} and their {@code .gz} are built in.
     *
     * @throws DataException if no reader takes it or it cannot be read
     */
    public static Table read(Path file) {
        return read(file, ReadOptions.defaults());
    }

    /**
     * The same with options given instead of found out. A column of type {@link ColumnType#IMAGE} holds paths of image files,
     * relative to the folder of this file; see {@link #withImages}.
     */
    public static Table read(Path file, ReadOptions options) {
        List<String> images = options.types().entrySet().stream()
                .filter(type -> type.getValue() == ColumnType.IMAGE)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (!images.isEmpty()) {
            ReadOptions paths = options;
            for (String column : images) {
                paths = paths.withType(column, ColumnType.TEXT);
            }
            Table table = read(file, paths);
            Path folder = file.toAbsolutePath().getParent();
            for (String column : images) {
                table = table.withImages(column, folder == null ? file : folder);
            }
            return table;
        }
        List<String> formats = new ArrayList<>();
        for (TableReader reader : ServiceLoader.load(TableReader.class, Table.class.getClassLoader())) {
            if (reader.reads(file)) {
                return reader.read(file, options);
            }
            formats.add(reader.format());
        }
        throw new DataException("No reader takes the file '%s'. Known formats: %s.".formatted(file, formats));
    }

    /**
     * Reads a folder of images. With a folder for each class the table has the columns {@code image}, {@code file} (role ID)
     * and {@code label}, the folder's name; without folders {@code image} and {@code file}. Files are those that end in png,
     * jpg, jpeg, gif or bmp, by name. An image that cannot be read is missing; a warning in the log and the reason of the
     * field {@code image} name its row and what is wrong. Images longer than {@link Image#USUAL_SIDE} are averaged down.
     *
     * @throws DataException if the folder cannot be read or holds no image
     */
    public static Table images(Path folder) {
        return ImageFiles.folder(folder, Image.USUAL_SIDE);
    }

    /**
     * A copy in which a column of paths holds the images of these files; those that cannot be read are missing, as in
     * {@link #images}.
     *
     * @param base folder that relative paths start from
     */
    public Table withImages(String name, Path base) {
        return ImageFiles.column(this, name, base, Image.USUAL_SIDE);
    }

    public Schema schema() {
        return schema;
    }

    public int rowCount() {
        return rowCount;
    }

    public int columnCount() {
        return columns.size();
    }

    public Column column(int position) {
        return columns.get(position);
    }

    /**
     * The column of this name.
     *
     * @throws DataException if there is none
     */
    public Column column(String name) {
        return columns.get(schema.indexOf(name));
    }

    /** A view of some rows, in the given order; rows may repeat. */
    public Table rows(int[] rows) {
        int[] own = rows.clone();
        for (int row : own) {
            if (row < 0 || row >= rowCount) {
                throw new IndexOutOfBoundsException("Row %d is not in 0..%d.".formatted(row, rowCount - 1));
            }
        }
        return new Table(
                schema, columns.stream().map(column -> column.select(own)).toList(), own.length);
    }

    /** The first rows, at most {@code count}. */
    public Table head(int count) {
        int[] rows = new int[Math.min(count, rowCount)];
        Arrays.setAll(rows, i -> i);
        return rows(rows);
    }

    /** A view of the named columns, in the given order. */
    public Table columns(List<String> names) {
        List<Field> fields = new ArrayList<>();
        List<Column> chosen = new ArrayList<>();
        for (String name : names) {
            fields.add(schema.field(name));
            chosen.add(column(name));
        }
        return new Table(Schema.of(fields), List.copyOf(chosen), rowCount);
    }

    /** A view without the named columns; names that do not exist are refused. */
    public Table without(String... names) {
        List<String> dropped = List.of(names);
        dropped.forEach(schema::indexOf);
        return columns(
                schema.names().stream().filter(name -> !dropped.contains(name)).toList());
    }

    /** A view of the columns that models see, those whose role {@link Role#isInput()}. */
    public Table features() {
        return columns(schema.features().names());
    }

    /** The same cells with another role for one column. */
    public Table withRole(String name, Role role) {
        return new Table(schema.withRole(name, role), columns, rowCount);
    }

    /**
     * A copy in which one column has another type: numbers become levels or text without a needless point, texts are
     * read as numbers or dates.
     *
     * @throws DataException naming the column, row and value of a cell that cannot be read as this type
     */
    public Table withType(String name, ColumnType type) {
        int position = schema.indexOf(name);
        Field old = schema.fields().get(position);
        if (old.type() == type) {
            return this;
        }
        TypedColumn changed = Conversion.of(columns.get(position), type, old);
        List<Field> fields = new ArrayList<>(schema.fields());
        List<Column> cells = new ArrayList<>(columns);
        fields.set(position, changed.field());
        cells.set(position, changed.column());
        return new Table(Schema.of(fields), List.copyOf(cells), rowCount);
    }

    /** A copy with a column replaced, or added at the end if its name is new. */
    public Table withColumn(String name, Column column) {
        List<Field> fields = new ArrayList<>(schema.fields());
        List<Column> changed = new ArrayList<>(columns);
        Field field = new Field(name, column.type(), Role.FEATURE, column.levels(), "given by the caller");
        if (schema.has(name)) {
            fields.set(schema.indexOf(name), field.withRole(schema.field(name).role()));
            changed.set(schema.indexOf(name), column);
        } else {
            fields.add(field);
            changed.add(column);
        }
        return of(Schema.of(fields), changed);
    }

    /**
     * This table on top of another, by the columns of this one that the other has too; levels are joined.
     *
     * @throws DataException if a column has another type there
     */
    public Table append(Table below) {
        return Stacked.of(this, below);
    }

    /**
     * The columns of a side table beside these, such as what is known of users or items: each row gets the cells of the side
     * table's row with the same key, missing ones if there is none. Keys are compared as they are written, numbers without a
     * needless point.
     *
     * @param key a column of both
     * @throws DataException if the side table has a key twice, or a column besides the key is in both
     */
    public Table join(Table side, String key) {
        return Joined.of(this, side, key);
    }

    /** The cells of one row by name. */
    public Row row(int row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(schema.fields().get(i).name(), columns.get(i).value(row));
        }
        return Row.from(values);
    }

    @Override
    public String toString() {
        return "Table of %d rows and %d columns: %s".formatted(rowCount, columns.size(), schema.names());
    }

    /** Collects columns; not thread-safe. */
    public static final class Builder {

        private final List<Field> fields = new ArrayList<>();
        private final List<Column> columns = new ArrayList<>();

        private Builder() {}

        public Builder numeric(String name, double... values) {
            return column(name, NumericColumn.of(values));
        }

        public Builder categorical(String name, @Nullable String... values) {
            return column(name, CategoricalColumn.ofValues(Arrays.asList(values)));
        }

        public Builder text(String name, @Nullable String... values) {
            return column(name, TextColumn.of(Arrays.asList(values)));
        }

        public Builder column(String name, Column column) {
            fields.add(new Field(name, column.type(), Role.FEATURE, column.levels(), "given by the caller"));
            columns.add(column);
            return this;
        }

        /**
         * Makes the table.
         *
         * @throws DataException if names repeat or lengths differ
         */
        public Table build() {
            return Table.of(Schema.of(fields), columns);
        }
    }
}
