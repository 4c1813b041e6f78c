package org.autotuner.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.Column;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;

/** Makes tasks from tables, and true values from target columns. */
public final class Tasks {

    private Tasks() {}

    /**
     * Finds out what is to be predicted.
     *
     * @throws DataException if the column cannot be a target, lacks values, is constant, or may be read in two ways
     */
    public static TaskInference infer(Table table, String targetName) {
        return new TaskInferrer(table, targetName).infer();
    }

    /**
     * Two classes, whose positive label is given.
     *
     * @throws DataException if the column does not hold exactly two labels, or this one is not among them
     */
    public static BinaryTask binary(Table table, String target, String positive) {
        List<String> labels = labels(table, target);
        if (labels.size() != 2 || !labels.contains(positive)) {
            throw new DataException(
                    "Column '%s' should hold two labels with '%s' among them, but it holds %s. Name another positive label, or pass a multiclass task."
                            .formatted(target, positive, preview(labels)));
        }
        return new BinaryTask(target, labels.get(labels.indexOf(positive) == 0 ? 1 : 0), positive);
    }

    /**
     * Classes, in the order of numbers, or of text where the labels are not numbers.
     *
     * @throws DataException if the column holds fewer than two labels
     */
    public static MulticlassTask multiclass(Table table, String target) {
        List<String> labels = labels(table, target);
        if (labels.size() < 2) {
            throw new DataException("Column '%s' holds only the label %s: there is nothing to tell apart."
                    .formatted(target, preview(labels)));
        }
        return new MulticlassTask(target, labels);
    }

    /** A real value. */
    public static RegressionTask regression(String target) {
        return new RegressionTask(target);
    }

    /**
     * A real value in a table's column.
     *
     * @throws DataException if the column is not numeric, or a cell is missing or infinite
     */
    public static RegressionTask regression(Table table, String target) {
        RegressionTask task = new RegressionTask(target);
        encode(task, table);
        return task;
    }

    /**
     * Classes, whatever the type of the column: binary with two labels (the positive one is chosen as by {@link #infer}),
     * else multiclass.
     *
     * @throws DataException if the column holds fewer than two labels or lacks values
     */
    public static Task classification(Table table, String target) {
        MulticlassTask task = multiclass(table, target);
        return task.labels().size() == 2
                ? new TaskInferrer(table, target).binary().task()
                : task;
    }

    /**
     * Quantiles of a real value in a table's column; levels strictly increasing within (0, 1).
     *
     * @throws DataException if the column is not numeric, or a cell is missing or infinite
     */
    public static QuantileTask quantile(Table table, String target, List<Double> levels) {
        QuantileTask task = new QuantileTask(target, levels);
        encode(task, table);
        return task;
    }

    /** Quantiles of a real value; levels strictly increasing within (0, 1). */
    public static QuantileTask quantile(String target, double... levels) {
        List<Double> list = new ArrayList<>();
        for (double level : levels) {
            list.add(level);
        }
        return new QuantileTask(target, list);
    }

    /**
     * The true values of a table's target column.
     *
     * @throws DataException if a cell is missing, infinite, not a number (regression) or an unknown label, with its row
     */
    public static Target encode(Task task, Table table) {
        return new TargetEncoder(task, table).encode();
    }

    /**
     * The weights in the column whose role is WEIGHT, or none.
     *
     * @throws DataException if the column is not numeric, or a weight is missing, negative or infinite, with its row
     */
    public static Weights weights(Table table) {
        for (int i = 0; i < table.columnCount(); i++) {
            if (table.schema().fields().get(i).role() == Role.WEIGHT) {
                return weights(table.column(i), table.schema().fields().get(i).name());
            }
        }
        return Weights.none();
    }

    private static Weights weights(Column column, String name) {
        if (!(column instanceof NumericColumn numbers)) {
            throw new DataException("The weight column '%s' is %s, but it must be numeric. Convert it to numbers."
                    .formatted(name, column.type()));
        }
        double[] values = new double[numbers.size()];
        double sum = 0;
        for (int row = 0; row < values.length; row++) {
            values[row] = numbers.number(row);
            if (!(values[row] >= 0) || Double.isInfinite(values[row])) {
                throw new DataException(
                        "The weight in column '%s', row %d, is %s, but it must be a finite number of at least 0. Correct or drop the row."
                                .formatted(name, row, values[row]));
            }
            sum += values[row];
        }
        if (values.length > 0 && sum == 0) {
            throw new DataException("All weights in column '%s' are 0: at least one must be positive.".formatted(name));
        }
        return Weights.of(values);
    }

    /** Writes a task as {@link #read} reads it. */
    public static void write(Task task, Node node) {
        node.put("kind", task.kind()).put("target", task.target());
        if (task instanceof QuantileTask quantile) {
            node.put(
                    "levels",
                    quantile.levels().stream().mapToDouble(Double::doubleValue).toArray());
        } else {
            node.putTexts("labels", task.labels());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws org.autotuner.error.BundleException if it is damaged
     */
    public static Task read(Node node) {
        String target = node.text("target");
        String kind = node.text("kind");
        try {
            if (kind.equals("quantile")) {
                return quantile(target, node.doubles("levels"));
            }
            List<String> labels = node.texts("labels");
            if (kind.equals("regression") && labels.isEmpty()) {
                return regression(target);
            }
            if (kind.equals("multiclass")) {
                return new MulticlassTask(target, labels);
            }
            if (kind.equals("binary") && labels.size() == 2) {
                return new BinaryTask(target, labels.get(0), labels.get(1));
            }
        } catch (IllegalArgumentException damaged) {
            throw node.wrong("kind", "does not fit: " + damaged.getMessage());
        }
        throw node.wrong("kind", "is '%s' with labels that do not fit".formatted(kind));
    }

    static String preview(List<String> labels) {
        return labels.size() <= 10
                ? labels.toString()
                : labels.subList(0, 10) + " and " + (labels.size() - 10) + " more";
    }

    private static List<String> labels(Table table, String target) {
        LabelCells cells = LabelCells.of(table.column(target), target);
        cells.requireNoneMissing();
        return sorted(cells.counts().keySet());
    }

    static List<String> sorted(java.util.Collection<String> labels) {
        List<String> sorted = new ArrayList<>(labels);
        boolean numbers = sorted.stream().allMatch(Tasks::isNumber);
        sorted.sort(
                numbers
                        ? Comparator.<String>comparingDouble(Double::parseDouble)
                                .thenComparing(Comparator.naturalOrder())
                        : Comparator.naturalOrder());
        return sorted;
    }

    private static boolean isNumber(String label) {
        return label.matches("[-+]?\\d{1,15}(\\.\\d{1,15})?([eE][-+]?\\d{1,3})?");
    }
}
