package org.autotuner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeededDropoutTest {

    private final NDManager manager = Devices.engine().newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void dropsItsShareAndKeepsTheMean() {
        float[] out = forward(0.3, 5, true);
        long dropped = 0;
        for (float number : out) {
            assertThat(number == 0 || Math.abs(number - 1 / 0.7f) < 1e-6).isTrue();
            dropped += number == 0 ? 1 : 0;
        }
        // 40,000 numbers: six standard deviations are 0.0138, so one false alarm in 500 million seeds
        assertThat(dropped / 40_000.0).isCloseTo(0.3, within(0.0138));
    }

    @Test
    void aShareOfTheProbabilityMayHold() {
        SeededDropout dropout = new SeededDropout(0.4);
        NDList in = new NDList(manager.ones(new Shape(200, 200)));
        dropout.prepare(new SplittableRandom(5), 0.75);
        assertThat(dropout.forward(new ParameterStore(manager, false), in, true)
                        .singletonOrThrow()
                        .toFloatArray())
                .isEqualTo(forward(0.4 * 0.75, 5, true));
        dropout.prepare(new SplittableRandom(5), 0);
        assertThat(dropout.forward(new ParameterStore(manager, false), in, true)
                        .singletonOrThrow()
                        .toFloatArray())
                .containsOnly(1);
    }

    @Test
    void theSeedDecidesTheMask() {
        assertThat(forward(0.3, 5, true)).isEqualTo(forward(0.3, 5, true)).isNotEqualTo(forward(0.3, 6, true));
    }

    @Test
    void predictionChangesNothing() {
        assertThat(forward(0.3, 5, false)).containsOnly(1);
    }

    @Test
    void initialWeightsHaveTheVarianceOfTheirFanIn() {
        NDArray weights = new SeededInitializer(3, 2).initialize(manager, new Shape(200, 50, 2, 2), DataType.FLOAT32);
        double sum = 0;
        for (float weight : weights.toFloatArray()) {
            sum += weight * weight;
        }
        // 40,000 squares of variance 2 / 200: relative standard deviation sqrt(2 / 40,000) = 0.0071, six of them
        assertThat(sum / 40_000).isCloseTo(0.01, within(0.01 * 0.043));
        assertThat(new SeededInitializer(3, 2)
                        .initialize(manager, new Shape(200, 50, 2, 2), DataType.FLOAT32)
                        .toFloatArray())
                .isEqualTo(weights.toFloatArray());
    }

    private float[] forward(double probability, long seed, boolean training) {
        SeededDropout dropout = new SeededDropout(probability);
        dropout.prepare(new SplittableRandom(seed), 1);
        NDList in = new NDList(manager.ones(new Shape(200, 200)));
        return dropout.forward(new ParameterStore(manager, false), in, training)
                .singletonOrThrow()
                .toFloatArray();
    }
}
