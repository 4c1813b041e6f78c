package org.autotuner.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/** One table on top of another, by the columns of the first. */
final class Stacked {

    private Stacked() {}

    static Table of(Table top, Table bottom) {
        List<Column> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (Field field : top.schema().fields()) {
            if (!bottom.schema().has(field.name())) {
                continue; // the target may be absent in either; a feature is found missing by the model
            }
            Column above = top.column(field.name());
            Column below = bottom.column(field.name());
            if (above.type() != below.type()) {
                throw new DataException("Column '%s' is %s in the first table, but %s in the second."
                        .formatted(field.name(), above.type(), below.type()));
            }
            Column joined = join(above, below);
            fields.add(new Field(
                    field.name(), field.type(), field.role(), joined.levels(), field.reason(), field.pixels()));
            columns.add(joined);
        }
        return Table.of(Schema.of(fields), columns);
    }

    private static Column join(Column above, Column below) {
        int size = above.size() + below.size();
        if (above instanceof NumericColumn first && below instanceof NumericColumn second) {
            double[] values = new double[size];
            Arrays.setAll(values, i -> i < first.size() ? first.number(i) : second.number(i - first.size()));
            return NumericColumn.of(values);
        }
        if (above instanceof DateTimeColumn first && below instanceof DateTimeColumn second) {
            long[] values = new long[size];
            Arrays.setAll(values, i -> i < first.size() ? first.epochMillis(i) : second.epochMillis(i - first.size()));
            return DateTimeColumn.of(values);
        }
        if (above instanceof CategoricalColumn first && below instanceof CategoricalColumn second) {
            return join(first, second);
        }
        if (above instanceof ImageColumn first && below instanceof ImageColumn second) {
            @Nullable Image[] images = new @Nullable Image[size];
            Arrays.setAll(images, i -> i < first.size() ? first.image(i) : second.image(i - first.size()));
            return ImageColumn.adopt(images);
        }
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            texts.add((String) (i < above.size() ? above.value(i) : below.value(i - above.size())));
        }
        return TextColumn.of(texts);
    }

    /** Keeps the codes for missing and unseen cells, and the order of the levels of the lower table. */
    private static Column join(CategoricalColumn above, CategoricalColumn below) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (String level : below.levels()) {
            numbers.putIfAbsent(level, numbers.size());
        }
        for (String level : above.levels()) {
            numbers.putIfAbsent(level, numbers.size());
        }
        int[] codes = new int[above.size() + below.size()];
        for (int i = 0; i < codes.length; i++) {
            int code = i < above.size() ? above.code(i) : below.code(i - above.size());
            List<String> levels = i < above.size() ? above.levels() : below.levels();
            codes[i] = code < 0 ? code : numbers.getOrDefault(levels.get(code), CategoricalColumn.UNSEEN);
        }
        return CategoricalColumn.of(codes, List.copyOf(numbers.keySet()));
    }
}
