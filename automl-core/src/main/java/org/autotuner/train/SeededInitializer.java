package org.autotuner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import java.util.SplittableRandom;

/**
 * Normal initial weights of variance {@code gain / fan-in} from a generator of its own, where DJL's initializers draw from
 * the engine's, which all threads share. Fan-in is the size of a weight without its first axis, which is the outputs in DJL's
 * and PyTorch's layout. The gain 2 is meant for rectifiers (He and others, arXiv 1502.01852), 1 for symmetric activations
 * (LeCun and others, Efficient BackProp, 1998). For one initialization of one block: used again it goes on drawing. Not
 * thread-safe.
 */
public final class SeededInitializer implements Initializer {

    private final SplittableRandom random;
    private final double gain;

    /**
     * An initializer.
     *
     * @param gain above 0
     */
    public SeededInitializer(long seed, double gain) {
        Arguments.require(Arguments.isPositive(gain), "gain", gain, "above 0");
        this.random = new SplittableRandom(seed);
        this.gain = gain;
    }

    @Override
    public NDArray initialize(NDManager manager, Shape shape, DataType dataType) {
        long outputs = shape.dimension() == 0 ? 1 : shape.get(0);
        long inputs = shape.dimension() < 2 ? 1 : shape.size() / outputs;
        double deviation = Math.sqrt(gain / inputs);
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        NDArray array = manager.create(values, shape);
        return dataType == DataType.FLOAT32 ? array : array.toType(dataType, false);
    }
}
