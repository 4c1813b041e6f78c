package org.autotuner.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.autotuner.data.Column;
import org.autotuner.data.NumericColumn;
import org.autotuner.task.Target;

/** Rows that should be spread evenly: those of one class, or of one range of a real target. */
final class Strata {

    private static final int MOST_RANGES = 20;
    private static final int MOST_CLASSES_OF_NUMBERS = 20;

    private final int[] ofRow;
    private final int count;
    private final boolean classes;

    private Strata(int[] ofRow, boolean classes) {
        this.ofRow = ofRow;
        this.classes = classes;
        count = Arrays.stream(ofRow).max().orElse(-1) + 1;
    }

    /** All rows alike. */
    static Strata none(int rows) {
        return new Strata(new int[rows], false);
    }

    /** By label, or by ranges of the value that hold at least two rows for each of {@code parts} parts. */
    static Strata of(Target target, int parts) {
        int rows = target.size();
        if (target.hasLabels()) {
            return new Strata(IntStream.range(0, rows).map(target::label).toArray(), true);
        }
        double[] values = new double[rows];
        Arrays.setAll(values, target::value);
        return ranges(values, parts);
    }

    /** By level, by number where there are few different ones, else by ranges; missing cells are a stratum too. */
    static Strata of(Column column, int parts) {
        if (column instanceof NumericColumn numbers) {
            double[] values = new double[numbers.size()];
            Arrays.setAll(values, numbers::number);
            if (Arrays.stream(values)
                            .distinct()
                            .limit(MOST_CLASSES_OF_NUMBERS + 1L)
                            .count()
                    > MOST_CLASSES_OF_NUMBERS) {
                return ranges(values, parts);
            }
        }
        return new Strata(numbered(column), true);
    }

    /** Numbers the different values of a column from 0; missing cells share one number. */
    private static int[] numbered(Column column) {
        Map<Object, Integer> known = new HashMap<>();
        int[] numbers = new int[column.size()];
        for (int row = 0; row < numbers.length; row++) {
            Object value = column.value(row);
            Object key = value == null ? Strata.class : value;
            Integer number = known.putIfAbsent(key, known.size());
            numbers[row] = number == null ? known.size() - 1 : number;
        }
        return numbers;
    }

    private static Strata ranges(double[] values, int parts) {
        int rows = values.length;
        int ranges = Math.max(1, Math.min(MOST_RANGES, rows / (2 * Math.max(2, parts))));
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int[] ofRow = new int[rows];
        for (int row = 0; row < rows; row++) {
            int rank = firstIndex(sorted, values[row]);
            ofRow[row] = (int) ((long) rank * ranges / rows);
        }
        return new Strata(ofRow, false);
    }

    private static int firstIndex(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Double.compare(sorted[middle], value) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    int rows() {
        return ofRow.length;
    }

    int count() {
        return count;
    }

    int of(int row) {
        return ofRow[row];
    }

    /** Whether a stratum is a class, which must not be missing from training. */
    boolean areClasses() {
        return classes;
    }

    /** The rows of each stratum in random order. */
    List<int[]> shuffled(RandomGenerator random) {
        int[] sizes = new int[count];
        for (int stratum : ofRow) {
            sizes[stratum]++;
        }
        List<int[]> members = new ArrayList<>();
        for (int size : sizes) {
            members.add(new int[size]);
        }
        int[] filled = new int[count];
        for (int row = 0; row < ofRow.length; row++) {
            members.get(ofRow[row])[filled[ofRow[row]]++] = row;
        }
        members.forEach(rows -> shuffle(rows, random));
        return members;
    }

    static void shuffle(int[] rows, RandomGenerator random) {
        for (int i = rows.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = rows[i];
            rows[i] = rows[j];
            rows[j] = swapped;
        }
    }
}
