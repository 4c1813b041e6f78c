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
import org.autotuner.data.Column;
import org.autotuner.data.Table;
import org.autotuner.predict.Predictions;
import org.jspecify.annotations.Nullable;

/**
 * Which inputs moved one prediction: Shapley values by sampling orders of the columns (Strumbelj and Kononenko 2014,
 * "Explaining prediction models and individual predictions with feature contributions"). A column's contribution is the
 * mean change of the output when its background value is replaced by the row's own.
 *
 * @param output what is explained, such as {@code probability of yes}
 * @param prediction the model's output for the row
 * @param mean the model's mean output over the background rows drawn; mean + contributions = prediction
 * @param contributions the largest in size first
 */
public record LocalExplanation(String output, double prediction, double mean, List<Contribution> contributions) {

    public LocalExplanation {
        contributions = List.copyOf(contributions);
    }

    /**
     * What one column did.
     *
     * @param value the row's cell as text; {@code missing} without one
     */
    public record Contribution(String column, String value, double amount) {}

    /**
     * Explains one output of one row. Costs {@code samples} x (feature columns + 1) predictions, in batches.
     *
     * @param predictor a model; called with tables that have the columns of {@code table}
     * @param row the row to explain
     * @param background rows to compare with, typically training rows; same columns
     * @param output number of the output (for binary tasks 0 is the probability of the positive label)
     * @param samples orders drawn, at least 1; 50 to 200 are usual
     * @param deadline fewer orders are drawn if it ends before; one is always drawn
     */
    public static LocalExplanation of(
            Function<Table, Predictions> predictor,
            Table table,
            int row,
            Table background,
            int output,
            int samples,
            long seed,
            Deadline deadline) {
        if (samples < 1 || background.rowCount() == 0) {
            throw new IllegalArgumentException("Needed: a sample and a background row; given: %d and %d."
                    .formatted(samples, background.rowCount()));
        }
        List<String> names = table.schema().features().names();
        Table both = table.rows(new int[] {row}).append(background);
        double[] sums = new double[names.size()];
        double start = 0;
        double end = 0;
        String title = "";
        RandomGenerator random = new SplittableRandom(seed);
        int drawn = 0;
        while (drawn < samples && (drawn == 0 || !deadline.isOver())) {
            int other = 1 + random.nextInt(background.rowCount());
            int[] order = order(names.size(), random);
            Predictions walk = predictor.apply(walk(both, names, order, other));
            for (int step = 0; step < order.length; step++) {
                sums[order[step]] += walk.output(step + 1, output) - walk.output(step, output);
            }
            start += walk.output(0, output);
            end = walk.output(order.length, output);
            title = title(walk, output);
            drawn++;
        }
        List<Contribution> contributions = new ArrayList<>();
        for (int c = 0; c < sums.length; c++) {
            @Nullable Object value = table.column(names.get(c)).value(row);
            contributions.add(
                    new Contribution(names.get(c), value == null ? "missing" : value.toString(), sums[c] / drawn));
        }
        contributions.sort(Comparator.comparingDouble((Contribution c) -> -Math.abs(c.amount())));
        return new LocalExplanation(title, end, start / drawn, contributions);
    }

    /** Row 0 is the background row, each next row has one more column of the explained row (row 0 of {@code both}). */
    private static Table walk(Table both, List<String> names, int[] order, int other) {
        int[] turn = new int[order.length];
        for (int step = 0; step < order.length; step++) {
            turn[order[step]] = step;
        }
        int[] all = new int[order.length + 1];
        Table walk = both.rows(all);
        for (int c = 0; c < names.size(); c++) {
            int[] rows = new int[order.length + 1];
            Arrays.fill(rows, 0, turn[c] + 1, other);
            Column mixed = both.column(names.get(c)).select(rows);
            walk = walk.withColumn(names.get(c), mixed);
        }
        return walk;
    }

    private static int[] order(int size, RandomGenerator random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static String title(Predictions predictions, int output) {
        List<String> labels = predictions.task().labels();
        if (labels.isEmpty()) {
            return predictions.task().target();
        }
        return "probability of " + labels.get(predictions.task().outputs() == 1 ? 1 : output);
    }

    /** A text table. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%s: %.4f, where the mean is %.4f, because of%n", output, prediction, mean));
        for (Contribution contribution : contributions) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %+10.4f  %s = %s%n",
                    contribution.amount(),
                    contribution.column(),
                    contribution.value()));
        }
        return text.toString();
    }
}
