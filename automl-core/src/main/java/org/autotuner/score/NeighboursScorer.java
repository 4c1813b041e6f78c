package org.autotuner.score;

import java.util.Arrays;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;

/**
 * The weighted mean, or weighted quantiles, of the targets of the k nearest training rows by Euclidean or Manhattan
 * distance over the dense features. Missing cells add nothing to a distance. Immutable and thread-safe; a row costs
 * (rows x width) operations.
 */
public final class NeighboursScorer implements Scorer {

    static final String TYPE = "neighbours";
    /** Keeps the weight of a row at distance 0 finite. */
    private static final double NEAR = 1e-12;

    private final int width;
    private final int neighbours;
    private final boolean byDistance;
    private final float[] data;
    private final int columns;
    private final double[] targets;
    private final boolean manhattan;
    /** Quantile levels; empty where the mean is wanted. */
    private final double[] levels;

    private NeighboursScorer(
            int width,
            int neighbours,
            boolean byDistance,
            float[] data,
            int columns,
            double[] targets,
            boolean manhattan,
            double[] levels) {
        this.width = width;
        this.neighbours = neighbours;
        this.byDistance = byDistance;
        this.data = data;
        this.columns = columns;
        this.targets = targets;
        this.manhattan = manhattan;
        this.levels = levels;
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
        return new NeighboursScorer(
                width, neighbours, byDistance, data.clone(), outputs, targets.clone(), false, new double[0]);
    }

    /** The same by the sum of absolute differences (Manhattan) instead of the Euclidean distance. */
    public NeighboursScorer withManhattan() {
        return new NeighboursScorer(width, neighbours, byDistance, data, columns, targets, true, levels);
    }

    /**
     * The same with weighted quantiles of the neighbours' targets as outputs instead of their mean.
     *
     * @param given levels in 0..1, ascending, at least one; copied
     * @throws IllegalArgumentException if the targets have more than one column or the levels do not ascend in 0..1
     */
    public NeighboursScorer withQuantiles(double... given) {
        if (columns != 1 || !WeightedQuantiles.areLevels(given)) {
            throw new IllegalArgumentException("Quantiles need one target per row, not %d, and ascending levels: %s."
                    .formatted(columns, Arrays.toString(given)));
        }
        return new NeighboursScorer(width, neighbours, byDistance, data, columns, targets, manhattan, given.clone());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int outputs() {
        return levels.length > 0 ? levels.length : columns;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void score(FeatureRow row, double[] out) {
        int rows = targets.length / columns;
        Nearest nearest = new Nearest(Math.min(neighbours, rows));
        float[] query = new float[width];
        System.arraycopy(row.array(), row.offset(), query, 0, width);
        boolean complete = !hasNaN(query);
        for (int i = 0; i < rows; i++) {
            int at = i * width;
            float distance = !complete
                    ? Float.NaN
                    : manhattan ? Distances.absolute(query, data, at) : Distances.squared(query, data, at);
            // Where training cells are missing the fast sum is NaN too.
            if (Float.isNaN(distance)) {
                distance = Distances.ofPresent(query, data, at, manhattan);
            }
            nearest.offer(distance, i);
        }
        if (levels.length > 0) {
            quantiles(nearest, out);
        } else {
            mean(nearest, out);
        }
    }

    private double weight(float distance) {
        if (!byDistance) {
            return 1;
        }
        return Math.max(1 / ((manhattan ? distance : Math.sqrt(distance)) + NEAR), Double.MIN_NORMAL);
    }

    private void quantiles(Nearest nearest, double[] out) {
        double[] values = new double[nearest.size];
        double[] weights = new double[nearest.size];
        for (int i = 0; i < nearest.size; i++) {
            values[i] = targets[nearest.row[i]];
            weights[i] = weight(nearest.distance[i]);
        }
        WeightedQuantiles.write(values, weights, levels, out);
    }

    private void mean(Nearest nearest, double[] out) {
        Arrays.fill(out, 0, columns, 0);
        double total = 0;
        for (int i = 0; i < nearest.size; i++) {
            double weight = weight(nearest.distance[i]);
            total += weight;
            for (int k = 0; k < columns; k++) {
                out[k] += weight * targets[nearest.row[i] * columns + k];
            }
        }
        for (int k = 0; k < columns; k++) {
            out[k] /= total;
        }
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
                .put("outputs", columns)
                .put("targets", targets);
        // Written only where they apply, so that files of before and of now are the same.
        if (manhattan) {
            node.put("manhattan", true);
        }
        if (levels.length > 0) {
            node.put("levels", levels);
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
            double[] levels = node.has("levels") ? node.doubles("levels") : new double[0];
            Checks.that(
                    levels.length == 0 || (outputs == 1 && WeightedQuantiles.areLevels(levels)),
                    node,
                    "levels",
                    "is not ascending in 0..1, or has several targets");
            return new NeighboursScorer(
                    width,
                    neighbours,
                    node.flag("by_distance"),
                    data,
                    outputs,
                    targets,
                    node.has("manhattan") && node.flag("manhattan"),
                    levels);
        }
    }
}
