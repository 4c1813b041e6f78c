package org.autotuner.evaluate;

import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Learns {@link Familiarity} from vectors and their classes, for all rows and for all but one part of them, so that rows can
 * be judged by others alone. Vectors have lengths of about 1. Not thread-safe.
 */
public final class FamiliarityFit {

    private static final int MOST_DIRECTIONS = 64;
    private static final int ITERATIONS = 15;
    private static final double LEAST_SHRINKAGE = 0.05;

    private final int width;
    private final int classes;
    private final double[][] counts;
    private final double[][] sums;
    /** Lower triangles of the sums of products. */
    private final double[][] products;

    /**
     * An empty one.
     *
     * @param width length of a vector
     * @param classes number of labels
     * @param parts number of parts into which rows are divided
     */
    public FamiliarityFit(int width, int classes, int parts) {
        this.width = width;
        this.classes = classes;
        this.counts = new double[parts][classes];
        this.sums = new double[parts][classes * width];
        this.products = new double[parts][width * width];
    }

    /** Adds the vector from {@code at} on. */
    public void add(float[] vectors, int at, int label, int part) {
        counts[part][label]++;
        double[] own = products[part];
        for (int i = 0; i < width; i++) {
            double value = vectors[at + i];
            sums[part][label * width + i] += value;
            for (int j = 0; j <= i; j++) {
                own[i * width + j] += value * vectors[at + j];
            }
        }
    }

    /** What all rows teach; empty if they have fewer than two classes, or never more than one row of a class. */
    public Optional<Familiarity> ofAll() {
        return without(-1);
    }

    /** What the rows outside a part teach; empty as in {@link #ofAll()}. */
    public Optional<Familiarity> without(int part) {
        double[] count = new double[classes];
        double[] sum = new double[classes * width];
        double[] scatter = new double[width * width];
        for (int other = 0; other < counts.length; other++) {
            if (other != part) {
                add(counts[other], count);
                add(sums[other], sum);
                add(products[other], scatter);
            }
        }
        int[] found = java.util.stream.IntStream.range(0, classes)
                .filter(label -> count[label] > 0)
                .toArray();
        double rows = java.util.Arrays.stream(count).sum();
        if (found.length < 2 || rows <= found.length) {
            return Optional.empty();
        }
        double[] mean = new double[width];
        double[][] centres = new double[found.length][width];
        for (int k = 0; k < found.length; k++) {
            for (int i = 0; i < width; i++) {
                double value = sum[found[k] * width + i];
                mean[i] += value / rows;
                centres[k][i] = value / count[found[k]];
            }
        }
        shrink(scatter, centres, found, count, rows);
        factorize(scatter);
        for (double[] centre : centres) {
            for (int i = 0; i < width; i++) {
                centre[i] -= mean[i];
            }
            solve(scatter, centre);
        }
        return Optional.of(directions(scatter, mean, centres, found, count, rows));
    }

    private static void add(double[] some, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += some[i];
        }
    }

    /** Products become the covariance within classes, drawn to a sphere the more, the fewer rows there are. */
    private void shrink(double[] products, double[][] centres, int[] found, double[] count, double rows) {
        double trace = 0;
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                double between = 0;
                for (int k = 0; k < centres.length; k++) {
                    between += count[found[k]] * centres[k][i] * centres[k][j];
                }
                products[i * width + j] = (products[i * width + j] - between) / (rows - centres.length);
            }
            trace += products[i * width + i];
        }
        double share = Math.max(LEAST_SHRINKAGE, width / (width + rows));
        double sphere = share * Math.max(trace / width, 1e-9) + 1e-12;
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                products[i * width + j] = (1 - share) * products[i * width + j] + (i == j ? sphere : 0);
            }
        }
    }

    /** Cholesky's factor of the lower triangle, in place. */
    private void factorize(double[] a) {
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = a[i * width + j];
                for (int k = 0; k < j; k++) {
                    rest -= a[i * width + k] * a[j * width + k];
                }
                a[i * width + j] = i == j ? Math.sqrt(Math.max(rest, 1e-15)) : rest / a[j * width + j];
            }
        }
    }

    private void solve(double[] factor, double[] x) {
        for (int i = 0; i < width; i++) {
            double rest = x[i];
            for (int j = 0; j < i; j++) {
                rest -= factor[i * width + j] * x[j];
            }
            x[i] = rest / factor[i * width + i];
        }
    }

    /** The inverse of a lower triangle, row by row. */
    private float[] inverse(double[] factor) {
        float[] packed = new float[width * (width + 1) / 2];
        double[] rows = new double[width * width];
        for (int i = 0, at = 0; i < width; i++) {
            double pivot = factor[i * width + i];
            rows[i * width + i] = 1 / pivot;
            for (int k = 0; k < i; k++) {
                double share = factor[i * width + k] / pivot;
                for (int j = 0; j <= k; j++) {
                    rows[i * width + j] -= share * rows[k * width + j];
                }
            }
            for (int j = 0; j <= i; j++) {
                packed[at++] = (float) rows[i * width + j];
            }
        }
        return packed;
    }

    private void solveTransposed(double[] factor, double[] x) {
        for (int i = width - 1; i >= 0; i--) {
            x[i] /= factor[i * width + i];
            for (int j = 0; j < i; j++) {
                x[j] -= factor[i * width + j] * x[i];
            }
        }
    }

    /** The directions of largest variance between whitened centres, by orthogonal iteration. */
    private Familiarity directions(
            double[] factor, double[] mean, double[][] centres, int[] found, double[] count, double rows) {
        int most = Math.min(Math.min(MOST_DIRECTIONS, centres.length - 1), width);
        SplittableRandom random = new SplittableRandom(1);
        double[][] u = new double[most][width];
        for (double[] one : u) {
            for (int i = 0; i < width; i++) {
                one[i] = random.nextDouble() - 0.5;
            }
        }
        orthonormalize(u);
        double[] variances = new double[most];
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            for (int k = 0; k < most; k++) {
                double[] next = new double[width];
                double variance = 0;
                for (int c = 0; c < centres.length; c++) {
                    double along = dot(centres[c], u[k]);
                    double share = count[found[c]] / rows;
                    variance += share * along * along;
                    for (int i = 0; i < width; i++) {
                        next[i] += share * along * centres[c][i];
                    }
                }
                variances[k] = variance;
                u[k] = next;
            }
            orthonormalize(u);
        }
        float[] placed = new float[centres.length * most];
        float[] projection = new float[most * width];
        double[] spread = new double[most];
        for (int k = 0; k < most; k++) {
            for (int c = 0; c < centres.length; c++) {
                placed[c * most + k] = (float) dot(centres[c], u[k]);
            }
            solveTransposed(factor, u[k]);
            for (int i = 0; i < width; i++) {
                projection[k * width + i] = (float) u[k][i];
            }
            spread[k] = 1 + variances[k];
        }
        return new Familiarity(width, mean, projection, inverse(factor), placed, spread);
    }

    private static void orthonormalize(double[][] u) {
        for (int k = 0; k < u.length; k++) {
            for (int other = 0; other < k; other++) {
                double along = dot(u[k], u[other]);
                for (int i = 0; i < u[k].length; i++) {
                    u[k][i] -= along * u[other][i];
                }
            }
            double length = Math.sqrt(dot(u[k], u[k]));
            for (int i = 0; i < u[k].length; i++) {
                u[k][i] = length > 1e-150 ? u[k][i] / length : 0;
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
