package org.autotuner.split;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.task.Target;
import org.autotuner.task.Task;

/**
 * K folds, or one with about a share of the rows, in which a group is never on both sides. Groups go, the largest first,
 * to the part where they least disturb the balance of rows and classes (as scikit-learn's StratifiedGroupKFold does).
 */
final class GroupedFolds implements Splitter {

    private final int folds;
    private final boolean firstOnly;

    GroupedFolds(int folds, boolean firstOnly) {
        this.folds = Parts.folds(folds);
        this.firstOnly = firstOnly;
    }

    @Override
    public List<Fold> split(Table table, Task task, Target target, long seed) {
        String name = RoleColumns.require(table, Role.GROUP);
        int[] groups = RoleColumns.groups(table, name);
        int count = Arrays.stream(groups).max().orElse(-1) + 1;
        if (count < 2) {
            throw new DataException("Column '%s' holds %d group, but at least 2 are needed to keep one for validation."
                    .formatted(name, count));
        }
        int parts = Math.min(folds, count);
        int[] partOfGroup = assign(groups, count, Strata.of(target, folds), parts, seed);
        int[] part = Arrays.stream(groups).map(group -> partOfGroup[group]).toArray();
        List<Fold> all = Parts.folds(part, parts);
        return firstOnly ? List.of(all.get(0)) : all;
    }

    private static int[] assign(int[] groups, int count, Strata strata, int parts, long seed) {
        int[][] rowsOf = members(groups, count);
        int[] order = IntStream.range(0, count).toArray();
        Strata.shuffle(order, new SplittableRandom(seed));
        List<Integer> largestFirst = Arrays.stream(order)
                .boxed()
                .sorted(Comparator.comparingInt((Integer group) -> -rowsOf[group].length))
                .toList();
        double[] weight = new double[strata.count()];
        for (int row = 0; row < groups.length; row++) {
            weight[strata.of(row)]++;
        }
        for (int s = 0; s < weight.length; s++) {
            weight[s] = weight[s] == 0 ? 0 : 1 / (weight[s] * weight[s] * weight.length);
        }
        double rowWeight = 1.0 / groups.length / groups.length;
        double[][] held = new double[parts][strata.count()];
        double[] rows = new double[parts];
        double[] added = new double[strata.count()];
        int[] partOfGroup = new int[count];
        for (int group : largestFirst) {
            for (int row : rowsOf[group]) {
                added[strata.of(row)]++;
            }
            int size = rowsOf[group].length;
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int part = 0; part < parts; part++) {
                double cost = rowWeight * size * (2 * rows[part] + size);
                for (int row : rowsOf[group]) {
                    int s = strata.of(row);
                    cost += weight[s] * (2 * held[part][s] + added[s]);
                }
                if (cost < least) {
                    least = cost;
                    best = part;
                }
            }
            partOfGroup[group] = best;
            rows[best] += size;
            for (int row : rowsOf[group]) {
                held[best][strata.of(row)]++;
                added[strata.of(row)] = 0;
            }
        }
        return partOfGroup;
    }

    private static int[][] members(int[] groups, int count) {
        int[] sizes = new int[count];
        for (int group : groups) {
            sizes[group]++;
        }
        int[][] members = new int[count][];
        for (int group = 0; group < count; group++) {
            members[group] = new int[sizes[group]];
        }
        for (int row = groups.length - 1; row >= 0; row--) {
            members[groups[row]][--sizes[groups[row]]] = row;
        }
        return members;
    }
}
