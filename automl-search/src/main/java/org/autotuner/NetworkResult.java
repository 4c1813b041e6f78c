package org.autotuner;

import java.util.List;
import org.autotuner.data.Table;
import org.autotuner.metric.ConfusionMatrix;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.predict.Predictions;
import org.autotuner.space.Configuration;
import org.autotuner.study.Trial;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Task;
import org.autotuner.train.RowArray;
import org.autotuner.train.TrainedNetwork;

/**
 * The best network of a {@link NetworkSearch}, how it was found, and how good it is on the rows that neither training nor
 * tuning saw. Thread-safe as {@link TrainedNetwork} is. Has native memory: close it.
 */
public final class NetworkResult implements AutoCloseable {

    private final StudyResult study;
    private final TrainedNetwork network;
    private final NetworkRows rows;
    private final Predictions heldOut;

    NetworkResult(StudyResult study, TrainedNetwork network, NetworkRows rows) {
        this.study = study;
        this.network = network;
        this.rows = rows;
        this.heldOut = predict(rows.heldOut().data().inputs().toArray(new RowArray[0]));
    }

    /** All trials, with the values of the metric on the validation rows. */
    public StudyResult study() {
        return study;
    }

    public List<Trial> trials() {
        return study.trials();
    }

    public Configuration bestConfiguration() {
        return study.bestConfiguration();
    }

    /** The network, to save its parameters or to see its raw outputs; closed with this result. */
    public TrainedNetwork network() {
        return network;
    }

    /** What was predicted: labels, or values. */
    public Task task() {
        return rows.task();
    }

    /**
     * Predicts arrays.
     *
     * @param inputs in the order and of the forms of the training
     * @throws org.autotuner.error.DataException if they have another form
     */
    public Predictions predict(RowArray... inputs) {
        return rows.predictions(network.outputs(inputs), inputs[0].rows());
    }

    /**
     * Predicts the rows of a table, if it was trained on one.
     *
     * @throws org.autotuner.error.OptionException if it was trained on arrays
     * @throws org.autotuner.error.DataException if the table does not fit that of the training
     */
    public Predictions predict(Table table) {
        return predict(rows.inputs(table));
    }

    /** The predictions of the held-out rows. */
    public Predictions heldOutPredictions() {
        return heldOut;
    }

    /** A metric on the held-out rows. */
    public double score(Metric metric) {
        return metric.score(rows.heldOut().truth(), heldOut, rows.heldOut().weights());
    }

    /** Share of the held-out rows that got their label. */
    public double accuracy() {
        return score(Metrics.accuracy());
    }

    /** F1 on the held-out rows: that of the positive label of two, else the mean over the labels. */
    public double f1() {
        return score(rows.task() instanceof BinaryTask ? Metrics.f1() : Metrics.f1Macro());
    }

    /**
     * The held-out rows by true and predicted label.
     *
     * @throws IllegalStateException if values were predicted
     */
    public ConfusionMatrix confusionMatrix() {
        if (!rows.task().isClassification()) {
            throw new IllegalStateException(
                    "A %s task has no confusion matrix.".formatted(rows.task().kind()));
        }
        return ConfusionMatrix.of(
                rows.heldOut().truth(), heldOut, rows.heldOut().weights());
    }

    @Override
    public void close() {
        network.close();
    }
}
