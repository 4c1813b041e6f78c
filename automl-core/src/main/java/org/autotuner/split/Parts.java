package org.autotuner.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autotuner.error.DataException;

/** Turns "row r is validated in part p" into folds. */
final class Parts {

    /** Part of a row that always trains. */
    static final int TRAINS = -1;

    private Parts() {}

    /** One fold per part that has rows on both sides. */
    static List<Fold> folds(int[] partOfRow, int parts) {
        List<Fold> folds = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            Fold fold = fold(partOfRow, part);
            if (fold.trainSize() > 0 && fold.validationSize() > 0) {
                folds.add(fold);
            }
        }
        return folds;
    }

    static Fold fold(int[] partOfRow, int part) {
        int size = (int) Arrays.stream(partOfRow).filter(p -> p == part).count();
        int[] validation = new int[size];
        int[] train = new int[partOfRow.length - size];
        int v = 0;
        int t = 0;
        for (int row = 0; row < partOfRow.length; row++) {
            if (partOfRow[row] == part) {
                validation[v++] = row;
            } else {
                train[t++] = row;
            }
        }
        return new Fold(train, validation);
    }

    static void requireTwoRows(int rows) {
        if (rows < 2) {
            throw new DataException(
                    "A table of %d rows cannot be divided into a training and a validation part. Give at least 2 rows."
                            .formatted(rows));
        }
    }

    static int folds(int folds) {
        if (folds < 2) {
            throw new IllegalArgumentException("At least 2 folds are needed, but %d were asked for.".formatted(folds));
        }
        return folds;
    }

    static double share(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("The validation share must be in (0, 1), but is %s.".formatted(share));
        }
        return share;
    }
}
