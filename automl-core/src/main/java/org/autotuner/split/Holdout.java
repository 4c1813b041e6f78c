package org.autotuner.split;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.autotuner.data.Table;
import org.autotuner.task.Target;
import org.autotuner.task.Task;

/** One fold: a share of the rows validates, possibly stratified. */
final class Holdout implements Splitter {

    private final double share;
    private final int mostRows;
    private final boolean stratified;

    Holdout(double share, int mostRows, boolean stratified) {
        this.share = Parts.share(share);
        this.mostRows = mostRows;
        this.stratified = stratified;
    }

    @Override
    public List<Fold> split(Table table, Task task, Target target, long seed) {
        Strata strata = stratified ? Strata.of(target, (int) Math.ceil(1 / share)) : Strata.none(target.size());
        return List.of(divide(strata, share, mostRows, seed));
    }

    /** Divides by largest remainders; of a class at least one row trains. */
    static Fold divide(Strata strata, double share, int mostRows, long seed) {
        int rows = strata.rows();
        Parts.requireTwoRows(rows);
        RandomGenerator random = new SplittableRandom(seed);
        int wanted = (int) Math.max(1, Math.min(Math.min(rows - 1L, mostRows), Math.round(share * rows)));
        int[] part = new int[rows];
        Arrays.fill(part, Parts.TRAINS);
        List<int[]> members = strata.shuffled(random);
        if (take(members, strata.areClasses(), wanted, (double) wanted / rows, part) == 0) {
            take(Strata.none(rows).shuffled(random), false, wanted, (double) wanted / rows, part);
        }
        return Parts.fold(part, 0);
    }

    private static int take(List<int[]> members, boolean keepOne, int wanted, double share, int[] part) {
        int strata = members.size();
        int[] quota = new int[strata];
        double[] remainder = new double[strata];
        int taken = 0;
        for (int s = 0; s < strata; s++) {
            double exact = members.get(s).length * share;
            quota[s] = Math.min(room(members.get(s), keepOne), (int) exact);
            remainder[s] = exact - quota[s];
            taken += quota[s];
        }
        List<Integer> order = IntStream.range(0, strata)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer s) -> -remainder[s]))
                .toList();
        for (int s : order) {
            if (taken < wanted && quota[s] < room(members.get(s), keepOne)) {
                quota[s]++;
                taken++;
            }
        }
        for (int s = 0; s < strata; s++) {
            for (int i = 0; i < quota[s]; i++) {
                part[members.get(s)[i]] = 0;
            }
        }
        return taken;
    }

    private static int room(int[] rows, boolean keepOne) {
        return keepOne ? Math.max(0, rows.length - 1) : rows.length;
    }
}
