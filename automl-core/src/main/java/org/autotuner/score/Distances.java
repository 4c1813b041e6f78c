package org.autotuner.score;

/** Distances between a query and a row of a float array; squared or absolute differences, summed. */
final class Distances {

    private Distances() {}

    /** Sum of squared differences; NaN where a cell is missing. */
    static float squared(float[] query, float[] data, int at) {
        // Four sums at once: the additions of one sum would wait for each other.
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int f = 0;
        for (; f + 3 < query.length; f += 4) {
            float p = query[f] - data[at + f];
            float q = query[f + 1] - data[at + f + 1];
            float r = query[f + 2] - data[at + f + 2];
            float s = query[f + 3] - data[at + f + 3];
            a += p * p;
            b += q * q;
            c += r * r;
            d += s * s;
        }
        for (; f < query.length; f++) {
            float p = query[f] - data[at + f];
            a += p * p;
        }
        return a + b + (c + d);
    }

    /** Sum of absolute differences; NaN where a cell is missing. */
    static float absolute(float[] query, float[] data, int at) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int f = 0;
        for (; f + 3 < query.length; f += 4) {
            a += Math.abs(query[f] - data[at + f]);
            b += Math.abs(query[f + 1] - data[at + f + 1]);
            c += Math.abs(query[f + 2] - data[at + f + 2]);
            d += Math.abs(query[f + 3] - data[at + f + 3]);
        }
        for (; f < query.length; f++) {
            a += Math.abs(query[f] - data[at + f]);
        }
        return a + b + (c + d);
    }

    /** The same over the cells that neither side misses; 0 if there is none. */
    static float ofPresent(float[] query, float[] data, int at, boolean absolute) {
        float sum = 0;
        for (int f = 0; f < query.length; f++) {
            float difference = query[f] - data[at + f];
            if (!Float.isNaN(difference)) {
                sum += absolute ? Math.abs(difference) : difference * difference;
            }
        }
        return sum;
    }
}
