package org.autotuner.profile;

import java.util.Arrays;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.Column;
import org.autotuner.data.DateTimeColumn;
import org.autotuner.data.Image;
import org.autotuner.data.ImageColumn;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.TextColumn;
import org.jspecify.annotations.Nullable;

/** Numbers that stand for cells. */
final class Measures {

    private Measures() {}

    /** The number, milliseconds or length of the text or brightness of the image in some rows; NaN is missing. Level codes for categories. */
    static double[] of(Column column, int[] rows) {
        double[] values = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            values[i] = of(column, rows[i]);
        }
        return values;
    }

    private static double of(Column column, int row) {
        if (column instanceof NumericColumn numbers) {
            return numbers.number(row);
        }
        if (column instanceof CategoricalColumn levels) {
            int code = levels.code(row);
            return code == CategoricalColumn.MISSING ? Double.NaN : code;
        }
        if (column instanceof DateTimeColumn times) {
            long millis = times.epochMillis(row);
            return millis == DateTimeColumn.MISSING ? Double.NaN : millis;
        }
        if (column instanceof ImageColumn images) {
            Image image = images.image(row);
            return image == null ? Double.NaN : image.brightness();
        }
        @Nullable String text = ((TextColumn) column).text(row);
        return text == null ? Double.NaN : text.length();
    }

    /** Numbers that are equal where cells are; texts and images by their hash. NaN is missing. */
    static double[] identities(Column column, int[] rows) {
        double[] values = of(column, rows);
        for (int i = 0; i < rows.length; i++) {
            if (column instanceof TextColumn texts) {
                String text = texts.text(rows[i]);
                values[i] = text == null ? Double.NaN : text.hashCode() + text.length() * 4294967296.0;
            } else if (column instanceof ImageColumn images) {
                Image image = images.image(rows[i]);
                values[i] = image == null ? Double.NaN : image.hashCode() + image.width() * 4294967296.0;
            }
        }
        return values;
    }

    /** The present values, ascending. */
    static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int end = sorted.length;
        while (end > 0 && Double.isNaN(sorted[end - 1])) {
            end--;
        }
        return Arrays.copyOf(sorted, end);
    }

    static int distinct(double[] sorted) {
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            count += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
        }
        return count;
    }

    /** At most {@code bins} - 1 ascending edges that cut the sorted values into bins of about equal size. */
    static double[] edges(double[] sorted, int bins) {
        double[] edges = new double[bins - 1];
        int count = 0;
        for (int i = 1; i < bins && sorted.length > 0; i++) {
            int at = (int) Math.max(0, Math.ceil((double) i * sorted.length / bins) - 1);
            double edge = sorted[at];
            boolean grows = count == 0 || edge > edges[count - 1];
            if (grows && edge < sorted[sorted.length - 1]) {
                edges[count++] = edge;
            }
        }
        return Arrays.copyOf(edges, count);
    }

    /** The bin of a value: the number of edges below it. */
    static int bin(double[] edges, double value) {
        int low = 0;
        int high = edges.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (edges[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
