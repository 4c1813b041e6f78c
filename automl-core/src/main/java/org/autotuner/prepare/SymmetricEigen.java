package org.autotuner.prepare;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Eigenvectors of small symmetric matrices by Jacobi's rotations (Golub and Van Loan, Matrix Computations, 8.5). */
final class SymmetricEigen {

    private static final int MOST_SWEEPS = 60;

    private SymmetricEigen() {}

    /**
     * Eigenvectors by falling eigenvalue.
     *
     * @param matrix size x size; destroyed
     * @return size x size, one eigenvector of length 1 per column
     */
    static double[] vectors(double[] matrix, int size) {
        double[] vectors = new double[size * size];
        for (int i = 0; i < size; i++) {
            vectors[i * size + i] = 1;
        }
        double total = 0;
        for (double cell : matrix) {
            total += cell * cell;
        }
        for (int sweep = 0; sweep < MOST_SWEEPS && outside(matrix, size) > 1e-24 * total; sweep++) {
            for (int p = 0; p < size; p++) {
                for (int q = p + 1; q < size; q++) {
                    rotate(matrix, vectors, size, p, q);
                }
            }
        }
        int[] order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -matrix[i * size + i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] sorted = new double[size * size];
        for (int row = 0; row < size; row++) {
            for (int k = 0; k < size; k++) {
                sorted[row * size + k] = vectors[row * size + order[k]];
            }
        }
        return sorted;
    }

    private static double outside(double[] matrix, int size) {
        double squares = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                squares += 2 * matrix[i * size + j] * matrix[i * size + j];
            }
        }
        return squares;
    }

    private static void rotate(double[] matrix, double[] vectors, int size, int p, int q) {
        double off = matrix[p * size + q];
        if (off == 0) {
            return;
        }
        double theta = (matrix[q * size + q] - matrix[p * size + p]) / (2 * off);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < size; k++) {
            double a = matrix[k * size + p];
            double b = matrix[k * size + q];
            matrix[k * size + p] = c * a - s * b;
            matrix[k * size + q] = s * a + c * b;
        }
        for (int k = 0; k < size; k++) {
            double a = matrix[p * size + k];
            double b = matrix[q * size + k];
            matrix[p * size + k] = c * a - s * b;
            matrix[q * size + k] = s * a + c * b;
            double v = vectors[k * size + p];
            double w = vectors[k * size + q];
            vectors[k * size + p] = c * v - s * w;
            vectors[k * size + q] = s * v + c * w;
        }
    }
}
