package org.autotuner.prepare;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.autotuner.budget.Deadline;

/**
 * The leading right singular vectors of sparse rows, by subspace iteration from a random start (Halko, Martinsson and
 * Tropp 2011, algorithm 4.4) with a few more directions than asked for. Deterministic for a seed. One use.
 */
final class TruncatedSvd {

    private static final int EXTRA = 10;
    private static final int ITERATIONS = 4;

    private final SparseRows rows;
    private final int wanted;
    private final int count;
    private final int width;
    private final RandomGenerator random;
    private final Deadline deadline;

    TruncatedSvd(SparseRows rows, int wanted, RandomGenerator random, Deadline deadline) {
        this.rows = rows;
        this.width = rows.width();
        this.wanted = Math.min(wanted, width);
        this.count = Math.min(width, wanted + EXTRA);
        this.random = random;
        this.deadline = deadline;
    }

    /** Columns x vectors, by falling singular value; the largest entry of each vector is positive. */
    float[] directions() {
        double[] basis = new double[width * count];
        for (int i = 0; i < basis.length; i++) {
            basis[i] = random.nextDouble() - 0.5;
        }
        orthogonalise(basis);
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            basis = timesGram(basis);
            orthogonalise(basis);
        }
        double[] image = timesGram(basis);
        double[] small = new double[count * count];
        for (int j = 0; j < width; j++) {
            for (int a = 0; a < count; a++) {
                for (int b = 0; b < count; b++) {
                    small[a * count + b] += basis[j * count + a] * image[j * count + b];
                }
            }
        }
        double[] turned = SymmetricEigen.vectors(small, count);
        float[] directions = new float[width * wanted];
        for (int k = 0; k < wanted; k++) {
            double largest = 0;
            double[] vector = new double[width];
            for (int j = 0; j < width; j++) {
                for (int a = 0; a < count; a++) {
                    vector[j] += basis[j * count + a] * turned[a * count + k];
                }
                largest = Math.abs(vector[j]) > Math.abs(largest) ? vector[j] : largest;
            }
            for (int j = 0; j < width; j++) {
                directions[j * wanted + k] = (float) (largest < 0 ? -vector[j] : vector[j]);
            }
        }
        return directions;
    }

    /** The transposed rows times the rows times {@code basis}. */
    private double[] timesGram(double[] basis) {
        double[] out = new double[basis.length];
        double[] image = new double[count];
        for (int row = 0; row < rows.rows(); row++) {
            if (row % 512 == 0) {
                deadline.check();
            }
            Arrays.fill(image, 0);
            for (int e = rows.start(row); e < rows.end(row); e++) {
                double value = rows.value(e);
                int at = rows.index(e) * count;
                for (int k = 0; k < count; k++) {
                    image[k] += value * basis[at + k];
                }
            }
            for (int e = rows.start(row); e < rows.end(row); e++) {
                double value = rows.value(e);
                int at = rows.index(e) * count;
                for (int k = 0; k < count; k++) {
                    out[at + k] += value * image[k];
                }
            }
        }
        return out;
    }

    /** Gram and Schmidt, twice; a direction without anything of its own becomes zero. */
    private void orthogonalise(double[] basis) {
        double[] products = new double[count];
        for (int k = 0; k < count; k++) {
            double before = norm(basis, k);
            for (int pass = 0; pass < 2; pass++) {
                Arrays.fill(products, 0, k, 0);
                for (int j = 0; j < width; j++) {
                    double own = basis[j * count + k];
                    for (int a = 0; a < k; a++) {
                        products[a] += own * basis[j * count + a];
                    }
                }
                for (int j = 0; j < width; j++) {
                    double sum = 0;
                    for (int a = 0; a < k; a++) {
                        sum += products[a] * basis[j * count + a];
                    }
                    basis[j * count + k] -= sum;
                }
            }
            double norm = norm(basis, k);
            double scale = norm > 1e-10 * before ? 1 / norm : 0;
            for (int j = 0; j < width; j++) {
                basis[j * count + k] *= scale;
            }
        }
    }

    private double norm(double[] basis, int k) {
        double squares = 0;
        for (int j = 0; j < width; j++) {
            squares += basis[j * count + k] * basis[j * count + k];
        }
        return Math.sqrt(squares);
    }
}
