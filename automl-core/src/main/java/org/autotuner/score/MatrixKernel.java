package org.autotuner.score;

/** The numbers of a matrix in the order in which its products need them. Immutable and thread-safe. */
sealed interface MatrixKernel permits MatrixKernel.Columns, MatrixKernel.Rows, SparseKernel {

    /** See {@link Matrix#addProduct}. */
    void addProduct(float[] x, int[] places, float[] out);

    /** The value in a row and a column; slow. */
    float at(int row, int column);

    /** Products add multiples of columns: the JIT compiler of JDK 17 vectorises that, but no sum of products. */
    final class Columns implements MatrixKernel {

        private final float[][] columns;

        Columns(int rows, int columns, float[] values) {
            this.columns = new float[columns][rows];
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    this.columns[c][r] = values[r * columns + c];
                }
            }
        }

        @Override
        public float at(int row, int column) {
            return columns[column][row];
        }

        /** Only columns whose factor is not 0: behind a ReLU that is half of them. */
        @Override
        public void addProduct(float[] x, int[] places, float[] out) {
            int count = 0;
            for (int c = 0; c < columns.length; c++) {
                if (x[c] != 0) {
                    places[count++] = c;
                }
            }
            int i = 0;
            for (; i + 4 <= count; i += 4) {
                int a = places[i];
                int b = places[i + 1];
                int c = places[i + 2];
                int d = places[i + 3];
                addFour(x[a], columns[a], x[b], columns[b], x[c], columns[c], x[d], columns[d], out);
            }
            for (; i < count; i++) {
                addOne(x[places[i]], columns[places[i]], out);
            }
        }

        /** Four at once load and store each output once; only separate arrays are seen not to overlap. */
        private static void addFour(
                float a, float[] u, float b, float[] v, float c, float[] w, float d, float[] z, float[] out) {
            for (int o = 0; o < out.length; o++) {
                out[o] += a * u[o] + b * v[o] + c * w[o] + d * z[o];
            }
        }

        private static void addOne(float a, float[] u, float[] out) {
            for (int o = 0; o < out.length; o++) {
                out[o] += a * u[o];
            }
        }
    }

    /** A product for each row: for few rows, and for rows that are looked up. */
    final class Rows implements MatrixKernel {

        private final float[][] rows;

        Rows(int rows, int columns, float[] values) {
            this.rows = new float[rows][columns];
            for (int r = 0; r < rows; r++) {
                System.arraycopy(values, r * columns, this.rows[r], 0, columns);
            }
        }

        float[] row(int row) {
            return rows[row];
        }

        @Override
        public float at(int row, int column) {
            return rows[row][column];
        }

        @Override
        public void addProduct(float[] x, int[] places, float[] out) {
            for (int r = 0; r < rows.length; r++) {
                out[r] += product(rows[r], x);
            }
        }

        private static float product(float[] row, float[] x) {
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            int i = 0;
            for (; i + 4 <= row.length; i += 4) {
                a += row[i] * x[i];
                b += row[i + 1] * x[i + 1];
                c += row[i + 2] * x[i + 2];
                d += row[i + 3] * x[i + 3];
            }
            for (; i < row.length; i++) {
                a += row[i] * x[i];
            }
            return a + b + (c + d);
        }
    }
}
