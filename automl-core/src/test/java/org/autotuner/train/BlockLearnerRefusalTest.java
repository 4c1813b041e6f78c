package org.autotuner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import org.autotuner.error.DataException;
import org.autotuner.error.OptionException;
import org.junit.jupiter.api.Test;

/** Whatever does not fit ends in a message, never in native code. */
class BlockLearnerRefusalTest {

    private static final NetworkData DATA = Networks.directions(20, 1);
    private static final TrainingSettings SETTINGS = TrainingSettings.of(Loss.crossEntropy());

    @Test
    void labelsOutsideTheOutputs() {
        refuses(Networks.dense(3, 2), DATA, SETTINGS, "has label 2, but the network has 2 output(s)");
        refuses(Networks.dense(3, 2), DATA, SETTINGS.withLoss(Loss.binaryCrossEntropy()), "needs one output");
    }

    @Test
    void classWeightsOfAnotherNumber() {
        Loss loss = new Loss.CrossEntropy(0, java.util.List.of(1.0, 2.0));
        refuses(Networks.dense(3, 3), DATA, SETTINGS.withLoss(loss), "2 class weights");
    }

    @Test
    void targetsOfAnotherKind() {
        refuses(Networks.dense(3, 1), DATA, SETTINGS.withLoss(new Loss.Squared()), "Squared cannot learn from labels");
        NetworkData values = NetworkData.of(DATA.inputs().get(0)).withValues(new float[20]);
        refuses(Networks.dense(3, 1), values, SETTINGS, "CrossEntropy cannot learn from values");
        refuses(Networks.dense(3, 2), values, SETTINGS.withLoss(new Loss.Squared()), "2 output(s) per row");
        refuses(Networks.dense(3, 3), NetworkData.of(DATA.inputs().get(0)), SETTINGS, "no targets");
        NetworkData soft =
                NetworkData.of(RowArray.of(new float[][] {{1, 2}})).withSoftLabels(new float[][] {{0.5f, 0.5f}});
        refuses(Networks.dense(3, 3), soft, SETTINGS, "Soft labels have 2 classes");
    }

    @Test
    void inputsOfAShapeThatTheNetworkDoesNotTake() {
        Block images = new SequentialBlock()
                .add(Conv2d.builder()
                        .setKernelShape(new Shape(3, 3))
                        .setFilters(2)
                        .build());
        refuses(images, DATA, SETTINGS, "The network refused inputs whose rows have the shape(s) [[2]]");
    }

    @Test
    void outputsThatAreNotRowsByOutputs() {
        Block deep = new SequentialBlock()
                .add(Linear.builder().setUnits(4).build())
                .add(LambdaBlock.singleton(array -> array.reshape(-1, 2, 2)));
        refuses(deep, DATA, SETTINGS, "must give one of float32, rows x outputs");
        Block several = new SequentialBlock()
                .add(Linear.builder().setUnits(4).build())
                .add(new LambdaBlock(list -> new NDList(list.get(0), list.get(0))));
        refuses(several, DATA, SETTINGS, "gave 2 array(s)");
    }

    @Test
    void networksWithoutAnythingToTrain() {
        refuses(LambdaBlock.singleton(array -> array), DATA, SETTINGS, "no parameter to train");
    }

    @Test
    void plansOfRowsThatDoNotExist() {
        try (BlockLearner learner = BlockLearner.of(Networks.dense(3, 3), DATA, SETTINGS)) {
            assertThatThrownBy(() ->
                            learner.train(new StepPlan(new int[][] {{0, 20}}, 2, new double[] {1}, new double[0], 0)))
                    .hasMessageContaining("rows 0 to 19");
        }
    }

    @Test
    void statesAndWeightsOfAnotherNetwork() {
        try (BlockLearner one = BlockLearner.of(Networks.dense(3, 3), DATA, SETTINGS);
                BlockLearner other = BlockLearner.of(Networks.dense(4, 3), DATA, SETTINGS)) {
            assertThatThrownBy(() -> one.resume(other.state()))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("another network");
            assertThatThrownBy(() -> one.restore(other.weights()))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("weight");
        }
    }

    @Test
    void evaluationRowsOfAnotherForm() {
        NetworkData wide = NetworkData.of(RowArray.of(new float[][] {{1, 2, 3}}));
        assertThatThrownBy(() -> BlockLearner.of(Networks.dense(3, 3), DATA, wide, SETTINGS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("evaluation rows");
    }

    @Test
    void mixingOfCodes() {
        NetworkData codes = NetworkData.of(RowArray.ofCodes(new int[] {0, 1}, 2), RowArray.of(new float[][] {{1}, {2}}))
                .withLabels(0, 1);
        assertThatThrownBy(() -> BlockLearner.of(new TwoInputs(2, 2), codes, SETTINGS.withMixup(0.2)))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("mixup");
    }

    @Test
    void aGpuWhereThereIsNone() {
        assertThatThrownBy(() -> Devices.of(DeviceChoice.GPU, 0))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("sees none");
        assertThat(Devices.of(DeviceChoice.AUTO, 0).isGpu()).isFalse();
        assertThat(Devices.of(DeviceChoice.AUTO, 2)).isEqualTo(ai.djl.Device.gpu(0));
        assertThat(Devices.of(DeviceChoice.CPU, 2).isGpu()).isFalse();
    }

    @Test
    void dropoutOutsideOfALearner() {
        assertThatThrownBy(() -> new SeededDropout(1)).hasMessageContaining("'probability'");
        assertThatThrownBy(
                        () -> new SeededDropout(0.5).forward(new ai.djl.training.ParameterStore(), new NDList(), true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("BlockLearner");
    }

    private static void refuses(Block block, NetworkData data, TrainingSettings settings, String message) {
        assertThatThrownBy(() -> BlockLearner.of(block, data, settings))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }
}
