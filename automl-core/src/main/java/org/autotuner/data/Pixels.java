package org.autotuner.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Numeric columns that together are one image: a cell for each pixel and channel, row by row, the channels of a pixel side by
 * side. Numbers are rounded to 8 bits: 0 is black, {@code max} is 255.
 *
 * @param columns height x width x channels names, in order
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param max the number that stands for white, above 0; larger ones count as white, negative ones as black
 */
public record Pixels(List<String> columns, int width, int height, int channels, double max) {

    /** Sides of square images that {@link #infer} looks for. */
    private static final int LEAST_SIDE = 7;

    private static final int LOOKED_AT = 200;
    private static final double LEAST_CORRELATION = 0.3;

    public Pixels {
        columns = List.copyOf(columns);
        if (width < 1 || height < 1 || (channels != 1 && channels != 3) || !(max > 0) || Double.isInfinite(max)) {
            throw new IllegalArgumentException(
                    "Pixels of %d x %d x %d with white at %s make no image.".formatted(width, height, channels, max));
        }
        if (columns.size() != (long) width * height * channels) {
            throw new IllegalArgumentException("%d columns are not %d x %d pixels of %d channels."
                    .formatted(columns.size(), width, height, channels));
        }
    }

    /** Columns {@code prefix0, prefix1, ...} that make an image. */
    public static Pixels of(String prefix, int width, int height, int channels, double max) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < width * height * channels; i++) {
            names.add(prefix + i);
        }
        return new Pixels(names, width, height, channels, max);
    }

    /**
     * Whether the feature columns of a table are the pixels of a square grey image of at least 7 x 7: all are numeric without
     * missing cells, whole numbers from 0 to a common largest one of at least 15, and neighbours, along and across, are much
     * alike within the rows (correlation above 0.3, also compared with pixels half an image away). White is 255 where a number
     * exceeds 16, else 16 or 15.
     */
    public static Optional<Pixels> infer(Table features) {
        int count = features.columnCount();
        int side = (int) Math.round(Math.sqrt(count));
        if (side < LEAST_SIDE || side * side != count || features.rowCount() < 2) {
            return Optional.empty();
        }
        int rows = Math.min(LOOKED_AT, features.rowCount());
        double[][] cells = new double[count][rows];
        double most = 0;
        for (int c = 0; c < count; c++) {
            if (!(features.column(c) instanceof NumericColumn numbers)) {
                return Optional.empty();
            }
            for (int i = 0; i < rows; i++) {
                double value = numbers.number((int) ((long) i * features.rowCount() / rows));
                if (!(value >= 0 && value <= 255 && value == Math.rint(value))) {
                    return Optional.empty();
                }
                cells[c][i] = value;
                most = Math.max(most, value);
            }
        }
        if (most < 15) {
            return Optional.empty();
        }
        double along = correlation(cells, side, 1);
        double across = correlation(cells, side, side);
        double far = correlation(cells, side, side * (side / 2));
        if (along < LEAST_CORRELATION || across < LEAST_CORRELATION || far > Math.min(along, across)) {
            return Optional.empty();
        }
        double white = most > 16 ? 255 : most;
        return Optional.of(new Pixels(features.schema().names(), side, side, 1, white));
    }

    /** Correlation of pixels with those some places later, within rows: means of rows are taken out. */
    private static double correlation(double[][] cells, int side, int step) {
        int rows = cells[0].length;
        double products = 0;
        double squares = 0;
        double others = 0;
        for (int row = 0; row < rows; row++) {
            double mean = 0;
            for (double[] cell : cells) {
                mean += cell[row] / cells.length;
            }
            for (int c = 0; c + step < cells.length; c++) {
                if (step != 1 || (c + 1) % side != 0) {
                    double a = cells[c][row] - mean;
                    double b = cells[c + step][row] - mean;
                    products += a * b;
                    squares += a * a;
                    others += b * b;
                }
            }
        }
        return products == 0 ? 0 : products / Math.sqrt(squares * others);
    }

    /**
     * A copy of the table in which one image column stands in the place of these columns.
     *
     * @throws DataException if one of them is absent or not numeric
     */
    public Table combine(Table table, String name) {
        Column images = column(table);
        List<Field> fields = new ArrayList<>();
        List<Column> cells = new ArrayList<>();
        Set<String> taken = new HashSet<>(columns);
        int place = 0;
        for (Field field : table.schema().fields()) {
            if (taken.contains(field.name())) {
                continue;
            }
            if (table.schema().indexOf(field.name()) < table.schema().indexOf(columns.get(0))) {
                place++;
            }
            fields.add(field);
            cells.add(table.column(field.name()));
        }
        String reason =
                "%d numeric columns are the pixels of an image of %d x %d".formatted(columns.size(), width, height);
        fields.add(place, new Field(name, ColumnType.IMAGE, Role.FEATURE, List.of(), reason, this));
        cells.add(place, images);
        return Table.of(Schema.of(fields), cells);
    }

    /** The images that a table's columns make; a cell that is missing is black, a row without any cell is missing. */
    Column column(Table table) {
        List<NumericColumn> parts = new ArrayList<>();
        for (String name : columns) {
            Column part = table.column(name);
            if (part instanceof NumericColumn numbers) {
                parts.add(numbers);
            } else {
                throw new DataException(
                        "Column '%s' is %s, but as a pixel it should be NUMERIC.".formatted(name, part.type()));
            }
        }
        @Nullable Image[] images = new @Nullable Image[table.rowCount()];
        for (int row = 0; row < images.length; row++) {
            int current = row;
            images[row] = image(i -> parts.get(i).number(current));
        }
        return ImageColumn.adopt(images);
    }

    /** The image of an application's row; null if it has none of the cells. */
    @Nullable
    Image of(Row row) {
        return image(i -> CellValues.number(row.value(columns.get(i)), columns.get(i), 1));
    }

    private @Nullable Image image(IntToDoubleFunction cell) {
        byte[] bytes = new byte[columns.size()];
        boolean isMissing = true;
        for (int i = 0; i < bytes.length; i++) {
            double value = cell.applyAsDouble(i);
            isMissing &= Double.isNaN(value);
            bytes[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, Double.isNaN(value) ? 0 : value / max)));
        }
        return isMissing ? null : Image.adopt(width, height, channels, bytes);
    }

    /** Whether a table has all of these columns. */
    boolean areIn(Table table) {
        return table.schema().names().containsAll(columns);
    }
}
