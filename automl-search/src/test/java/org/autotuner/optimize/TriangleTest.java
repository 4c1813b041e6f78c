package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class TriangleTest {

    private static final int SIZE = 150; // more than the rows it has room for at first

    private static RealMatrix matrix(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] factor = new double[SIZE][SIZE];
        for (double[] row : factor) {
            Arrays.setAll(row, i -> random.nextDouble() - 0.5);
        }
        RealMatrix made = new Array2DRowRealMatrix(factor);
        RealMatrix product = made.multiply(made.transpose());
        for (int i = 0; i < SIZE; i++) {
            product.addToEntry(i, i, 1);
        }
        return product;
    }

    private static void append(Triangle triangle, RealMatrix matrix, int to) {
        for (int i = triangle.size(); i < to; i++) {
            triangle.append(Arrays.copyOf(matrix.getRow(i), i + 1));
        }
    }

    private static Triangle of(RealMatrix matrix) {
        Triangle triangle = new Triangle();
        append(triangle, matrix, SIZE);
        return triangle;
    }

    @Test
    void solvesAsCommonsMathDoes() {
        RealMatrix matrix = matrix(1);
        CholeskyDecomposition reference = new CholeskyDecomposition(matrix);
        double[] vector = new SplittableRandom(2).doubles(SIZE).toArray();
        Triangle triangle = of(matrix);
        double[] expected =
                reference.getSolver().solve(new ArrayRealVector(vector)).toArray();
        assertThat(triangle.solve(vector)).containsExactly(expected, within(1e-10));
        assertThat(triangle.logDeterminant())
                .isCloseTo(
                        2
                                * Arrays.stream(diagonal(reference.getL()))
                                        .map(Math::log)
                                        .sum(),
                        within(1e-9));
    }

    @Test
    void halfSolveAndTransposedUndoTheFactor() {
        RealMatrix matrix = matrix(3);
        RealMatrix factor = new CholeskyDecomposition(matrix).getL();
        double[] vector = new SplittableRandom(4).doubles(SIZE).toArray();
        Triangle triangle = of(matrix);
        double[] half = new double[SIZE];
        triangle.halfSolve(factor.operate(vector), half);
        assertThat(half).containsExactly(vector, within(1e-10));
        assertThat(triangle.transposed(factor.transpose().operate(vector))).containsExactly(vector, within(1e-10));
    }

    @Test
    void inverseProductIsTheLowerHalfOfTheInverse() {
        RealMatrix matrix = matrix(5);
        RealMatrix expected = new CholeskyDecomposition(matrix).getSolver().getInverse();
        double[][] inverse = of(matrix).inverseProduct();
        for (int i = 0; i < SIZE; i++) {
            assertThat(inverse[i]).containsExactly(Arrays.copyOf(expected.getRow(i), i + 1), within(1e-10));
        }
    }

    @Test
    void grownRowByRowAndCutBackItEqualsOneMadeAtOnceBitByBit() {
        RealMatrix matrix = matrix(6);
        RealMatrix other = matrix(7);
        double[] vector = new SplittableRandom(8).doubles(SIZE).toArray();
        double[] expected = of(matrix).solve(vector);
        Triangle grown = new Triangle();
        for (int to = 10; to <= SIZE; to += 10) {
            append(grown, matrix, to);
            grown.solve(vector);
            int kept = to - 3;
            append(grown, other, Math.min(SIZE, to + 5));
            grown.solve(vector);
            grown.truncate(kept);
        }
        append(grown, matrix, SIZE);
        assertThat(grown.solve(vector)).isEqualTo(expected);
        assertThat(grown.logDeterminant()).isEqualTo(of(matrix).logDeterminant());
    }

    /** Equal rows of a covariance without noise: the last pivot would be 0. */
    @Test
    void aSingularMatrixStillGivesNumbers() {
        Triangle triangle = new Triangle();
        triangle.append(new double[] {1});
        triangle.append(new double[] {1, 1});
        assertThat(triangle.solve(new double[] {1, 1})).doesNotContain(Double.NaN);
        assertThat(triangle.logDeterminant()).isFinite();
    }

    private static double[] diagonal(RealMatrix matrix) {
        double[] diagonal = new double[matrix.getRowDimension()];
        Arrays.setAll(diagonal, i -> matrix.getEntry(i, i));
        return diagonal;
    }
}
