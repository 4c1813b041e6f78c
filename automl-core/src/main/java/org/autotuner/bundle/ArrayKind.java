package org.autotuner.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.autotuner.error.BundleException;

/** Element types of arrays and their little-endian form. */
enum ArrayKind {
    BYTE("byte", 1),
    INT("int", 4),
    LONG("long", 8),
    FLOAT("float", 4),
    DOUBLE("double", 8);

    final String label;
    final int bytes;

    ArrayKind(String label, int bytes) {
        this.label = label;
        this.bytes = bytes;
    }

    static ArrayKind named(String label) {
        for (ArrayKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw new BundleException(
                "The model file is damaged: '%s' is no type of array. Save or copy the model again.".formatted(label));
    }

    static ArrayKind of(Object array) {
        if (array instanceof byte[]) {
            return BYTE;
        } else if (array instanceof int[]) {
            return INT;
        } else if (array instanceof long[]) {
            return LONG;
        }
        return array instanceof float[] ? FLOAT : DOUBLE;
    }

    static byte[] encode(Object array) {
        ArrayKind kind = of(array);
        long size = (long) java.lang.reflect.Array.getLength(array) * kind.bytes;
        if (size > Limits.TOTAL - 64) {
            throw new BundleException(
                    "An array of %d bytes does not fit into a model file. Train a smaller model.".formatted(size));
        }
        if (array instanceof byte[] raw) {
            return raw;
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        if (array instanceof int[] ints) {
            buffer.asIntBuffer().put(ints);
        } else if (array instanceof long[] longs) {
            buffer.asLongBuffer().put(longs);
        } else if (array instanceof float[] floats) {
            buffer.asFloatBuffer().put(floats);
        } else {
            buffer.asDoubleBuffer().put((double[]) array);
        }
        return buffer.array();
    }

    /** An array of {@code raw.length / bytes} elements. */
    Object decode(byte[] raw) {
        ByteBuffer buffer = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        int length = raw.length / bytes;
        switch (this) {
            case INT:
                int[] ints = new int[length];
                buffer.asIntBuffer().get(ints);
                return ints;
            case LONG:
                long[] longs = new long[length];
                buffer.asLongBuffer().get(longs);
                return longs;
            case FLOAT:
                float[] floats = new float[length];
                buffer.asFloatBuffer().get(floats);
                return floats;
            case DOUBLE:
                double[] doubles = new double[length];
                buffer.asDoubleBuffer().get(doubles);
                return doubles;
            default:
                return raw;
        }
    }
}
