package org.autotuner.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/** Makes tables of an application's own objects: records and maps. */
final class ObjectColumns {

    private ObjectColumns() {}

    static Table ofRecords(List<? extends Record> records) {
        if (records.isEmpty()) {
            throw new DataException("Table.of got no records, so it cannot know the columns. Give at least one.");
        }
        Class<? extends Record> type = records.get(0).getClass();
        for (int row = 0; row < records.size(); row++) {
            if (records.get(row).getClass() != type) {
                throw new DataException("Row %d is a %s, but row 1 is a %s. All records must be of one class."
                        .formatted(row + 1, records.get(row).getClass().getSimpleName(), type.getSimpleName()));
            }
        }
        RecordCells cells = RecordCells.of(type);
        List<TypedColumn> columns = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            int component = i;
            columns.add(column(cells.name(i), records.size(), row -> cells.value(records.get(row), component)));
        }
        return Table.ofTyped(columns);
    }

    static Table ofMaps(List<? extends Map<String, ? extends @Nullable Object>> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.keySet()));
        if (names.isEmpty()) {
            throw new DataException(
                    "Table.ofMaps got no entries, so it cannot know the columns. Give at least one row.");
        }
        List<TypedColumn> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(column(name, rows.size(), row -> rows.get(row).get(name)));
        }
        return Table.ofTyped(columns);
    }

    /** A column of values whose classes decide its type; a mixture becomes levels or text. */
    static TypedColumn column(String name, int rows, IntFunction<? extends @Nullable Object> cells) {
        for (int row = 0; row < rows; row++) {
            Object value = cells.apply(row);
            if (value != null && ImageCells.isImage(value)) {
                return images(name, rows, cells);
            }
        }
        boolean numbers = true;
        boolean times = true;
        boolean flags = true;
        boolean any = false;
        for (int row = 0; row < rows; row++) {
            Object value = cells.apply(row);
            if (value != null) {
                CellValues.requireSimple(value, name, row + 1L);
                any = true;
                numbers &= value instanceof Number;
                times &= CellValues.isTime(value);
                flags &= value instanceof Boolean || value instanceof Enum<?>;
            }
        }
        if (!any || numbers) {
            CellBuffer buffer = CellBuffer.ofNumbers();
            for (int row = 0; row < rows; row++) {
                Object value = cells.apply(row);
                buffer.number(value instanceof Number number ? number.doubleValue() : Double.NaN);
            }
            String reason = any ? "the values are numbers" : "no cell has a value";
            return TypedColumn.of(name, buffer.numbers(), Role.FEATURE, reason);
        }
        if (times) {
            CellBuffer buffer = CellBuffer.ofTimes();
            for (int row = 0; row < rows; row++) {
                buffer.time(CellValues.millis(cells.apply(row), name, row + 1L));
            }
            return TypedColumn.of(name, buffer.times(), Role.FEATURE, "the values are dates or times");
        }
        List<@Nullable String> texts = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            Object value = cells.apply(row);
            texts.add(value == null ? null : CellValues.text(value));
        }
        if (flags) {
            return TypedColumn.of(
                    name, CategoricalColumn.ofValues(texts), Role.FEATURE, "the values are constants of a fixed set");
        }
        CellCollector collector = CellCollector.ofStrings("strings: ");
        texts.forEach(collector::add);
        return collector.finish(name, Role.FEATURE);
    }

    private static TypedColumn images(String name, int rows, IntFunction<? extends @Nullable Object> cells) {
        @Nullable Image[] images = new @Nullable Image[rows];
        for (int row = 0; row < rows; row++) {
            images[row] = ImageCells.image(cells.apply(row), name, row + 1L);
        }
        return TypedColumn.of(name, ImageColumn.adopt(images), Role.FEATURE, "the values are images");
    }
}
