package org.autotuner.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * Validation rows are later than all training rows. The window grows: fold i trains on all rows before its validation
 * block. Rows of one moment are never on both sides; where a column has the role GROUP, training rows whose group is
 * validated are left out.
 */
final class TimeFolds implements Splitter {

    private final double[] cuts;

    /** Cuts as shares of the rows, ascending, each the start of a validation block that ends at the next. */
    private TimeFolds(double[] cuts) {
        this.cuts = cuts;
    }

    static TimeFolds of(int folds) {
        if (folds < 1) {
            throw new IllegalArgumentException("At least 1 fold is needed, but is %d.".formatted(folds));
        }
        double[] cuts = new double[folds];
        Arrays.setAll(cuts, i -> (i + 1.0) / (folds + 1));
        return new TimeFolds(cuts);
    }

    static TimeFolds holdout(double share) {
        return new TimeFolds(new double[] {1 - Parts.share(share)});
    }

    @Override
    public List<Fold> split(Table table, Task task, Target target, long seed) {
        String name = RoleColumns.require(table, Role.TIME);
        String group = RoleColumns.find(table, Role.GROUP);
        return split(RoleColumns.times(table, name), name, group == null ? null : RoleColumns.groups(table, group));
    }

    List<Fold> split(double[] times, String name, int @Nullable [] groups) {
        Parts.requireTwoRows(times.length);
        int[] order = IntStream.range(0, times.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> times[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Integer> starts = new ArrayList<>(starts(times, order));
        if (starts.isEmpty()) {
            throw new DataException(
                    "All rows have the same time in column '%s', so none is later. Choose another column."
                            .formatted(name));
        }
        List<Fold> folds = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1) : order.length;
            int[] validation = sorted(Arrays.copyOfRange(order, starts.get(i), end));
            int[] train = sorted(Arrays.copyOf(order, starts.get(i)));
            if (groups != null) {
                train = withoutGroups(train, validation, groups);
            }
            if (train.length > 0) {
                folds.add(new Fold(train, validation));
            }
        }
        if (folds.isEmpty()) {
            throw new DataException(
                    "Every group lasts to the end of the time in column '%s', so nothing is left to train on. "
                                    .formatted(name)
                            + "Take the role GROUP or TIME away.");
        }
        return folds;
    }

    private Set<Integer> starts(double[] times, int[] order) {
        Set<Integer> starts = new TreeSet<>();
        for (double cut : cuts) {
            int wanted = Math.max(1, Math.min(order.length - 1, (int) Math.round(cut * order.length)));
            int start = wanted;
            while (start < order.length && times[order[start]] == times[order[start - 1]]) {
                start++;
            }
            if (start == order.length) {
                start = wanted;
                while (start > 0 && times[order[start]] == times[order[start - 1]]) {
                    start--;
                }
            }
            if (start > 0) {
                starts.add(start);
            }
        }
        return starts;
    }

    private static int[] withoutGroups(int[] train, int[] validation, int[] groups) {
        Set<Integer> validated = new HashSet<>();
        for (int row : validation) {
            validated.add(groups[row]);
        }
        return Arrays.stream(train)
                .filter(row -> !validated.contains(groups[row]))
                .toArray();
    }

    private static int[] sorted(int[] rows) {
        Arrays.sort(rows);
        return rows;
    }
}
