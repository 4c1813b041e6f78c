package org.autotuner.score;

import org.autotuner.bundle.Node;

/**
 * A matrix in a model file: floats, or bytes with a scale for each row; of all values, or where zeros are many of the
 * others with a mask of one bit per value.
 */
final class MatrixCodec {

    /** Largest step of a byte; -128 is not used, so that both signs reach equally far. */
    static final int STEPS = 127;

    /** Values that a matrix of bytes or with a mask has at most: these take little place in a file for much memory. */
    static final int MAX_VALUES = 1 << 28;

    private MatrixCodec() {}

    static byte step(float value, float scale) {
        return scale == 0 ? 0 : (byte) Math.max(-STEPS, Math.min(STEPS, Math.round(value / scale)));
    }

    /** Finite for every finite scale. */
    static float value(byte step, float scale) {
        return Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, step * scale));
    }

    static void write(Node node, String name, int columns, float[] values, float[] scales) {
        float[] kept = values;
        int zeros = Matrix.zeros(values);
        int unit = scales.length > 0 ? Byte.BYTES : Float.BYTES;
        int[] places = null;
        if (values.length <= MAX_VALUES && (long) zeros * unit > maskLength(values.length)) {
            byte[] mask = new byte[maskLength(values.length)];
            places = new int[values.length - zeros];
            kept = new float[values.length - zeros];
            int at = 0;
            for (int i = 0; i < values.length; i++) {
                if (values[i] != 0) {
                    mask[i >> 3] |= (byte) (1 << (i & 7));
                    places[at] = i;
                    kept[at++] = values[i];
                }
            }
            node.put(name + "_mask", mask);
        }
        if (scales.length == 0) {
            node.put(name, kept);
            return;
        }
        byte[] steps = new byte[kept.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = step(kept[i], scales[(places == null ? i : places[i]) / columns]);
        }
        node.put(name, steps).put(name + "_scales", scales);
    }

    /** A scale for each row, or none where the values are floats. */
    static float[] scales(Node node, String name, int rows) {
        String key = name + "_scales";
        if (!node.has(key)) {
            return new float[0];
        }
        float[] scales = node.floats(key);
        Checks.length(scales.length, rows, node, key);
        for (float scale : scales) {
            Checks.that(scale >= 0 && Float.isFinite(scale), node, key, "holds " + scale);
        }
        return scales;
    }

    static float[] values(Node node, String name, int rows, int columns, float[] scales) {
        byte[] steps = scales.length > 0 ? node.bytes(name) : new byte[0];
        float[] kept = scales.length > 0 ? new float[0] : node.floats(name);
        int length = scales.length > 0 ? steps.length : kept.length;
        long size = (long) rows * columns;
        if (!node.has(name + "_mask")) {
            Checks.length(length, size, node, name);
            if (scales.length == 0) {
                return kept;
            }
        }
        Checks.that(size <= MAX_VALUES, node, name, "has %d values, above the limit of %d".formatted(size, MAX_VALUES));
        int[] places = node.has(name + "_mask") ? places(node, name + "_mask", (int) size, length) : null;
        float[] values = new float[(int) size];
        for (int i = 0; i < length; i++) {
            int place = places == null ? i : places[i];
            values[place] = scales.length > 0 ? value(steps[i], scales[place / columns]) : kept[i];
        }
        return values;
    }

    private static int[] places(Node node, String name, int size, int count) {
        byte[] mask = node.bytes(name);
        Checks.length(mask.length, maskLength(size), node, name);
        int bits = 0;
        for (byte eight : mask) {
            bits += Integer.bitCount(eight & 0xff);
        }
        Checks.that(bits == count, node, name, "marks %d values, but %d are there".formatted(bits, count));
        int[] places = new int[count];
        int at = 0;
        for (int i = 0; i < 8 * mask.length && at < count; i++) {
            if ((mask[i >> 3] & 1 << (i & 7)) != 0) {
                Checks.that(i < size, node, name, "marks a value beyond the last one");
                places[at++] = i;
            }
        }
        return places;
    }

    private static int maskLength(int values) {
        return (int) ((values + 7L) / 8);
    }
}
