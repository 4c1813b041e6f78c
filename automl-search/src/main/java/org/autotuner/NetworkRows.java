package org.autotuner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.autotuner.budget.Deadline;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.error.OptionException;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.prepare.PrepareContext;
import org.autotuner.prepare.Prepared;
import org.autotuner.score.Link;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;
import org.autotuner.train.NetworkData;
import org.autotuner.train.RowArray;
import org.jspecify.annotations.Nullable;

/** The rows of a network search in three parts, with their task; immutable. */
final class NetworkRows {

    /** One part: rows, and the truth and weights that a metric takes. */
    record Part(NetworkData data, Target truth, Weights weights) {}

    private final Task task;
    private final Part training;
    private final Part validation;
    private final Part heldOut;
    private final @Nullable UnaryOperator<Table> aligning;
    private final @Nullable FittedPreparation preparation;

    private NetworkRows(
            Task task,
            Part training,
            Part validation,
            Part heldOut,
            @Nullable UnaryOperator<Table> aligning,
            @Nullable FittedPreparation preparation) {
        this.task = task;
        this.training = training;
        this.validation = validation;
        this.heldOut = heldOut;
        this.aligning = aligning;
        this.preparation = preparation;
    }

    static NetworkRows of(
            NetworkData data, List<String> labels, double validationShare, double heldOutShare, long seed) {
        Task task = task(data, labels);
        Target truth = truth(data);
        List<int[]> parts = split(truth, task, data.rows(), validationShare, heldOutShare, seed);
        return new NetworkRows(
                task,
                part(data.subset(parts.get(0))),
                part(data.subset(parts.get(1))),
                part(data.subset(parts.get(2))),
                null,
                null);
    }

    /** The preparation is fitted on the training rows alone. */
    static NetworkRows of(Table table, String target, double validationShare, double heldOutShare, long seed) {
        Task task = Tasks.infer(table, target).task();
        Target truth = Tasks.encode(task, table);
        List<int[]> parts = split(truth, task, table.rowCount(), validationShare, heldOutShare, seed);
        Table features = table.withRole(target, Role.TARGET).features();
        UnaryOperator<Table> aligning = features.schema()::align;
        Table first = table.rows(parts.get(0));
        Prepared prepared = PreparationPlan.forKernels()
                .fit(
                        features.rows(parts.get(0)),
                        Tasks.encode(task, first),
                        Tasks.weights(first),
                        new PrepareContext(task, seed, Deadline.never()));
        FittedPreparation preparation = prepared.preparation();
        List<Part> made = new ArrayList<>();
        for (int[] rows : parts) {
            Table some = table.rows(rows);
            // the training rows' own statistics of the target leave each row's own target out
            FeatureMatrix matrix = made.isEmpty() ? prepared.features() : preparation.transform(features.rows(rows));
            NetworkData inputs = NetworkData.of(dense(matrix));
            Target own = Tasks.encode(task, some);
            NetworkData full = task.isClassification() ? inputs.withLabels(ints(own)) : inputs.withValues(floats(own));
            Weights weights = Tasks.weights(some);
            made.add(part(weights.isNone() ? full : full.withWeights(floats(weights, rows.length))));
        }
        return new NetworkRows(task, made.get(0), made.get(1), made.get(2), aligning, preparation);
    }

    Task task() {
        return task;
    }

    Part training() {
        return training;
    }

    Part validation() {
        return validation;
    }

    Part heldOut() {
        return heldOut;
    }

    /** The rows of a table as the network takes them. */
    RowArray[] inputs(Table table) {
        FittedPreparation fitted = preparation;
        UnaryOperator<Table> schema = aligning;
        if (fitted == null || schema == null) {
            throw new OptionException("The network was trained on arrays: predict arrays, not a table.");
        }
        return new RowArray[] {dense(fitted.transform(schema.apply(table)))};
    }

