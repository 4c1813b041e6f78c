package org.autotuner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.error.TrainingDivergedException;
import org.junit.jupiter.api.Test;

class BlockLearnerTest {

    private static final NetworkData TRAIN = Networks.directions(400, 1);
    private static final NetworkData TEST = Networks.directions(200, 2);
    private static final TrainingSettings SETTINGS = TrainingSettings.of(Loss.crossEntropy())
            .withEpochs(5)
            .withBatch(32)
            .withRate(0.02)
            .withSeed(7);

    @Test
    void learnsToTellDirectionsApart() {
        try (BlockLearner learner = BlockLearner.of(Networks.dense(16, 3), TRAIN, TEST, SETTINGS.withEpochs(20))) {
            TrainingResult result = train(learner, SETTINGS.withEpochs(20));
            assertThat(result.epochs().get(19).loss())
                    .isLessThan(result.epochs().get(0).loss() / 2);
            assertThat(Networks.accuracy(learner.outputs(), TEST.labels().orElseThrow()))
                    .isGreaterThan(0.93);
        }
    }

    @Test
    void learnsValuesByAConvolution() {
        float[][] images = Networks.normal(200, 16, 3);
        float[] flat = new float[200 * 16];
        float[] sums = new float[200];
        for (int row = 0; row < 200; row++) {
            System.arraycopy(images[row], 0, flat, row * 16, 16);
            sums[row] = images[row][5] + images[row][6];
        }
        NetworkData data = NetworkData.of(RowArray.of(flat, 1, 4, 4)).withValues(sums);
        Block block = new SequentialBlock()
                .add(Conv2d.builder()
                        .setKernelShape(new Shape(3, 3))
                        .setFilters(4)
                        .build())
                .add(Activation.reluBlock())
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(1).build());
        TrainingSettings settings =
                SETTINGS.withLoss(new Loss.Squared()).withEpochs(30).withRate(0.01);
        try (BlockLearner learner = BlockLearner.of(block, data, settings)) {
            List<Epoch> epochs = train(learner, settings).epochs();
            assertThat(epochs.get(29).loss()).isLessThan(0.1 * epochs.get(0).loss());
        }
    }

    @Test
    void takesSeveralInputsAndCodes() {
        int[] codes = IntStream.range(0, 120).map(row -> row % 3).toArray();
        NetworkData data = NetworkData.of(RowArray.ofCodes(codes, 3), RowArray.of(Networks.normal(120, 2, 4)))
                .withLabels(codes);
        try (BlockLearner learner = BlockLearner.of(new TwoInputs(3, 3), data, data, SETTINGS.withEpochs(30))) {
            train(learner, SETTINGS.withEpochs(30));
            assertThat(Networks.accuracy(learner.outputs(), codes)).isEqualTo(1);
        }
    }

    @Test
    void equalSeedsGiveEqualWeightsAndOthersDoNot() {
        TrainingSettings settings =
                SETTINGS.withNoise(0.1).withMixup(0.3).withAveraging(0.9).withClipNorm(1);
        Weights first = trained(settings);
        assertEqual(trained(settings), first);
        assertThat(trained(settings.withSeed(8)).arrays().get(0))
                .isNotEqualTo(first.arrays().get(0));
    }

    /** Numbers in recorded computations must outlive the collector: DJL lets go of those that its own methods take. */
    @Test
    void garbageCollectionsDuringStepsChangeNothing() throws Exception {
        List<TrainingSettings> all = List.of(
                SETTINGS.withMixup(1),
                TrainingSettings.of(new Loss.Focal(1.5))
                        .withEpochs(5)
                        .withRate(0.02)
                        .withSeed(7));
        List<Weights> quiet = all.stream().map(BlockLearnerTest::trained).toList();
        AtomicBoolean isDone = new AtomicBoolean();
        Thread collector = new Thread(() -> {
            while (!isDone.get()) {
                System.gc();
                for (int i = 0; i < 2_000; i++) { // takes what was freed, and writes to it
                    ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder()).putDouble(1e3);
                }
            }
        });
        collector.start();
        try {
            for (int i = 0; i < 4 * all.size(); i++) {
                assertEqual(trained(all.get(i % all.size())), quiet.get(i % all.size()));
            }
        } finally {
            isDone.set(true);
            collector.join();
        }
    }

    @Test
    void trainingsSideBySideAreBitEqualToSerialOnes() throws Exception {
        List<TrainingSettings> all = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            all.add(SETTINGS.withSeed(seed).withEpochs(3));
        }
        List<Weights> serial = all.stream().map(BlockLearnerTest::trained).toList();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<Weights>> parallel = pool.invokeAll(all.stream()
                    .map(each -> (Callable<Weights>) () -> trained(each))
                    .toList());
            for (int i = 0; i < all.size(); i++) {
                assertEqual(parallel.get(i).get(), serial.get(i));
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void aResumedTrainingIsBitEqualToOneThatDidNotStop() {
        TrainingSettings settings = SETTINGS.withAveraging(0.9).withMixup(0.2);
        TrainingLoop loop = new TrainingLoop(settings);
        Weights whole = trained(settings);
        TrainingResult half;
        try (BlockLearner first = BlockLearner.of(Networks.normalised(8, 3, 0.2), TRAIN, TEST, settings)) {
            half = loop.run(first, null, epoch -> epoch.number() < 2, Deadline.never());
        }
        try (BlockLearner second = BlockLearner.of(Networks.normalised(8, 3, 0.2), TRAIN, TEST, settings.withSeed(1))) {
            TrainingResult rest =
                    loop.run(second, null, EpochListener.NONE, Deadline.never(), Optional.of(half.checkpoint()));
            assertThat(rest.epochs()).hasSize(5);
            assertEqual(second.weights(), whole);
        }
    }

    @Test
    void weightsComeBackWithTheRunningStatistics() {
        try (BlockLearner learner = BlockLearner.of(Networks.normalised(8, 3, 0), TRAIN, TEST, SETTINGS)) {
            train(learner, SETTINGS.withEpochs(1));
            Weights weights = learner.weights();
            float[] outputs = learner.outputs();
            train(learner, SETTINGS.withEpochs(2));
            assertThat(learner.outputs()).isNotEqualTo(outputs);
            learner.restore(weights);
            assertThat(learner.outputs()).isEqualTo(outputs);
            assertThat(learner.parameters()).anyMatch(name -> name.contains("runningMean"));
        }
    }

    @Test
    void clippingLimitsTheLengthOfAStep() {
        // plain descent at rate 1: the step is the clipped gradient
        TrainingSettings settings = SETTINGS.withUpdate(UpdateRule.sgd(0));
        assertThat(stepLength(settings)).isGreaterThan(0.05);
        assertThat(stepLength(settings.withClipNorm(0.05))).isCloseTo(0.05, within(1e-5));
        assertThat(stepLength(settings.withClipNorm(100))).isCloseTo(stepLength(settings), within(1e-7));
    }

    @Test
    void theAverageFollowsTheWeightsByItsDecay() {
        TrainingSettings settings = SETTINGS.withUpdate(UpdateRule.sgd(0));
        List<Weights> plain = new ArrayList<>();
        List<Weights> averaged = new ArrayList<>();
        try (BlockLearner one = BlockLearner.of(Networks.dense(4, 3), TRAIN, settings);
                BlockLearner two = BlockLearner.of(Networks.dense(4, 3), TRAIN, settings.withAveraging(0.75))) {
            for (int step = 0; step < 3; step++) {
                one.train(plan(0.5));
                two.train(plan(0.5));
                plain.add(one.weights());
                averaged.add(two.weights());
            }
        }
        for (int i = 0; i < plain.get(0).arrays().get(0).length; i++) {
            double expected = plain.get(0).arrays().get(0)[i];
            for (int step = 1; step < 3; step++) {
                expected = 0.75 * expected + 0.25 * plain.get(step).arrays().get(0)[i];
            }
            assertThat((double) averaged.get(2).arrays().get(0)[i]).isCloseTo(expected, within(1e-6));
        }
    }

    @Test
    void groupsMayLeaveParametersAsTheyAre() {
        TrainingSettings settings = SETTINGS.withGroups(List.of(new ParameterGroup("weight", 0, 0)));
        try (BlockLearner learner = BlockLearner.of(Networks.dense(4, 3), TRAIN, settings)) {
            Weights before = learner.weights();
            learner.train(plan(0.1));
            Weights after = learner.weights();
            for (int i = 0; i < before.arrays().size(); i++) {
                boolean isWeight = learner.parameters().get(i).contains("weight");
                assertThat(Arrays.equals(before.arrays().get(i), after.arrays().get(i)))
                        .as(learner.parameters().get(i))
                        .isEqualTo(isWeight);
            }
        }
    }

    @Test
    void givenValuesAreKeptAndFrozenOnesStay() {
        SequentialBlock block = new SequentialBlock()
                .add(Linear.builder().setUnits(4).build())
                .add(Activation.tanhBlock())
                .add(Linear.builder().setUnits(3).build());
        try (var manager = Devices.engine().newBaseManager()) {
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
            block.getChildren().get(0).getValue().freezeParameters(true);
            float[] given = block.getParameters().get(0).getValue().getArray().toFloatArray();
            try (BlockLearner learner = BlockLearner.of(block, TRAIN, SETTINGS)) {
                learner.train(plan(0.1));
                int place = learner.parameters()
                        .indexOf(block.getParameters().get(0).getKey());
                assertThat(place).isEqualTo(2);
                assertThat(learner.weights().arrays().get(place)).isEqualTo(given);
            }
            assertThat(block.getParameters().get(0).getValue().getArray().toFloatArray())
                    .isEqualTo(given);
        }
    }

    @Test
    void aLastBatchOfOneRowIsPassedOverWhereItHasNoVariance() {
        NetworkData data = TRAIN.subset(IntStream.range(0, 33).toArray());
        try (BlockLearner learner = BlockLearner.of(Networks.normalised(8, 3, 0), data, SETTINGS)) {
            assertThat(train(learner, SETTINGS).epochs()).allMatch(epoch -> Double.isFinite(epoch.loss()));
        }
    }

    @Test
    void mixingAllWithOthersChangesTheLossAsItShould() {
        // the loss against a mixture of two labels is the mixture of the losses against each: with rows that are all
        // equal
        // but for their labels, the network's output is one constant
        NetworkData data =
                NetworkData.of(RowArray.of(new float[][] {{1}, {1}, {1}, {1}})).withLabels(0, 1, 0, 1);
        TrainingSettings settings = SETTINGS.withMixup(1);
        try (BlockLearner learner = BlockLearner.of(Networks.dense(3, 2), data, data, settings)) {
            float[] logits = learner.outputs();
            double zero = Math.log(1 + Math.exp(logits[1] - logits[0]));
            double one = Math.log(1 + Math.exp(logits[0] - logits[1]));
            double loss =
                    learner.train(new StepPlan(new int[][] {{0, 1, 2, 3}}, 4, new double[] {0}, new double[] {0.6}, 5));
            assertThat(loss).isCloseTo((zero + one) / 2, within(1e-6));
        }
    }

    @Test
    void aDivergedLossIsAClearError() {
        TrainingSettings settings = SETTINGS.withLoss(new Loss.Squared())
                .withUpdate(UpdateRule.sgd(0))
                .withRate(1e20);
        NetworkData data = NetworkData.of(TRAIN.inputs().get(0)).withValues(new float[400]);
        try (BlockLearner learner = BlockLearner.of(Networks.dense(4, 1), data, settings)) {
            assertThatThrownBy(() -> train(learner, settings))
                    .isInstanceOf(TrainingDivergedException.class)
                    .hasMessageContaining("Lower the learning rate");
        }
    }

    @Test
    void codeOfOthersThatRecordsIsToldWithWhatToDo() {
        try (BlockLearner learner = BlockLearner.of(Networks.dense(4, 3), TRAIN, SETTINGS);
                var others = Devices.engine().newGradientCollector()) {
            assertThat(others).isNotNull();
            assertThatThrownBy(() -> learner.train(plan(0.1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Other code of this process records gradients");
        }
    }

    @Test
    void aBlockCanBeTrainedAgainAfterItsLearnerIsClosed() {
        Block block = Networks.dense(4, 3);
        try (BlockLearner first = BlockLearner.of(block, TRAIN, SETTINGS)) {
            first.train(plan(0.1));
        }
        try (BlockLearner second = BlockLearner.of(block, TRAIN, SETTINGS);
                BlockLearner fresh = BlockLearner.of(Networks.dense(4, 3), TRAIN, SETTINGS)) {
            assertEqual(second.weights(), fresh.weights());
            second.close();
            second.close();
        }
    }

    private static StepPlan plan(double rate) {
        int[] order = IntStream.range(0, 64).toArray();
        return new StepPlan(new int[][] {order}, 64, new double[] {rate}, new double[0], 1);
    }

    private static double stepLength(TrainingSettings settings) {
        try (BlockLearner learner = BlockLearner.of(Networks.dense(4, 3), TRAIN, settings)) {
            Weights before = learner.weights();
            learner.train(plan(1));
            double sum = 0;
            for (int array = 0; array < before.arrays().size(); array++) {
                for (int i = 0; i < before.arrays().get(array).length; i++) {
                    double change = learner.weights().arrays().get(array)[i]
                            - before.arrays().get(array)[i];
                    sum += change * change;
                }
            }
            return Math.sqrt(sum);
        }
    }

    private static TrainingResult train(Learner learner, TrainingSettings settings) {
        return new TrainingLoop(settings).run(learner, null, EpochListener.NONE, Deadline.never());
    }

    private static Weights trained(TrainingSettings settings) {
        try (BlockLearner learner = BlockLearner.of(Networks.normalised(8, 3, 0.2), TRAIN, TEST, settings)) {
            train(learner, settings);
            return learner.weights();
        }
    }

    private static void assertEqual(Weights one, Weights other) {
        assertThat(one.arrays()).hasSameSizeAs(other.arrays());
        for (int i = 0; i < one.arrays().size(); i++) {
            assertThat(one.arrays().get(i)).isEqualTo(other.arrays().get(i));
        }
    }
}
