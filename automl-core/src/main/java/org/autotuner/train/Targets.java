package org.autotuner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.autotuner.error.DataException;

/** What a network shall learn: labels, soft labels or values. Immutable as long as nobody changes the arrays. */
sealed interface Targets {

    int rows();

    Targets subset(int[] chosen);

    /** All targets on the manager's device: labels as int64, the others as rows x width. */
    NDArray on(NDManager manager);

    /** Refuses targets that do not fit a loss and the outputs that a network gives per row. */
    void requireFit(Loss loss, int outputs);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Labels(int[] labels) implements Targets {
        @Override
        public int rows() {
            return labels.length;
        }

        @Override
        public Targets subset(int[] chosen) {
            return new Labels(Arrays.stream(chosen).map(row -> labels[row]).toArray());
        }

        @Override
        public NDArray on(NDManager manager) {
            return manager.create(Arrays.stream(labels).asLongStream().toArray());
        }

        @Override
        public void requireFit(Loss loss, int outputs) {
            requireKind(loss, true, "labels");
            int classes = classesOf(loss, outputs);
            for (int row = 0; row < labels.length; row++) {
                if (labels[row] < 0 || labels[row] >= classes) {
                    throw new DataException(
                            "Row %d has label %d, but the network has %d output(s), so labels go from 0 to %d."
                                    .formatted(row, labels[row], outputs, classes - 1));
                }
            }
        }
    }

    /** Class probabilities. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record SoftLabels(float[] shares, int classes) implements Targets {
        @Override
        public int rows() {
            return shares.length / classes;
        }

        @Override
        public Targets subset(int[] chosen) {
            return new SoftLabels(rowsOf(shares, classes, chosen), classes);
        }

        @Override
        public NDArray on(NDManager manager) {
            return manager.create(shares, new Shape(rows(), classes));
        }

        @Override
        public void requireFit(Loss loss, int outputs) {
            requireKind(loss, true, "soft labels");
            if (classesOf(loss, outputs) != classes) {
                throw new DataException(
                        "Soft labels have %d classes, but the network has %d output(s).".formatted(classes, outputs));
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Values(float[] values, int width) implements Targets {
        @Override
        public int rows() {
            return values.length / width;
        }

        @Override
        public Targets subset(int[] chosen) {
            return new Values(rowsOf(values, width, chosen), width);
        }

        @Override
        public NDArray on(NDManager manager) {
            return manager.create(values, new Shape(rows(), width));
        }

        @Override
        public void requireFit(Loss loss, int outputs) {
            requireKind(loss, false, "values");
            int expected =
                    loss instanceof Loss.Pinball pinball ? pinball.levels().size() : width;
            if (outputs != expected || (loss instanceof Loss.Pinball && width != 1)) {
                throw new DataException(
                        "The network has %d output(s) per row, but %s with %d value(s) per row needs %d."
                                .formatted(outputs, loss.getClass().getSimpleName(), width, expected));
            }
        }
    }

    private static int classesOf(Loss loss, int outputs) {
        boolean isOne = loss instanceof Loss.BinaryCrossEntropy || (loss instanceof Loss.Focal && outputs == 1);
        if (loss instanceof Loss.BinaryCrossEntropy && outputs != 1) {
            throw new DataException(
                    "Binary cross-entropy needs one output, but the network has %d.".formatted(outputs));
        }
        int classes = isOne ? 2 : outputs;
        if (loss instanceof Loss.CrossEntropy given
                && !given.classWeights().isEmpty()
                && given.classWeights().size() != classes) {
            throw new DataException("There are %d class weights, but the network has %d output(s)."
                    .formatted(given.classWeights().size(), outputs));
        }
        return classes;
    }

    private static void requireKind(Loss loss, boolean isClassification, String kind) {
        if (loss.isClassification() != isClassification) {
            throw new DataException("%s cannot learn from %s. Use %s."
                    .formatted(
                            loss.getClass().getSimpleName(),
                            kind,
                            isClassification
                                    ? "a loss for classes, or withValues"
                                    : "a loss for values, or withLabels"));
        }
    }

    private static float[] rowsOf(float[] all, int width, int[] chosen) {
        float[] some = new float[chosen.length * width];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(all, chosen[i] * width, some, i * width, width);
        }
        return some;
    }
}