    /** Predictions from a network's outputs: probabilities by softmax, or by the sigmoid of a single output. */
    Predictions predictions(float[] outputs, int rows) {
        int width = outputs.length / rows;
        if (!task.isClassification()) {
            double[] values = new double[outputs.length];
            Arrays.setAll(values, i -> outputs[i]);
            return Predictions.of(task, values);
        }
        Link link = width == 1 ? Link.SIGMOID : Link.SOFTMAX;
        int first = width - task.outputs(); // of two classes the second one's share is the prediction
        double[] shares = new double[rows * task.outputs()];
        double[] line = new double[width];
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < width; k++) {
                line[k] = outputs[row * width + k];
            }
            link.apply(line, width);
            System.arraycopy(line, first, shares, row * task.outputs(), task.outputs());
        }
        return Predictions.of(task, shares);
    }

    private static Task task(NetworkData data, List<String> labels) {
        if (data.labels().isEmpty()) {
            if (data.values().isEmpty()) {
                throw new OptionException("data needs labels or values as targets: withLabels, or withValues.");
            }
            return new RegressionTask("value");
        }
        return labels.size() == 2
                ? new BinaryTask("label", labels.get(0), labels.get(1))
                : new MulticlassTask("label", labels);
    }

    private static Part part(NetworkData data) {
        double[] weights = data.weights()
                .map(given -> {
                    double[] wide = new double[given.length];
                    Arrays.setAll(wide, i -> given[i]);
                    return wide;
                })
                .orElseGet(() -> new double[0]);
        return new Part(data, truth(data), weights.length == 0 ? Weights.none() : Weights.of(weights));
    }

    private static Target truth(NetworkData data) {
        return data.labels().map(Target::ofLabels).orElseGet(() -> {
            float[] values = data.values().orElseThrow();
            double[] wide = new double[values.length];
            Arrays.setAll(wide, i -> values[i]);
            return Target.ofValues(wide);
        });
    }

    /** Training, validation and held-out rows, each in rising order; each label in the same shares. */
    private static List<int[]> split(
            Target truth, Task task, int rows, double validationShare, double heldOutShare, long seed) {
        int groups = task.isClassification() ? task.labels().size() : 1;
        List<List<Integer>> byLabel = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            byLabel.add(new ArrayList<>());
        }
        for (int row = 0; row < rows; row++) {
            int group = task.isClassification() ? truth.label(row) : 0;
            if (group >= groups) {
                throw new OptionException(
                        "Row %d has label %d, but only %d label names are given.".formatted(row, group, groups));
            }
            byLabel.get(group).add(row);
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<List<Integer>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (List<Integer> members : byLabel) {
            for (int i = members.size() - 1; i > 0; i--) {
                Collections.swap(members, i, random.nextInt(i + 1));
            }
            int held = (int) Math.round(members.size() * heldOutShare);
            int validated = (int) Math.round(members.size() * validationShare);
            parts.get(2).addAll(members.subList(0, held));
            parts.get(1).addAll(members.subList(held, held + validated));
            parts.get(0).addAll(members.subList(held + validated, members.size()));
        }
        if (parts.stream().anyMatch(List::isEmpty)) {
            throw new OptionException(
                    "%d rows are too few for training, validation (share %s) and held-out rows (share %s)."
                            .formatted(rows, validationShare, heldOutShare));
        }
        return parts.stream()
                .map(part -> part.stream().mapToInt(row -> row).sorted().toArray())
                .toList();
    }

    private static RowArray dense(FeatureMatrix features) {
        return RowArray.of(features.denseArray(), features.width());
    }

    private static int[] ints(Target target) {
        int[] labels = new int[target.size()];
        Arrays.setAll(labels, target::label);
        return labels;
    }

    private static float[] floats(Target target) {
        float[] values = new float[target.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = (float) target.value(row);
        }
        return values;
    }

    private static float[] floats(Weights weights, int rows) {
        float[] values = new float[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = (float) weights.at(row);
        }
        return values;
    }
}
