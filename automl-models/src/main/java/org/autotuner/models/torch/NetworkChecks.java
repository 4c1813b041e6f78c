package org.autotuner.models.torch;

import org.autotuner.train.Loss;

/** Checks in Java what native code would end the process for. */
final class NetworkChecks {

    private NetworkChecks() {}

    static void check(NetworkPlan plan, NetworkRows rows) {
        length("numbers", rows.numbers().length, rows.rows(), plan.numbers());
        length("codes", rows.codes().length, rows.rows(), plan.codes());
        for (int i = 0; i < rows.numbers().length; i++) {
            if (!Float.isFinite(rows.numbers()[i])) {
                throw new IllegalArgumentException("Number %d of row %d is %s. Impute missing numbers first."
                        .formatted(i % plan.numbers(), i / plan.numbers(), rows.numbers()[i]));
            }
        }
        int[] levels = levels(plan);
        for (int i = 0; i < rows.codes().length; i++) {
            int code = rows.codes()[i];
            if (code < 0 || code >= levels[i % plan.codes()]) {
                throw new IllegalArgumentException("Code %d of row %d is %d, but its table has %d levels."
                        .formatted(i % plan.codes(), i / plan.codes(), code, levels[i % plan.codes()]));
            }
        }
    }

    static void check(NetworkPlan plan, NetworkRows rows, NetworkTargets targets, Loss loss) {
        check(plan, rows);
        if (rows.rows() < 1 || targets.rows() != rows.rows()) {
            throw new IllegalArgumentException(
                    "%d rows of inputs, but %d targets.".formatted(rows.rows(), targets.rows()));
        }
        if (targets.weights().length != 0) {
            length("weights", targets.weights().length, rows.rows(), 1);
        }
        for (int row = 0; row < targets.weights().length; row++) {
            if (!(targets.weights()[row] >= 0) || Float.isInfinite(targets.weights()[row])) {
                throw new IllegalArgumentException(
                        "The weight of row %d is %s.".formatted(row, targets.weights()[row]));
            }
        }
        if (loss instanceof Loss.CrossEntropy entropy
                && !entropy.classWeights().isEmpty()
                && entropy.classWeights().size() != plan.outputs()) {
            throw new IllegalArgumentException("%d class weights, but %d outputs."
                    .formatted(entropy.classWeights().size(), plan.outputs()));
        }
        boolean isBinary =
                loss instanceof Loss.BinaryCrossEntropy || (loss instanceof Loss.Focal && plan.outputs() == 1);
        if (targets.hasLabels() && (!loss.isClassification() || isBinary)) {
            throw new IllegalArgumentException("The loss %s takes values, not labels.".formatted(loss));
        }
        for (int row = 0; row < targets.labels().length; row++) {
            if (targets.labels()[row] < 0 || targets.labels()[row] >= plan.outputs()) {
                throw new IllegalArgumentException("The label of row %d is %d, but there are %d outputs."
                        .formatted(row, targets.labels()[row], plan.outputs()));
            }
        }
        if (!targets.hasLabels()) {
            int wanted = loss instanceof Loss.Pinball || isBinary ? 1 : plan.outputs();
            if (targets.width() != wanted) {
                throw new IllegalArgumentException(
                        "%d target values per row, but the loss %s takes %d.".formatted(targets.width(), loss, wanted));
            }
            for (int i = 0; i < targets.values().length; i++) {
                if (!Float.isFinite(targets.values()[i])) {
                    throw new IllegalArgumentException(
                            "The target of row %d is %s.".formatted(i / targets.width(), targets.values()[i]));
                }
            }
        }
    }

    private static int[] levels(NetworkPlan plan) {
        int[] levels = new int[plan.codes()];
        int column = 0;
        if (plan.layers().get(0) instanceof Inputs inputs) {
            for (Inputs.Table table : inputs.tables()) {
                for (int i = 0; i < table.columns(); i++) {
                    levels[column++] = table.levels();
                }
            }
        }
        if (column != levels.length) {
            throw new IllegalArgumentException(
                    "%d columns of codes, but embeddings for %d.".formatted(levels.length, column));
        }
        return levels;
    }

    private static void length(String what, int length, int rows, int width) {
        if (length != (long) rows * width) {
            throw new IllegalArgumentException("%d %s are not %d rows x %d.".formatted(length, what, rows, width));
        }
    }
}
