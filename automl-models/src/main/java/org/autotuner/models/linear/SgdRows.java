package org.autotuner.models.linear;

import java.util.Arrays;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.SparseRows;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SGDVector;
import org.tribuo.math.la.SparseVector;

/** Rows as Tribuo's vectors: dense features first, then sparse columns, then a one for the bias where it is wanted. */
final class SgdRows {

    private SgdRows() {}

    static SGDVector[] of(FeatureMatrix features, boolean bias) {
        SGDVector[] rows = new SGDVector[features.rows()];
        int dense = features.width();
        int width = dense + features.sparseWidth() + (bias ? 1 : 0);
        SparseRows sparse = features.sparse();
        int[] index = new int[width];
        double[] value = new double[width];
        for (int row = 0; row < rows.length; row++) {
            int size = 0;
            for (int j = 0; j < dense; j++) {
                float x = features.at(row, j);
                if (x != 0 && Float.isFinite(x)) {
                    index[size] = j;
                    value[size++] = x;
                }
            }
            for (int e = sparse == null ? 0 : sparse.start(row); sparse != null && e < sparse.end(row); e++) {
                index[size] = dense + sparse.index(e);
                value[size++] = sparse.value(e);
            }
            if (bias) {
                index[size] = width - 1;
                value[size++] = 1;
            }
            rows[row] = vector(width, index, value, size);
        }
        return rows;
    }

    private static SGDVector vector(int width, int[] index, double[] value, int size) {
        if (size < width / 2) {
            return SparseVector.createSparseVector(width, Arrays.copyOf(index, size), Arrays.copyOf(value, size));
        }
        double[] all = new double[width];
        for (int i = 0; i < size; i++) {
            all[index[i]] = value[i];
        }
        return DenseVector.createDenseVector(all);
    }
}
