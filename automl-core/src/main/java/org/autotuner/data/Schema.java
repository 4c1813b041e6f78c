package org.autotuner.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.autotuner.bundle.Node;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/** Names, types, levels and roles of a table's columns, in order. Immutable and thread-safe. */
public final class Schema {

    private final List<Field> fields;
    private final Map<String, Integer> positions;

    /** Made at first use; making it twice in a race does no harm. */
    private volatile @Nullable Aligner aligner;

    private Schema(List<Field> fields) {
        this.fields = List.copyOf(fields);
        positions = new HashMap<>();
        for (Field field : fields) {
            if (positions.put(field.name(), positions.size()) != null) {
                throw new DataException("Two columns are named '%s'. Rename one of them.".formatted(field.name()));
            }
        }
    }

    /**
     * A schema of these fields.
     *
     * @throws DataException if two have the same name
     */
    public static Schema of(List<Field> fields) {
        return new Schema(fields);
    }

    public List<Field> fields() {
        return fields;
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    public boolean has(String name) {
        return positions.containsKey(name);
    }

    /**
     * Position of a column.
     *
     * @throws DataException if there is none of this name; the message lists the names
     */
    public int indexOf(String name) {
        Integer position = positions.get(name);
        if (position == null) {
            throw new DataException("There is no column '%s'. The columns are: %s."
                    .formatted(name, fields.stream().map(Field::name).limit(50).collect(Collectors.joining(", "))));
        }
        return position;
    }

    public Field field(String name) {
        return fields.get(indexOf(name));
    }

    /** The fields whose role {@link Role#isInput()}, in order: what a model sees. */
    public Schema features() {
        return new Schema(
                fields.stream().filter(field -> field.role().isInput()).toList());
    }

    /** A copy in which one column has another role. */
    public Schema withRole(String name, Role role) {
        List<Field> changed = new ArrayList<>(fields);
        changed.set(indexOf(name), field(name).withRole(role));
        return new Schema(changed);
    }

    /**
     * The features of this schema out of another table, in this schema's order and codes. Columns are found by name. A
     * level that this schema does not know becomes {@link CategoricalColumn#UNSEEN}; a column that is absent is all
     * missing; infinite numbers become missing; numbers and dates given as texts are read; numbers and truth values find
     * the level of their text (3 and 3.0 find "3", true finds "TRUE"). Columns that this schema does not know are left
     * out. Thread-safe.
     *
     * @throws DataException naming column, row (from 1) and value of a cell that cannot be read as the field's type
     */
    public Table align(Table table) {
        return aligner().align(table);
    }

    /** The same for one row; absent names are missing. Meant for serving: a microsecond or two for a dozen columns. */
    public Table align(Row row) {
        return aligner().align(row);
    }

    /** The names of a row that are no columns of this schema, in the row's order; a typing error shows up here. */
    public List<String> unknownNames(Row row) {
        Set<String> pixels = new HashSet<>();
        for (Field field : fields) {
            Pixels made = field.pixels();
            if (made != null) {
                pixels.addAll(made.columns());
            }
        }
        return row.names().stream()
                .filter(name -> !has(name) && !pixels.contains(name))
                .toList();
    }

    private Aligner aligner() {
        Aligner known = aligner;
        if (known == null) {
            known = new Aligner(features());
            aligner = known;
        }
        return known;
    }

    /** Writes this schema into a model file. */
    public void write(Node node) {
        SchemaCodec.write(this, node);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws org.autotuner.error.BundleException if it is damaged
     */
    public static Schema read(Node node) {
        return SchemaCodec.read(node);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schema schema && fields.equals(schema.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
