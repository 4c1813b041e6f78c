package org.autotuner.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.autotuner.error.DataException;

/** Names, types, levels and roles of a table's columns, in order. Immutable and thread-safe. */
public final class Schema {

    private final List<Field> fields;
    private final Map<String, Integer> positions;

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

    /** The fields whose role is FEATURE, in order: what a model sees. */
    public Schema features() {
        return new Schema(
                fields.stream().filter(field -> field.role() == Role.FEATURE).toList());
    }

    /** A copy in which one column has another role. */
    public Schema withRole(String name, Role role) {
        List<Field> changed = new ArrayList<>(fields);
        changed.set(indexOf(name), field(name).withRole(role));
        return new Schema(changed);
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
