package org.autotuner.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.Column;
import org.autotuner.data.ColumnType;
import org.autotuner.data.NumericColumn;

/** Looks at one column: missing cells and constancy over all rows, the rest over a sample. */
final class ColumnScan {

    static final int BINS = 20;

    private static final int MOST_LEVELS = 50;
    private static final int FEWEST_IDS = 100;
    private static final double[] QUANTILES = {0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};

    private ColumnScan() {}

    static ColumnProfile scan(String name, Column column, int[] rows) {
        int missing = 0;
        boolean constant = true;
        int first = -1;
        for (int row = 0; row < column.size(); row++) {
            if (column.isMissing(row)) {
                missing++;
            } else if (first < 0) {
                first = row;
            } else if (constant) {
                constant = equal(column, first, row);
            }
        }
        boolean levels = column instanceof CategoricalColumn;
        double[] values = Measures.identities(column, rows);
        double[] sorted = levels ? values : Measures.sorted(values);
        int distinct = levels ? distinctLevels(column, values) : Measures.distinct(sorted);
        int present = sorted.length;
        if (levels) {
            present -= (int) Arrays.stream(values).filter(Double::isNaN).count();
        }
        return new ColumnProfile(
                name,
                column.type(),
                column.size() == 0 ? 0 : (double) missing / column.size(),
                distinct,
                constant && first >= 0,
                idLike(column, rows, distinct, present),
                distribution(column, rows, sorted));
    }

    private static boolean equal(Column column, int a, int b) {
        if (column instanceof NumericColumn numbers) {
            return numbers.number(a) == numbers.number(b);
        }
        if (column instanceof CategoricalColumn levels) {
            return levels.code(a) == levels.code(b);
        }
        return Objects.equals(column.value(a), column.value(b));
    }

    private static boolean idLike(Column column, int[] rows, int distinct, int present) {
        if (column.size() <= FEWEST_IDS) {
            return false;
        }
        if (column instanceof NumericColumn numbers) {
            return counts(numbers);
        }
        if (column.type() == ColumnType.DATE_TIME
                || column.type() == ColumnType.IMAGE
                || distinct < present
                || present <= FEWEST_IDS) {
            return false;
        }
        long words = 0;
        int looked = Math.min(rows.length, 1000);
        int texts = 0;
        for (int i = 0; i < looked; i++) {
            Object value = column.value(rows[i]);
            if (value != null) {
                words += value.toString()
                                .strip()
                                .chars()
                                .filter(Character::isWhitespace)
                                .count()
                        + 1;
                texts++;
            }
        }
        return words < 3L * texts;
    }

    private static int distinctLevels(Column column, double[] codes) {
        boolean[] seen = new boolean[column.levels().size() + 1];
        int distinct = 0;
        for (double code : codes) {
            if (!Double.isNaN(code)) {
                int at = code < 0 ? seen.length - 1 : (int) code;
                distinct += seen[at] ? 0 : 1;
                seen[at] = true;
            }
        }
        return distinct;
    }

    /** Whether whole numbers change by the same step from row to row. */
    private static boolean counts(NumericColumn numbers) {
        double step = numbers.number(1) - numbers.number(0);
        if (step == 0 || step != Math.rint(step) || numbers.number(0) != Math.rint(numbers.number(0))) {
            return false;
        }
        for (int row = 2; row < numbers.size(); row++) {
            if (numbers.number(row) - numbers.number(row - 1) != step) {
                return false;
            }
        }
        return true;
    }

    private static Distribution distribution(Column column, int[] rows, double[] values) {
        if (column instanceof CategoricalColumn levels) {
            return frequencies(levels, rows);
        }
        boolean text = column.type() == ColumnType.TEXT || column.type() == ColumnType.IMAGE;
        double[] sorted = Arrays.stream(text ? Measures.sorted(Measures.of(column, rows)) : values)
                .filter(Double::isFinite)
                .toArray();
        double[] edges = Measures.edges(sorted, BINS);
        List<Double> boxed = DoubleStream.of(edges).boxed().toList();
        List<Double> shares = shares(counts(edges, sorted));
        if (sorted.length == 0) {
            return new Distribution(boxed, List.of(), shares, Double.NaN, Double.NaN, List.of());
        }
        double mean = Arrays.stream(sorted).average().orElse(Double.NaN);
        double squares = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum();
        List<Double> quantiles = DoubleStream.of(QUANTILES)
                .map(q -> sorted[(int) Math.round(q * (sorted.length - 1))])
                .boxed()
                .toList();
        double deviation = Math.sqrt(squares / sorted.length);
        return new Distribution(boxed, List.of(), shares, mean, deviation, quantiles);
    }

    static int[] counts(double[] edges, double[] values) {
        int[] counts = new int[edges.length + 1];
        for (double value : values) {
            counts[Measures.bin(edges, value)]++;
        }
        return counts;
    }

    static List<Double> shares(int[] counts) {
        long total = Arrays.stream(counts).asLongStream().sum();
        return Arrays.stream(counts)
                .mapToObj(count -> total == 0 ? 0 : (double) count / total)
                .toList();
    }

    private static Distribution frequencies(CategoricalColumn column, int[] rows) {
        int[] counts = new int[column.levels().size() + 1];
        for (int row : rows) {
            int code = column.code(row);
            if (code != CategoricalColumn.MISSING) {
                counts[code < 0 ? counts.length - 1 : code]++;
            }
        }
        int[] top = IntStream.range(0, counts.length - 1)
                .filter(code -> counts[code] > 0)
                .boxed()
                .sorted(Comparator.comparingInt((Integer code) -> -counts[code]))
                .limit(MOST_LEVELS)
                .mapToInt(Integer::intValue)
                .toArray();
        int[] kept = new int[top.length + 1];
        List<String> levels = new ArrayList<>();
        int rest = Arrays.stream(counts).sum();
        for (int i = 0; i < top.length; i++) {
            levels.add(column.levels().get(top[i]));
            kept[i] = counts[top[i]];
            rest -= kept[i];
        }
        kept[top.length] = rest;
        return new Distribution(List.of(), levels, shares(kept), Double.NaN, Double.NaN, List.of());
    }
}
