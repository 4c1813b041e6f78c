package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.Deadline;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.DateTimeColumn;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;

/** Tables of all column types with missing cells, infinities and unseen levels. */
final class RandomTables {

    static final Task BINARY = new BinaryTask("y", "no", "yes");

    private RandomTables() {}

    static PrepareContext context(Task task, long seed) {
        return new PrepareContext(task, seed, Deadline.never());
    }

    static List<PreparationPlan> plans() {
        List<PreparationPlan> plans = new ArrayList<>();
        for (PreparationPlan plan : List.of(
                PreparationPlan.forTrees(),
                PreparationPlan.forTrees().withoutCodes(),
                PreparationPlan.forTrees().withArithmetic(),
                PreparationPlan.forLinear(),
                PreparationPlan.forKernels(),
                PreparationPlan.forLinear().withNumeric(NumericEncoding.STANDARD),
                PreparationPlan.forKernels().withNumeric(NumericEncoding.QUANTILE))) {
            plans.add(plan);
            plans.add(plan.withTargetStatistics(false));
            plans.add(plan.withTargetStatistics(true));
        }
        return plans;
    }

    static Table table(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] real = new double[rows];
        double[] whole = new double[rows];
        double[] odd = new double[rows];
        long[] dates = new long[rows];
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            real[i] = random.nextInt(8) == 0 ? Double.NaN : random.nextGaussian() * 10;
            whole[i] = random.nextInt(40);
            odd[i] = i % 3 == 0 ? Double.POSITIVE_INFINITY : i % 3 == 1 ? Double.MAX_VALUE : -random.nextDouble();
            dates[i] = random.nextInt(9) == 0
                    ? DateTimeColumn.MISSING
                    : random.nextLong(-2_000_000_000_000L, 4_000_000_000_000L);
            texts.add(random.nextInt(9) == 0 ? null : words(random));
        }
        return Table.builder()
                .column("real", NumericColumn.of(real))
                .column("whole", NumericColumn.of(whole))
                .column("odd", NumericColumn.of(odd))
                .column("few", codes(random, rows, 4))
                .column("some", codes(random, rows, 30))
                .column("many", codes(random, rows, 150))
                .column("date", DateTimeColumn.of(dates))
                .column("text", TextColumn.of(texts))
                .build();
    }

    private static String words(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(7); i >= 0; i--) {
            text.append("Word").append(random.nextInt(30)).append(i % 2 == 0 ? ", " : "! 7 ");
        }
        return text.toString();
    }

    /** Codes of which some are missing, some unseen and some of levels that hardly occur. */
    private static CategoricalColumn codes(SplittableRandom random, int rows, int levels) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < levels; i++) {
            names.add("level" + i);
        }
        int[] codes = new int[rows];
        for (int i = 0; i < rows; i++) {
            codes[i] = random.nextInt(levels + 2) - 2;
        }
        return CategoricalColumn.of(codes, names);
    }

    static Task task(int kind) {
        return kind == 0
                ? BINARY
                : kind == 1 ? new MulticlassTask("y", List.of("a", "b", "c")) : new RegressionTask("y");
    }

    static Target target(Task task, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        if (task.isClassification()) {
            return Target.ofLabels(random.ints(rows, 0, task.labels().size()).toArray());
        }
        return Target.ofValues(random.doubles(rows).toArray());
    }
}
