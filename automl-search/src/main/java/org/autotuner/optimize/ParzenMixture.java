package org.autotuner.optimize;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A density over a conditional space: a mixture of product kernels, one per observation, and one wide kernel for the
 * prior. Every kernel covers whole paths: at a choice it prefers its own option, and under options that its observation
 * did not take it is uniform. Immutable but for a scratch array; used by one thread.
 */
final class ParzenMixture {

    /** Ordered parameters of at most so many values get exact probabilities of their values. */
    private static final int EXACT_LEVELS = 40;

    /** How many observations the prior's kernel counts as. */
    private static final double PRIOR_WEIGHT = 1;

    private final Encoding encoding;
    private final double[][] vectors;
    private final double[] widths;
    private final double priorShare;
    private final double[] shares;
    /** By dimension: table of log probabilities, value by kernel's value (the last column: no preference), or null. */
    private final double[][][] tables;

    private final double[][] means;
    private final double[][] scales;
    private final double[][] norms;
    private final int[][] levels;
    private final double[] logWeights;
    private final double[] scratch;

    /**
     * @param vectors observations
     * @param shares their weights, which sum to 1; the prior's kernel weighs as much as one observation on average
     * @param widths kernel width by dimension, in the unit range
     */
    ParzenMixture(Encoding encoding, List<double[]> vectors, double[] shares, double[] widths) {
        this.encoding = encoding;
        this.vectors = vectors.toArray(new double[0][]);
        this.widths = widths;
        int kernels = this.vectors.length + 1;
        double total = this.vectors.length + PRIOR_WEIGHT;
        this.priorShare = PRIOR_WEIGHT / total;
        this.logWeights = new double[kernels];
        this.shares = shares;
        for (int k = 0; k < this.vectors.length; k++) {
            logWeights[k] = Math.log(shares[k] * this.vectors.length / total);
        }
        logWeights[kernels - 1] = Math.log(priorShare);
        this.scratch = new double[kernels];
        int size = encoding.size();
        this.tables = new double[size][][];
        this.means = new double[size][];
        this.scales = new double[size][];
        this.norms = new double[size][];
        this.levels = new int[size][];
        for (Dimension dimension : encoding.dimensions()) {
            if (isExact(dimension)) {
                tabulate(dimension, kernels);
            } else {
                place(dimension, kernels);
            }
        }
    }

    /** A draw from the mixture; where {@code fixed} has a coordinate, the draw has it too. */
    double[] sample(double[] fixed, RandomGenerator random) {
        boolean isPrior = vectors.length == 0 || random.nextDouble() < priorShare;
        double[] kernel = isPrior ? new double[0] : vectors[drawn(random)];
        return encoding.walk(dimension -> {
            int d = dimension.index();
            if (!Double.isNaN(fixed[d])) {
                return fixed[d];
            }
            if (isPrior || Double.isNaN(kernel[d])) {
                return dimension.snap(random.nextDouble());
            }
            if (dimension.isCategory()) {
                return category(dimension, dimension.option(kernel[d]), random);
            }
            return dimension.snap(Normal.truncated(kernel[d], widths[d], random));
        });
    }

    private int drawn(RandomGenerator random) {
        double left = random.nextDouble();
        int k = 0;
        while (k < shares.length - 1 && left >= shares[k]) {
            left -= shares[k++];
        }
        return k;
    }

    /** Logarithm of the density at a vector of active coordinates. */
    double logDensity(double[] vector) {
        System.arraycopy(logWeights, 0, scratch, 0, scratch.length);
        for (int d = 0; d < vector.length; d++) {
            double x = vector[d];
            if (Double.isNaN(x)) {
                continue;
            }
            double[][] table = tables[d];
            if (table != null) {
                addTable(table[encoding.dimension(d).option(x)], levels[d]);
            } else {
                addNormal(x, means[d], scales[d], norms[d]);
            }
        }
        return logSum(scratch);
    }

    private void addTable(double[] row, int[] own) {
        for (int k = 0; k < scratch.length; k++) {
            scratch[k] += row[own[k]];
        }
    }

    private void addNormal(double x, double[] mean, double[] scale, double[] norm) {
        for (int k = 0; k < scratch.length; k++) {
            double z = (x - mean[k]) * scale[k];
            scratch[k] -= 0.5 * z * z + norm[k];
        }
    }

    private static double logSum(double[] terms) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double term : terms) {
            largest = Math.max(largest, term);
        }
        double sum = 0;
        for (double term : terms) {
            double below = term - largest;
            if (below > -35) {
                sum += Math.exp(below);
            }
        }
        return largest + Math.log(sum);
    }

    private static boolean isExact(Dimension dimension) {
        return dimension.isCategory() || (dimension.levels() > 0 && dimension.levels() <= EXACT_LEVELS);
    }

    /** Probability that a kernel leaves its own option for a uniform draw: less, the more observations agree. */
    private double leaving(Dimension dimension) {
        return dimension.levels() / (vectors.length + dimension.levels() + 1.0);
    }

    private double category(Dimension dimension, int own, RandomGenerator random) {
        boolean leaves = random.nextDouble() < leaving(dimension);
        return dimension.ofOption(leaves ? random.nextInt(dimension.levels()) : own);
    }

    private void tabulate(Dimension dimension, int kernels) {
        int d = dimension.index();
        int count = dimension.levels();
        double[][] table = new double[count][count + 1];
        double[] places = new double[count];
        for (int level = 0; level < count; level++) {
            places[level] = dimension.snap(dimension.ofOption(level));
        }
        for (int own = 0; own < count; own++) {
            for (int level = 0; level < count; level++) {
                table[level][own] = Math.log(
                        dimension.isCategory()
                                ? leaving(dimension) / count + (level == own ? 1 - leaving(dimension) : 0)
                                : interval(dimension, level, places[own], widths[d]));
            }
        }
        for (int level = 0; level < count; level++) {
            table[level][count] = Math.log(
                    dimension.isCategory() ? 1.0 / count : Math.max(1e-12, 2 * dimension.halfWidth(places[level])));
        }
        tables[d] = table;
        levels[d] = new int[kernels];
        for (int k = 0; k < kernels; k++) {
            boolean has = k < vectors.length && !Double.isNaN(vectors[k][d]);
            levels[d][k] = has ? dimension.option(vectors[k][d]) : count;
        }
    }

    /** By the ends of its range: on a log scale a value does not lie in the middle of it. */
    private static double interval(Dimension dimension, int level, double mean, double width) {
        double part = Normal.cumulative((dimension.edge(level + 1) - mean) / width)
                - Normal.cumulative((dimension.edge(level) - mean) / width);
        return Math.max(1e-12, part / inside(mean, width));
    }

    /** Share of a normal distribution that lies in 0..1. */
    private static double inside(double mean, double width) {
        boolean isFarFromBounds = Math.min(mean, 1 - mean) > 6 * width;
        return isFarFromBounds ? 1 : Normal.cumulative((1 - mean) / width) - Normal.cumulative(-mean / width);
    }

    private void place(Dimension dimension, int kernels) {
        int d = dimension.index();
        means[d] = new double[kernels];
        scales[d] = new double[kernels];
        norms[d] = new double[kernels];
        for (int k = 0; k < vectors.length; k++) {
            double mean = vectors[k][d];
            if (!Double.isNaN(mean)) {
                double width = widths[d];
                means[d][k] = mean;
                scales[d][k] = 1 / width;
                norms[d][k] = Math.log(width * Math.sqrt(2 * Math.PI) * inside(mean, width));
            }
        }
    }
}
