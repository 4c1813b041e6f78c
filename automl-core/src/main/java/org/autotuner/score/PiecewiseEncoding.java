package org.autotuner.score;

import java.util.Arrays;
import java.util.List;

/** Shares of bins of each number; see {@link NumberEmbedding#piecewiseLinear}. Immutable and thread-safe. */
final class PiecewiseEncoding implements NumberEmbedding.Encoding {

    /** The edges of all numbers, one after the other. */
    private final float[] edges;
    /** Place of a number's first bin; one more for the end. Its edges start {@code number} places later. */
    private final int[] starts;
    /** The number of each bin. */
    private final int[] owners;

    PiecewiseEncoding(List<float[]> given) {
        this(given.stream().mapToInt(one -> one.length - 1).toArray(), concatenated(given));
    }

    /**
     * The same, flat.
     *
     * @param bins number of bins of each number
     * @param edges one more for each number than it has bins
     */
    PiecewiseEncoding(int[] bins, float[] edges) {
        starts = new int[bins.length + 1];
        long total = 0;
        for (int n = 0; n < bins.length; n++) {
            Arguments.that(bins[n] >= 1, "Number %d has %d bins, but needs at least 1: two edges.", n, bins[n]);
            total += bins[n];
            Arguments.that(total <= edges.length, "There are more bins than edges, which are %d.", edges.length);
            starts[n + 1] = (int) total;
        }
        Arguments.length(edges.length, total + bins.length, "edges");
        Arguments.finite(edges, "edges");
        owners = new int[(int) total];
        this.edges = edges.clone();
        for (int n = 0; n < bins.length; n++) {
            Arrays.fill(owners, starts[n], starts[n + 1], n);
            for (int i = starts[n]; i < starts[n + 1]; i++) {
                Arguments.that(
                        edges[i + n] < edges[i + n + 1],
                        "The edges of number %d do not ascend: %s is before %s.",
                        n,
                        edges[i + n],
                        edges[i + n + 1]);
            }
        }
    }

    private static float[] concatenated(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    float[] edges() {
        return edges;
    }

    /** Number of bins of each number. */
    int[] bins() {
        int[] bins = new int[numbers()];
        Arrays.setAll(bins, n -> starts[n + 1] - starts[n]);
        return bins;
    }

    @Override
    public int numbers() {
        return starts.length - 1;
    }

    @Override
    public int start(int number) {
        return starts[number];
    }

    /** The bin, counted over all numbers, that holds x; the first or last one for an x beyond the edges. */
    int bin(int number, float x) {
        int low = starts[number];
        int high = starts[number + 1] - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (x >= edges[middle + number]) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The share of a bin that is below x: in 0..1 unless x is beyond the edges. */
    float share(int bin, float x) {
        int at = bin + owners[bin];
        double from = edges[at];
        return (float) ((x - from) / (edges[at + 1] - from));
    }

    @Override
    public float[] encode(float[] x) {
        float[] out = new float[components()];
        for (int n = 0; n < numbers(); n++) {
            int bin = bin(n, x[n]);
            Arrays.fill(out, starts[n], bin, 1);
            out[bin] = share(bin, x[n]);
        }
        return out;
    }

    /** For every bin the number's bias plus the weights of its lower bins. */
    float[][] below(Matrix weights, float[] bias) {
        int width = weights.columns();
        float[][] below = new float[components()][width];
        double[] sums = new double[width];
        for (int n = 0; n < numbers(); n++) {
            for (int i = 0; i < width; i++) {
                sums[i] = bias[n * width + i];
            }
            for (int bin = starts[n]; bin < starts[n + 1]; bin++) {
                float[] row = weights.row(bin);
                for (int i = 0; i < width; i++) {
                    below[bin][i] = (float) sums[i];
                    sums[i] += row[i];
                }
            }
        }
        return below;
    }
}
