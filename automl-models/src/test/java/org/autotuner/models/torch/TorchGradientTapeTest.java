package org.autotuner.models.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.autotuner.budget.Deadline;
import org.autotuner.train.BlockLearner;
import org.autotuner.train.EpochListener;
import org.autotuner.train.GradientTape;
import org.autotuner.train.Loss;
import org.autotuner.train.NetworkData;
import org.autotuner.train.RowArray;
import org.autotuner.train.SeededDropout;
import org.autotuner.train.TrainingLoop;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.Weights;
import org.junit.jupiter.api.Test;

class TorchGradientTapeTest {

    private final TorchGradientTape tape = new TorchGradientTape();
    private final Engine engine = Engine.getEngine("PyTorch");

    @Test
    void isFoundForItsEngine() {
        assertThat(ServiceLoader.load(GradientTape.class))
                .anyMatch(found ->
                        found instanceof TorchGradientTape && found.engine().equals("PyTorch"));
    }

    @Test
    void differentiatesAndPutsTheThreadsSettingsBack() {
        JniUtils.setGradMode(false);
        int threads = JniUtils.getNumThreads();
        try (NDManager manager = engine.newBaseManager()) {
            NDArray x = manager.create(new float[] {1, 2, 3});
            x.setRequiresGradient(true);
            NDArray cubes = tape.differentiate(() -> x.pow(3).sum());
            assertThat(cubes.getFloat()).isCloseTo(36, within(1e-4f));
            assertThat(x.getGradient().toFloatArray()).containsExactly(3, 12, 27);
        }
        assertThat(JniUtils.isGradMode()).isFalse();
        assertThat(JniUtils.getNumThreads()).isEqualTo(threads);
        assertThatThrownBy(() -> tape.compute(() -> {
                    throw new IllegalStateException("made");
                }))
                .hasMessage("made");
        assertThat(JniUtils.getNumThreads()).isEqualTo(threads);
    }

    @Test
    void computesWithoutRecordingAroundWhatIsRecorded() {
        try (NDManager manager = engine.newBaseManager()) {
            NDArray x = manager.create(new float[] {2});
            x.setRequiresGradient(true);
            tape.compute(() -> {
                tape.differentiate(() -> x.square().sum());
                assertThat(x.mul(2).hasGradient()).isFalse();
                return x;
            });
            assertThat(x.getGradient().toFloatArray()).containsExactly(4);
        }
    }

    @Test
    void severalThreadsRecordAtOnce() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        Callable<Float> recording = () -> {
            try (NDManager manager = engine.newBaseManager()) {
                NDArray x = manager.create(new float[] {3});
                x.setRequiresGradient(true);
                tape.differentiate(() -> {
                    await(barrier); // both are recording now
                    NDArray square = x.square().sum();
                    await(barrier);
                    return square;
                });
                return x.getGradient().getFloat();
            }
        };
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            for (Future<Float> gradient : pool.invokeAll(List.of(recording, recording))) {
                assertThat(gradient.get()).isEqualTo(6f);
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void trainingsSideBySideAreBitEqualToSerialOnes() throws Exception {
        List<Callable<Weights>> trainings = new ArrayList<>();
        for (int seed = 0; seed < 6; seed++) {
            long own = seed;
            trainings.add(() -> trained(own));
        }
        List<Weights> serial = new ArrayList<>();
        for (Callable<Weights> training : trainings) {
            serial.add(training.call());
        }
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            List<Future<Weights>> parallel = pool.invokeAll(trainings);
            for (int i = 0; i < serial.size(); i++) {
                List<float[]> arrays = parallel.get(i).get().arrays();
                for (int k = 0; k < arrays.size(); k++) {
                    assertThat(arrays.get(k)).isEqualTo(serial.get(i).arrays().get(k));
                }
            }
        } finally {
            pool.shutdown();
        }
        assertThat(serial.get(0).arrays().get(0))
                .isNotEqualTo(serial.get(1).arrays().get(0));
    }

    private static Weights trained(long seed) {
        SplittableRandom random = new SplittableRandom(1);
        float[][] rows = new float[300][4];
        int[] labels = new int[rows.length];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < 4; column++) {
                rows[row][column] = (float) random.nextGaussian();
            }
            labels[row] = rows[row][0] * rows[row][1] > 0 ? 1 : 0;
        }
        Block block = new SequentialBlock()
                .add(Linear.builder().setUnits(16).build())
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock())
                .add(new SeededDropout(0.2))
                .add(Linear.builder().setUnits(2).build());
        TrainingSettings settings = TrainingSettings.of(Loss.crossEntropy())
                .withEpochs(5)
                .withBatch(32)
                .withSeed(seed)
                .withMixup(0.2);
        NetworkData data = NetworkData.of(RowArray.of(rows)).withLabels(labels);
        try (BlockLearner learner = BlockLearner.of(block, data, settings)) {
            new TrainingLoop(settings).run(learner, null, EpochListener.NONE, Deadline.never());
            return learner.weights();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("The other thread does not record at the same time.", e);
        }
    }
}
