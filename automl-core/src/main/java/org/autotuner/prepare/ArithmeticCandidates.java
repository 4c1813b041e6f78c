package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.autotuner.data.Column;
import org.autotuner.data.ColumnType;
import org.autotuner.prepare.NumberPair.Operation;

/**
 * What columns hold in some rows, and what can be made of two of them. Bounded: the best {@value #NUMBERS} numbers are
 * combined.
 */
final class ArithmeticCandidates {

    static final int NUMBERS = 20;
    private static final int CATEGORIES = 20;
    private static final int FEWEST_RANGES = 4;
    private static final int MOST_RANGES = 32;
    private static final int MOST_FINE_RANGES = 48;
    private static final int ROWS_OF_FINE_RANGE = 60;
    private static final int GRID = 6;

    private final FitInput input;
    private final int[] rows;
    private final int ranges;
    private final int fineRanges;
    private final List<Judged> numbers;

    /** A column of numbers in the rows, and what it tells by itself. */
    private static final class Judged {
        private final int column;
        private final double[] numbers;
        private final RowLevels levels;
        private final double gain;

        Judged(int column, double[] numbers, RowLevels levels, double gain) {
            this.column = column;
            this.numbers = numbers;
            this.levels = levels;
            this.gain = gain;
        }
    }

    /** A result of two columns, of which it may be one among others. */
    record Candidate(Operation operation, int first, int second, RowLevels levels) {}

    /**
     * What can be made of two columns.
     *
     * @param grid both columns together, as coarse ranges: what any model of the two could find
     */
    record Pair(RowLevels grid, RowLevels first, RowLevels second, List<Candidate> candidates) {}

    /** Reads the columns; numbers of fewer than three different values are left out. */
    ArithmeticCandidates(FitInput input, int[] rows, Residuals residuals) {
        this.input = input;
        this.rows = rows;
        this.ranges = (int) Math.max(FEWEST_RANGES, Math.min(MOST_RANGES, Math.round(Math.sqrt(rows.length) / 3)));
        this.fineRanges = Math.max(ranges, Math.min(MOST_FINE_RANGES, rows.length / ROWS_OF_FINE_RANGE));
        List<Judged> all = new ArrayList<>();
        for (int column : columns(ColumnType.NUMERIC)) {
            input.deadline().check();
            Column cells = input.table().column(column);
            double[] read = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                read[i] = RawNumber.finite(cells, rows[i]);
            }
            if (hasThreeValues(read)) {
                RowLevels levels = RowLevels.ofNumbers(read, ranges);
                all.add(new Judged(column, read, levels, residuals.gain(levels).mean()));
            }
        }
        all.sort(Comparator.comparingDouble(judged -> -judged.gain));
        this.numbers = all.subList(0, Math.min(NUMBERS, all.size()));
    }

    private List<Integer> columns(ColumnType type) {
        List<Integer> columns = new ArrayList<>();
        for (int column = 0; column < input.table().columnCount(); column++) {
            if (input.table().column(column).type() == type) {
                columns.add(column);
            }
        }
        return columns;
    }

    private static boolean hasThreeValues(double[] numbers) {
        Set<Double> values = new HashSet<>();
        for (double number : numbers) {
            if (!Double.isNaN(number) && values.add(number + 0.0) && values.size() > 2) {
                return true;
            }
        }
        return false;
    }

    /** Each column by itself: the numbers that are combined, and categories. */
    List<RowLevels> alone() {
        List<RowLevels> readings = new ArrayList<>();
        numbers.forEach(number -> readings.add(number.levels));
        List<Integer> categories = columns(ColumnType.CATEGORICAL);
        for (int column : categories.subList(0, Math.min(CATEGORIES, categories.size()))) {
            input.deadline().check();
            int levels = input.table().column(column).levels().size() + 2;
            LevelSource source = new LevelSource.Categories(column, levels);
            readings.add(RowLevels.ofLevels(PairChooser.at(source, input, rows), levels, ranges));
        }
        return readings;
    }

    /** All results of all two numbers. */
    List<Pair> pairs() {
        List<RowLevels> coarse = new ArrayList<>();
        List<RowLevels> parents = new ArrayList<>();
        for (Judged number : numbers) {
            coarse.add(RowLevels.ofNumbers(number.numbers, GRID));
            parents.add(RowLevels.ofNumbers(number.numbers, Math.max(GRID, ranges / 2)));
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            for (int j = i + 1; j < numbers.size(); j++) {
                input.deadline().check();
                List<Candidate> candidates = new ArrayList<>();
                for (Operation operation : Operation.values()) {
                    candidates.add(candidate(operation, numbers.get(i), numbers.get(j)));
                }
                candidates.add(candidate(Operation.RATIO, numbers.get(j), numbers.get(i)));
                pairs.add(new Pair(
                        RowLevels.together(coarse.get(i), coarse.get(j)), parents.get(i), parents.get(j), candidates));
            }
        }
        return pairs;
    }

    private Candidate candidate(Operation operation, Judged first, Judged second) {
        double[] results = new double[rows.length];
        for (int i = 0; i < results.length; i++) {
            results[i] = operation.of(first.numbers[i], second.numbers[i]);
        }
        return new Candidate(operation, first.column, second.column, RowLevels.ofNumbers(results, fineRanges));
    }
}
