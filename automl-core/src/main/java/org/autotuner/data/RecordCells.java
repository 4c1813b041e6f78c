package org.autotuner.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/** Reads the components of a record class by name, in order. Immutable, hence thread-safe. */
final class RecordCells {

    private static final ClassValue<RecordCells> KNOWN = new ClassValue<>() {
        @Override
        protected RecordCells computeValue(Class<?> type) {
            return new RecordCells(type);
        }
    };

    private final RecordComponent[] components;
    private final Method[] accessors;

    private RecordCells(Class<?> type) {
        components = type.getRecordComponents();
        accessors = new Method[components.length];
        for (int i = 0; i < accessors.length; i++) {
            accessors[i] = components[i].getAccessor();
            try {
                accessors[i].setAccessible(true);
            } catch (RuntimeException closed) {
                throw new DataException(
                        "The record %s cannot be read. Make it public, or open its package to the library in module-info."
                                .formatted(type.getName()),
                        closed);
            }
        }
    }

    static RecordCells of(Class<? extends Record> type) {
        return KNOWN.get(type);
    }

    int size() {
        return components.length;
    }

    String name(int component) {
        return components[component].getName();
    }

    @Nullable
    Object value(Record record, int component) {
        try {
            return accessors[component].invoke(record);
        } catch (InvocationTargetException | IllegalAccessException failed) {
            throw new DataException(
                    "The component '%s' of a %s cannot be read: %s"
                            .formatted(name(component), record.getClass().getSimpleName(), failed.getCause()),
                    failed);
        }
    }

    Map<String, @Nullable Object> values(Record record) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < components.length; i++) {
            values.put(name(i), value(record, i));
        }
        return values;
    }
}
