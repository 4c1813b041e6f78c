package org.autotuner.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.autotuner.budget.Deadline;
import org.autotuner.data.Table;
import org.autotuner.metric.Metric;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/**
 * How much the error grows when the cells of one column are shuffled (Breiman 2001), per column of the table.
 *
 * @param metric name of the metric
 * @param columns most important first
 * @param repeats how often every column was shuffled before the deadline; 0 if there was no time for one round
 */
public record PermutationImportance(String metric, List<ColumnImportance> columns, int repeats) {

    public PermutationImportance {
        columns = List.copyOf(columns);
    }

    /**
     * One column.
     *
     * @param importance mean growth of the error; about 0 or below for a column that does not help
     * @param low lower end of the 90 % interval of the mean over repeats (Student's t); NaN with one repeat
     */
    public record ColumnImportance(String column, double importance, double low, double high) {}

    /** 95 % quantiles of Student's t with 1, 2, ... degrees of freedom. */
    private static final List<Double> STUDENT = List.of(
            6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753,
            1.746, 1.740, 1.734, 1.729, 1.725, 1.721, 1.717, 1.714, 1.711, 1.708, 1.706, 1.703, 1.701, 1.699, 1.697);

    private static final double NORMAL = 1.645;

    /**
     * Shuffles each feature column of a table in turn.
     *
     * @param predictor a model; called with tables that have the same columns as {@code table}
     * @param repeats rounds over all columns, at least 1; 5 to 10 are usual
     * @param deadline the round in progress is given up when it ends
     */
    public static PermutationImportance of(
            Function<Table, Predictions> predictor,
            Table table,
            Target truth,
            Weights weights,
            Metric metric,
            int repeats,
            long seed,
            Deadline deadline) {
        if (repeats < 1) {
            throw new IllegalArgumentException("At least one repeat is needed, but %d were asked.".formatted(repeats));
        }
        List<String> names = table.schema().features().names();
        double base = metric.error(truth, predictor.apply(table), weights);
        double[][] drops = new double[names.size()][repeats];
        RandomGenerator random = new SplittableRandom(seed);
        int done = 0;
        while (done < repeats
                && shuffleAll(predictor, table, names, truth, weights, metric, base, drops, done, random, deadline)) {
            done++;
        }
        List<ColumnImportance> columns = new ArrayList<>();
        for (int c = 0; c < names.size() && done > 0; c++) {
            columns.add(summarise(names.get(c), Arrays.copyOf(drops[c], done)));
        }
        columns.sort(Comparator.comparingDouble(ColumnImportance::importance).reversed());
        return new PermutationImportance(metric.name(), columns, done);
    }

    private static boolean shuffleAll(
            Function<Table, Predictions> predictor,
            Table table,
            List<String> names,
            Target truth,
            Weights weights,
            Metric metric,
            double base,
            double[][] drops,
            int repeat,
            RandomGenerator random,
            Deadline deadline) {
        int[] rows = shuffled(table.rowCount(), random);
        for (int c = 0; c < names.size(); c++) {
            if (deadline.isOver()) {
                return false;
            }
            String name = names.get(c);
            Table changed = table.withColumn(name, table.column(name).select(rows));
            drops[c][repeat] = metric.error(truth, predictor.apply(changed), weights) - base;
        }
        return true;
    }

    private static ColumnImportance summarise(String name, double[] drops) {
        double mean = Arrays.stream(drops).average().orElse(Double.NaN);
        if (drops.length < 2) {
            return new ColumnImportance(name, mean, Double.NaN, Double.NaN);
        }
        double squares = 0;
        for (double drop : drops) {
            squares += (drop - mean) * (drop - mean);
        }
        int freedom = drops.length - 1;
        double t = freedom <= STUDENT.size() ? STUDENT.get(freedom - 1) : NORMAL;
        double half = t * Math.sqrt(squares / freedom / drops.length);
        return new ColumnImportance(name, mean, mean - half, mean + half);
    }

    private static int[] shuffled(int size, RandomGenerator random) {
        int[] rows = new int[size];
        Arrays.setAll(rows, i -> i);
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = rows[i];
            rows[i] = rows[j];
            rows[j] = kept;
        }
        return rows;
    }

    /** A text table. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "growth of the error (%s) when shuffled, %d repeats%n", metric, repeats));
        for (ColumnImportance column : columns) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-28s %10.5f [%.5f, %.5f]%n",
                    column.column(),
                    column.importance(),
                    column.low(),
                    column.high()));
        }
        return text.toString();
    }
}
