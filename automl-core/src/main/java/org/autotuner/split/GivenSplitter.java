package org.autotuner.split;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.task.Target;
import org.autotuner.task.Task;

/** Folds that the caller made, such as one whose validation part is a table of its own, appended to the training rows. */
public final class GivenSplitter implements Splitter {

    private final List<Fold> folds;

    private GivenSplitter(List<Fold> folds) {
        this.folds = List.copyOf(folds);
    }

    /**
     * These folds, whatever the seed.
     *
     * @throws DataException if there is none, or one has an empty part or a row on both sides
     */
    public static GivenSplitter of(List<Fold> folds) {
        if (folds.isEmpty()) {
            throw new DataException("No fold is given. Give at least one.");
        }
        for (int i = 0; i < folds.size(); i++) {
            requireSound(folds.get(i), i);
        }
        return new GivenSplitter(folds);
    }

    /** One fold of these row numbers. */
    public static GivenSplitter of(int[] train, int[] validation) {
        return of(List.of(new Fold(train, validation)));
    }

    /** One fold for a table of {@code trainRows} rows to which {@code validationRows} validation rows are appended. */
    public static GivenSplitter appended(int trainRows, int validationRows) {
        int[] train = new int[trainRows];
        int[] validation = new int[validationRows];
        java.util.Arrays.setAll(train, row -> row);
        java.util.Arrays.setAll(validation, row -> trainRows + row);
        return of(train, validation);
    }

    private static void requireSound(Fold fold, int number) {
        if (fold.trainSize() == 0 || fold.validationSize() == 0) {
            throw new DataException("Fold %d has %d training and %d validation rows, but each needs at least one."
                    .formatted(number, fold.trainSize(), fold.validationSize()));
        }
        java.util.Set<Integer> train = new java.util.HashSet<>();
        for (int row : fold.train()) {
            train.add(row);
        }
        for (int row : fold.validation()) {
            if (train.contains(row)) {
                throw new DataException("Fold %d has row %d in both parts. Take it out of one.".formatted(number, row));
            }
        }
    }

    @Override
    public List<Fold> split(Table table, Task task, Target target, long seed) {
        for (Fold fold : folds) {
            List<int[]> parts = new ArrayList<>(List.of(fold.train(), fold.validation()));
            for (int[] part : parts) {
                for (int row : part) {
                    if (row < 0 || row >= target.size()) {
                        throw new DataException("A given fold names row %d, but the table has the rows 0..%d."
                                .formatted(row, target.size() - 1));
                    }
                }
            }
        }
        return folds;
    }
}
