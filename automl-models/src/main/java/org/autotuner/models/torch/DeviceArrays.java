package org.autotuner.models.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Copies Java arrays into memory that the engine owns and frees with the array. DJL's own {@code create} keeps a direct
 * buffer of the JVM instead, which only a garbage collection frees.
 */
final class DeviceArrays {

    private final NDManager manager;
    private final boolean isCpu;

    DeviceArrays(NDManager manager) {
        this.manager = manager;
        this.isCpu = !manager.getDevice().isGpu();
    }

    NDArray floats(float[] values, Shape shape) {
        return floats(manager, values, shape);
    }

    NDArray floats(NDManager owner, float[] values, Shape shape) {
        return make(
                owner, shape, DataType.FLOAT32, bytes -> bytes.asFloatBuffer().put(values));
    }

    NDArray doubles(NDManager owner, double[] values, Shape shape) {
        return make(
                owner, shape, DataType.FLOAT64, bytes -> bytes.asDoubleBuffer().put(values));
    }

    NDArray longs(NDManager owner, long[] values, Shape shape) {
        return make(owner, shape, DataType.INT64, bytes -> bytes.asLongBuffer().put(values));
    }

    /** Writes whole numbers as 64-bit ones. */
    NDArray longs(NDManager owner, int[] values, Shape shape) {
        return make(owner, shape, DataType.INT64, bytes -> {
            for (int value : values) {
                bytes.putLong(value);
            }
        });
    }

    /** Fills an array anew; on a GPU a new one takes its place. */
    NDArray refill(NDArray array, float[] values) {
        if (isCpu) {
            view(array).asFloatBuffer().put(values);
            return array;
        }
        Shape shape = array.getShape();
        array.close();
        return floats(values, shape);
    }

    private interface Filling {
        void fill(ByteBuffer bytes);
    }

    private NDArray make(NDManager owner, Shape shape, DataType type, Filling filling) {
        if (isCpu) {
            NDArray array = owner.zeros(shape, type);
            if (shape.size() > 0) {
                filling.fill(view(array));
            }
            return array;
        }
        ByteBuffer staged = ByteBuffer.allocateDirect(Math.toIntExact(shape.size() * type.getNumOfBytes()))
                .order(ByteOrder.nativeOrder());
        filling.fill(staged);
        staged.rewind();
        return owner.create(staged, shape, type);
    }

    /** The array's own memory. */
    private static ByteBuffer view(NDArray array) {
        return array.toByteBuffer(true).order(ByteOrder.nativeOrder());
    }
}
