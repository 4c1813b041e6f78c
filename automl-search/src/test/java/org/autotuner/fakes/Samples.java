package org.autotuner.fakes;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.data.Table;
import org.autotuner.execute.StudyData;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.split.Fold;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;

/** Small made tables and studies. */
public final class Samples {

    private Samples() {}

    /** Columns {@code x}, {@code noise}, {@code kind} and the target {@code y}: mostly "yes" where x is above 0.5. */
    public static Table binary(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = new double[rows];
        double[] noise = new double[rows];
        String[] kind = new String[rows];
        String[] y = new String[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = random.nextDouble();
            noise[i] = random.nextDouble();
            kind[i] = List.of("a", "b", "c").get(random.nextInt(3));
            y[i] = x[i] + 0.25 * (random.nextDouble() - 0.5) > 0.5 ? "yes" : "no";
        }
        return Table.builder()
                .numeric("x", x)
                .numeric("noise", noise)
                .categorical("kind", kind)
                .categorical("y", y)
                .build();
    }

    /** Columns {@code x}, {@code noise}, {@code kind} and the target {@code y}, one of three labels by x. */
    public static Table multiclass(int rows, long seed) {
        Table table = binary(rows, seed);
        String[] labels = new String[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = List.of("low", "middle", "high").get((int) (3 * number(table, "x", i)));
        }
        return table.withColumn("y", org.autotuner.data.CategoricalColumn.ofValues(List.of(labels)));
    }

    /** Columns {@code x}, {@code noise}, {@code kind} and the target {@code y}, about 3 x + kind. */
    public static Table regression(int rows, long seed) {
        Table table = binary(rows, seed);
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = 3 * number(table, "x", i)
                    + 0.2 * number(table, "noise", i)
                    + ("a".equals(table.column("kind").value(i)) ? 1 : 0);
        }
        return table.withColumn("y", org.autotuner.data.NumericColumn.of(values));
    }

    /** The binary table as a study, whose folds are every {@code folds}-th row. */
    public static StudyData study(int rows, int folds) {
        return study(binary(rows, 7), folds, Metrics.logLoss());
    }

    /** A table's study of its target {@code y}. */
    public static StudyData study(Table table, int folds, Metric metric) {
        Task task = Tasks.infer(table, "y").task();
        Target target = Tasks.encode(task, table);
        return new StudyData(
                table.without("y"), task, target, Weights.none(), metric, folds(table.rowCount(), folds), 3);
    }

    public static List<Fold> folds(int rows, int count) {
        List<Fold> folds = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int fold = k;
            folds.add(new Fold(
                    IntStream.range(0, rows).filter(row -> row % count != fold).toArray(),
                    IntStream.range(0, rows).filter(row -> row % count == fold).toArray()));
        }
        return folds;
    }

    private static double number(Table table, String column, int row) {
        return ((org.autotuner.data.NumericColumn) table.column(column)).number(row);
    }
}
