package org.autotuner.score;

import java.util.Arrays;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;

/**
 * The weighted mean of the targets of the k nearest training rows by Euclidean distance over the dense features.
 * Missing cells add nothing to a distance. Immutable and thread-safe; a row costs (rows x width) operations.
 */
public final class NeighboursScorer implements Scorer {

    static final String TYPE = "neighbours";
    /** Keeps the weight of a row at distance 0 finite. */
    private static final double NEAR = 1e-12;

    private final int width;
    private final int neighbours;
    private final boolean byDistance;
    private final float[] data;
    private final int outputs;
    private final double[] targets;

    private NeighboursScorer(
            int width, int neighbours, boolean byDistance, float[] data, int outputs, double[] targets) {
        this.width = width;
        this.neighbours = neighbours;
        this.byDistance = byDistance;
        this.data = data;
        this.outputs = outputs;
        this.targets = targets;
    }

    /**
     * A nearest-neighbours scorer.
     *
     * @param width number of dense features
     * @param neighbours number of neighbours, at least 1; more than there are rows means all
     * @param byDistance whether a neighbour weighs 1 / distance (rows at distance 0 then decide alone) instead of 1
     * @param data training rows x width, finite or NaN; copied
     * @param outputs number of outputs
     * @param targets training rows x outputs: real values or label indicators (binary: one output, 1 for the positive
     *     label), finite; copied
     * @throws IllegalArgumentException if lengths do not fit, there is no row, or a target is not finite
     */
    public static NeighboursScorer of(
            int width, int neighbours, boolean byDistance, float[] data, int outputs, double[] targets) {
        if (width < 1 || neighbours < 1 || outputs < 1 || targets.length == 0 || targets.length % outputs != 0) {
            throw new IllegalArgumentException("Width %d, neighbours %d, outputs %d or %d targets do not fit."
                    .formatted(width, neighbours, outputs, targets.length));
        }
        Arguments.length(data.length, (long) (targets.length / outputs) * width, "data");
        Arguments.finite(targets, "targets");
        return new NeighboursScorer(width, neighbours, byDistance, data.clone(), outputs, targets.clone());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void score(FeatureRow row, double[] out) {
        int rows = targets.length / outputs;
        Nearest nearest = new Nearest(Math.min(neighbours, rows));
        float[] query = new float[width];
        System.arraycopy(row.array(), row.offset(), query, 0, width);
        boolean complete = !hasNaN(query);
        for (int i = 0; i < rows; i++) {
            float distance = complete ? distance(query, i * width) : distanceOfPresent(query, i * width);
            // Where training cells are missing the fast sum is NaN.
            if (Float.isNaN(distance)) {
                distance = distanceOfPresent(query, i * width);
            }
            nearest.offer(distance, i);
        }
        mean(nearest, out);
    }

    private void mean(Nearest nearest, double[] out) {
        Arrays.fill(out, 0, outputs, 0);
        double total = 0;
        for (int i = 0; i < nearest.size; i++) {
            double weight = byDistance ? Math.max(1 / (Math.sqrt(nearest.distance[i]) + NEAR), Double.MIN_NORMAL) : 1;
            total += weight;
            for (int k = 0; k < outputs; k++) {
                out[k] += weight * targets[nearest.row[i] * outputs + k];
            }
        }
        for (int k = 0; k < outputs; k++) {
            out[k] /= total;
        }
    }

    private float distance(float[] query, int at) {
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

    private float distanceOfPresent(float[] query, int at) {
        float sum = 0;
        for (int f = 0; f < query.length; f++) {
            float difference = query[f] - data[at + f];
            if (!Float.isNaN(difference)) {
                sum += difference * difference;
            }
        }
        return sum;
    }

    private static boolean hasNaN(float[] values) {
        for (float value : values) {
            if (Float.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void write(Node node) {
        node.put("width", width)
                .put("neighbours", neighbours)
                .put("by_distance", byDistance)
                .put("data", data)
                .put("outputs", outputs)
                .put("targets", targets);
    }

    /** The nearest rows so far in a heap whose root is the farthest; earlier rows win among equals. */
    private static final class Nearest {

        final float[] distance;
        final int[] row;
        int size;

        Nearest(int capacity) {
            distance = new float[capacity];
            row = new int[capacity];
        }

        void offer(float candidate, int candidateRow) {
            if (size < distance.length) {
                int at = size++;
                while (at > 0 && distance[(at - 1) / 2] < candidate) {
                    copy((at - 1) / 2, at);
                    at = (at - 1) / 2;
                }
                distance[at] = candidate;
                row[at] = candidateRow;
            } else if (candidate < distance[0]) {
                int at = 0;
                for (int child = 1; child < size; child = 2 * at + 1) {
                    if (child + 1 < size && distance[child + 1] > distance[child]) {
                        child++;
                    }
                    if (distance[child] <= candidate) {
                        break;
                    }
                    copy(child, at);
                    at = child;
                }
                distance[at] = candidate;
                row[at] = candidateRow;
            }
        }

        private void copy(int from, int to) {
            distance[to] = distance[from];
            row[to] = row[from];
        }
    }

    static final class Codec implements ScorerCodec {

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Scorer read(Node node) {
            int width = node.integer("width", 1, Checks.MAX_WIDTH);
            int neighbours = node.integer("neighbours", 1, Integer.MAX_VALUE);
            int outputs = node.integer("outputs", 1, Integer.MAX_VALUE);
            float[] data = node.floats("data");
            double[] targets = node.doubles("targets");
            Checks.that(targets.length > 0 && targets.length % outputs == 0, node, "targets", "is not rows x outputs");
            Checks.length(data.length, (long) (targets.length / outputs) * width, node, "data");
            Checks.finite(targets, node, "targets");
            return new NeighboursScorer(width, neighbours, node.flag("by_distance"), data, outputs, targets);
        }
    }
}
