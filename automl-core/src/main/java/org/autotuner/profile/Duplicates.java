package org.autotuner.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.budget.Deadline;
import org.autotuner.data.Table;

/** Rows and columns that say the same as others. */
final class Duplicates {

    private static final int COLUMN_ROWS = 5_000;

    private Duplicates() {}

    /** Share of the rows that equal an earlier one among them, in all columns; NaN if time runs out. */
    static double rowShare(Table table, int[] rows, Deadline deadline) {
        long[] hashes = new long[rows.length];
        for (int c = 0; c < table.columnCount(); c++) {
            if (deadline.isOver()) {
                return Double.NaN;
            }
            double[] values = Measures.identities(table.column(c), rows);
            for (int i = 0; i < rows.length; i++) {
                hashes[i] = mix(hashes[i], Double.doubleToLongBits(values[i]));
            }
        }
        Arrays.sort(hashes);
        int repeated = 0;
        for (int i = 1; i < hashes.length; i++) {
            repeated += hashes[i] == hashes[i - 1] ? 1 : 0;
        }
        return rows.length == 0 ? 0 : (double) repeated / rows.length;
    }

    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
        return mixed ^ (mixed >>> 32);
    }

    /** Pairs of names whose values determine one another in the sample; constant columns are left out. */
    static List<List<String>> columns(Table table, List<String> names, Deadline deadline) {
        int[] rows = Sample.of(table.rowCount(), COLUMN_ROWS);
        Map<Long, String> known = new HashMap<>();
        List<List<String>> pairs = new ArrayList<>();
        for (String name : names) {
            if (deadline.isOver()) {
                return pairs;
            }
            Map<Double, Integer> numbers = new HashMap<>();
            long hash = 0;
            for (double value : Measures.identities(table.column(name), rows)) {
                Integer number = numbers.putIfAbsent(value, numbers.size());
                hash = mix(hash, number == null ? numbers.size() - 1 : number);
            }
            boolean telling = numbers.size() > 1 && numbers.size() < rows.length;
            String other = telling ? known.putIfAbsent(hash, name) : null;
            if (other != null) {
                pairs.add(List.of(other, name));
            }
        }
        return pairs;
    }
}
