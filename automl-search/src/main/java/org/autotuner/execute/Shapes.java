package org.autotuner.execute;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.Column;
import org.autotuner.data.ColumnType;
import org.autotuner.data.ImageColumn;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.autotuner.model.DataShape;
import org.autotuner.prepare.ImagePreparation;
import org.autotuner.prepare.ImageSize;
import org.autotuner.split.Fold;
import org.autotuner.task.Task;
import org.jspecify.annotations.Nullable;

/** Finds the shape of a study's data. */
final class Shapes {

    private static final int LOOKED_AT = 2_000;
    private static final int FEWEST_LEVELS = 12;

    private Shapes() {}

    static DataShape of(Table features, Task task, List<Fold> folds) {
        if (folds.isEmpty()) {
            throw new IllegalArgumentException("A study needs at least one fold.");
        }
        int numeric = 0;
        int whole = 0;
        int categorical = 0;
        int levels = 0;
        int text = 0;
        double characters = 0;
        ImageSize image = null;
        for (int i = 0; i < features.columnCount(); i++) {
            Column column = features.column(i);
            if (column instanceof CategoricalColumn) {
                categorical++;
                levels += column.levels().size();
            } else if (column instanceof ImageColumn images) {
                ImageSize size = ImageSize.typical(images);
                numeric += ImagePreparation.described(size);
                image = image == null ? size : image;
            } else if (column instanceof TextColumn texts) {
                text++;
                characters += characters(texts);
            } else {
                numeric++;
                whole += column instanceof NumericColumn numbers && isWhole(numbers) ? 1 : 0;
            }
        }
        DataShape shape = new DataShape(task, folds.get(0).trainSize(), numeric, whole, categorical, levels, text)
                .withTextCharacters(characters);
        shape = image == null ? shape : shape.withImage(image);
        return has(features, Role.USER) && has(features, Role.ITEM) ? shape.withRatings() : shape;
    }

    /** Mean length of some of the texts, a missing one counting as empty. */
    private static double characters(TextColumn column) {
        int step = Math.max(1, column.size() / LOOKED_AT);
        double sum = 0;
        int seen = 0;
        for (int row = 0; row < column.size(); row += step) {
            @Nullable String text = column.text(row);
            sum += text == null ? 0 : text.length();
            seen++;
        }
        return sum / Math.max(1, seen);
    }

    private static boolean has(Table features, Role role) {
        return features.schema().fields().stream()
                .anyMatch(field -> field.role() == role && field.type() == ColumnType.CATEGORICAL);
    }

    /** Whole numbers only, some dozen different ones or more, and on average each at least twice. */
    private static boolean isWhole(NumericColumn column) {
        int step = Math.max(1, column.size() / LOOKED_AT);
        Set<Double> different = new HashSet<>();
        int seen = 0;
        for (int row = 0; row < column.size(); row += step) {
            double number = column.number(row);
            if (!Double.isNaN(number)) {
                if (number != Math.rint(number)) {
                    return false;
                }
                different.add(number);
                seen++;
            }
        }
        return different.size() >= FEWEST_LEVELS && 2 * different.size() <= seen;
    }
}
