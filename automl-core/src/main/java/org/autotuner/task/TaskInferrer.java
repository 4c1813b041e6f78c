package org.autotuner.task;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.autotuner.data.Column;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.autotuner.error.DataException;

/** The rules by which a target column becomes a task. */
final class TaskInferrer {

    /** Words that usually name the case one looks for. */
    private static final List<String> POSITIVE = List.of(
            "yes", "true", "1", "positive", "pos", "y", "t", "bad", "fraud", "default", "spam", "churn", "sick");
    /** Up to this many small whole numbers may be codes of classes as well as counts. */
    private static final int AMBIGUOUS_VALUES = 10;

    private static final int AMBIGUOUS_ROWS = 100;

    private final Table table;
    private final String name;
    private final Column column;

    TaskInferrer(Table table, String name) {
        this.table = table;
        this.name = name;
        this.column = table.column(name);
    }

    TaskInference infer() {
        if (table.rowCount() == 0) {
            throw new DataException("The table has no rows, so there is nothing to learn '%s' from.".formatted(name));
        }
        if (column instanceof TextColumn) {
            throw new DataException(
                    "The target '%s' is free text, which cannot be predicted. If its texts are labels, read the column as categorical or pass a multiclass task."
                            .formatted(name));
        }
        LabelCells cells = LabelCells.of(column, name);
        cells.requireNoneMissing();
        Map<String, Integer> counts = cells.counts();
        if (counts.size() == 1) {
            throw new DataException(
                    "The target '%s' is '%s' in all %d rows: there is nothing to learn. Add rows with other values, or name another target."
                            .formatted(name, counts.keySet().iterator().next(), table.rowCount()));
        }
        if (counts.size() == 2) {
            return binary(counts);
        }
        if (column instanceof NumericColumn numbers) {
            return numeric(numbers, counts);
        }
        return new TaskInference(
                new MulticlassTask(name, Tasks.sorted(counts.keySet())),
                "multiclass, because '%s' has %d labels".formatted(name, counts.size()));
    }

    /** Two labels, in a column of any type that has no missing cells. */
    TaskInference binary() {
        return binary(LabelCells.of(column, name).counts());
    }

    private TaskInference binary(Map<String, Integer> counts) {
        List<String> labels = Tasks.sorted(counts.keySet());
        String first = labels.get(0);
        String second = labels.get(1);
        boolean firstKnown = POSITIVE.contains(first.toLowerCase(Locale.ROOT));
        boolean secondKnown = POSITIVE.contains(second.toLowerCase(Locale.ROOT));
        boolean secondIsPositive;
        String why;
        if (firstKnown != secondKnown) {
            secondIsPositive = secondKnown;
            why = "by its name";
        } else {
            int difference = counts.getOrDefault(first, 0) - counts.getOrDefault(second, 0);
            secondIsPositive = difference >= 0;
            why = difference == 0 ? "as the last of two equally frequent labels" : "as the rarer label";
        }
        String positive = secondIsPositive ? second : first;
        return new TaskInference(
                new BinaryTask(name, secondIsPositive ? first : second, positive),
                "binary, because '%s' has two values; '%s' is the positive label %s".formatted(name, positive, why));
    }

    private TaskInference numeric(NumericColumn numbers, Map<String, Integer> counts) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        boolean whole = true;
        for (int row = 0; row < numbers.size(); row++) {
            double value = numbers.number(row);
            low = Math.min(low, value);
            high = Math.max(high, value);
            whole &= value == Math.rint(value);
        }
        if (Double.isInfinite(low) || Double.isInfinite(high)) {
            Tasks.encode(new RegressionTask(name), table); // says which row
        }
        boolean contiguous = whole && low >= 0 && high - low + 1 == counts.size();
        if (contiguous && counts.size() <= AMBIGUOUS_VALUES && numbers.size() >= AMBIGUOUS_ROWS) {
            throw new DataException(
                    "The target '%s' holds the whole numbers %.0f to %.0f: they may be classes or amounts. Pass the task: Tasks.multiclass(table, \"%s\") or Tasks.regression(\"%s\")."
                            .formatted(name, low, high, name, name));
        }
        return new TaskInference(
                new RegressionTask(name),
                "regression, because '%s' is numeric with %d different values".formatted(name, counts.size()));
    }
}
