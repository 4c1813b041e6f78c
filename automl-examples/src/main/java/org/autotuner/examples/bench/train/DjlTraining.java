package org.autotuner.examples.bench.train;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.List;

/** DJL's own: blocks, {@code Trainer}, {@code EasyTrain.trainBatch}. */
public final class DjlTraining implements Training {

    private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    private final Model model = Model.newInstance("peer", Device.cpu(), "PyTorch");
    private final Trainer trainer;
    private final ArrayDataset data;
    private final int steps;

    /**
     * A training.
     *
     * @param weights initial ones, [out, in] and [out] of each layer
     */
    public DjlTraining(TrainRows rows, ComparedNetwork network, List<float[]> weights) {
        SequentialBlock block = new SequentialBlock();
        for (int layer = 0; layer < 2; layer++) {
            block.add(Linear.builder().setUnits(network.hidden()).build())
                    .add(Activation.reluBlock())
                    .add(Dropout.builder().optRate((float) network.dropout()).build());
        }
        block.add(Linear.builder().setUnits(rows.classes()).build());
        model.setBlock(block);
        trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optDevices(new Device[] {Device.cpu()})
                .optOptimizer(Optimizer.adamW()
                        .optLearningRateTracker(Tracker.fixed((float) network.rate()))
                        .optWeightDecays((float) network.decay())
                        .build()));
        trainer.initialize(new Shape(network.batch(), rows.width()));
        int next = 0;
        for (Parameter parameter : block.getParameters().values()) {
            parameter.getArray().set(weights.get(next++));
        }
        NDArray inputs = manager.create(rows.numbers(), new Shape(rows.rows(), rows.width()));
        long[] classes = java.util.Arrays.stream(rows.labels()).asLongStream().toArray();
        NDArray labels = manager.create(classes, new Shape(rows.rows(), 1));
        data = new ArrayDataset.Builder()
                .setData(inputs)
                .optLabels(labels)
                .setSampling(network.batch(), true)
                .build();
        steps = (rows.rows() + network.batch() - 1) / network.batch();
    }

    @Override
    public double stepsPerSecond() throws IOException, TranslateException {
        long start = System.nanoTime();
        for (Batch batch : trainer.iterateDataset(data)) {
            EasyTrain.trainBatch(trainer, batch);
            trainer.step();
            batch.close();
        }
        return steps / ((System.nanoTime() - start) * 1e-9);
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
        manager.close();
    }
}
