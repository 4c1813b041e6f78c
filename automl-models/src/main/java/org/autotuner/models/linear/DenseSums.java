package org.autotuner.models.linear;

import java.util.Arrays;
import org.autotuner.budget.Deadline;
import org.autotuner.models.product.Products;
import org.autotuner.task.Weights;

/**
 * The passes over dense rows for many outputs, in floats and as products of matrices: some ten times quicker than row by row.
 * Sums of a block of rows are in floats, those of blocks in doubles.
 */
final class DenseSums {

    private static final int BLOCK = 512;
    private static final int LEAST_WIDTH = 32;
    private static final int LEAST_OUTPUTS = 3;
    private static final double LEAST_PRODUCTS = 2e7;

    private final int width;
    private final int outputs;
    private final int rows;
    /** For each block the rows, and the same by features. */
    private final float[][][] byRow;

    private final float[][][] byFeature;
    private final float[][] scores;
    private final float[][] sums;
    private final Products products = Products.here();

    DenseSums(Design design, int outputs) {
        this.width = design.denseWidth();
        this.outputs = outputs;
        this.rows = design.rows();
        int blocks = (rows + BLOCK - 1) / BLOCK;
        this.byRow = new float[blocks][][];
        this.byFeature = new float[blocks][][];
        for (int block = 0; block < blocks; block++) {
            int size = Math.min(BLOCK, rows - block * BLOCK);
            byRow[block] = new float[size][width];
            byFeature[block] = new float[width][size];
            for (int r = 0; r < size; r++) {
                design.copyDense(block * BLOCK + r, byRow[block][r]);
                for (int j = 0; j < width; j++) {
                    byFeature[block][j][r] = byRow[block][r][j];
                }
            }
        }
        this.scores = new float[outputs][BLOCK];
        this.sums = new float[outputs][width];
    }

    /** Whether it is worth its memory, twice that of the rows. */
    static boolean suits(Design design, int outputs) {
        return suits(design.denseWidth(), design.width(), design.rows(), outputs);
    }

    /** The same for data of this size. */
    static boolean suits(double dense, double width, int rows, int outputs) {
        return width <= dense
                && dense >= LEAST_WIDTH
                && outputs >= LEAST_OUTPUTS
                && rows * dense * outputs >= LEAST_PRODUCTS;
    }

    /** The weighted sum of the rows' losses; adds that of their gradients to {@code gradient}. */
    double evaluate(double[] w, Loss loss, Weights weights, double[] gradient, Deadline deadline) {
        float[][] factors = new float[outputs][width];
        for (int j = 0; j < width; j++) {
            for (int k = 0; k < outputs; k++) {
                factors[k][j] = (float) w[j * outputs + k];
            }
        }
        double sum = 0;
        double[] z = new double[outputs];
        for (int block = 0; block < byRow.length; block++) {
            deadline.check();
            int size = byRow[block].length;
            for (int k = 0; k < outputs; k++) {
                Arrays.fill(scores[k], (float) w[width * outputs + k]);
                products.accumulate(factors[k], 0, byFeature[block], 0, width, scores[k], 0, size);
            }
            for (int r = 0; r < size; r++) {
                double weight = weights.at(block * BLOCK + r);
                for (int k = 0; k < outputs; k++) {
                    z[k] = scores[k][r];
                }
                sum += weight == 0 ? 0 : weight * loss.at(block * BLOCK + r, z);
                for (int k = 0; k < outputs; k++) {
                    scores[k][r] = weight == 0 ? 0 : (float) (weight * z[k]);
                }
            }
            for (int k = 0; k < outputs; k++) {
                Arrays.fill(sums[k], 0);
                products.accumulate(scores[k], 0, byRow[block], 0, size, sums[k], 0, width);
                for (int j = 0; j < width; j++) {
                    gradient[j * outputs + k] += sums[k][j];
                }
                for (int r = 0; r < size; r++) {
                    gradient[width * outputs + k] += scores[k][r];
                }
            }
        }
        return sum;
    }
}
