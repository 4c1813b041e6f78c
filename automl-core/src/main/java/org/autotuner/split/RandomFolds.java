package org.autotuner.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.autotuner.data.Table;
import org.autotuner.task.Target;
import org.autotuner.task.Task;

/** K folds, possibly stratified, possibly several times over with other shuffles. */
final class RandomFolds implements Splitter {

    private final int folds;
    private final int repeats;
    private final boolean stratified;

    RandomFolds(int folds, int repeats, boolean stratified) {
        if (repeats < 1) {
            throw new IllegalArgumentException("At least 1 repeat is needed, but is %d.".formatted(repeats));
        }
        this.folds = Parts.folds(folds);
        this.repeats = repeats;
        this.stratified = stratified;
    }

    @Override
    public List<Fold> split(Table table, Task task, Target target, long seed) {
        Parts.requireTwoRows(target.size());
        Strata strata = stratified ? Strata.of(target, folds) : Strata.none(target.size());
        RandomGenerator random = new SplittableRandom(seed);
        List<Fold> all = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            all.addAll(once(strata, random));
        }
        return all;
    }

    private List<Fold> once(Strata strata, RandomGenerator random) {
        int[] part = new int[strata.rows()];
        Arrays.fill(part, Parts.TRAINS);
        int dealt = deal(strata, random, part);
        if (dealt < 2) {
            dealt = deal(Strata.none(strata.rows()), random, part);
        }
        return Parts.folds(part, Math.min(folds, dealt));
    }

    /** Deals the rows of each stratum round after round over the parts, going on where the last stratum ended. */
    private int deal(Strata strata, RandomGenerator random, int[] part) {
        List<int[]> members = strata.shuffled(random);
        int dealable = 0;
        for (int[] rows : members) {
            dealable += strata.areClasses() && rows.length < 2 ? 0 : rows.length;
        }
        if (dealable < 2) {
            return dealable;
        }
        int parts = Math.min(folds, dealable);
        int next = random.nextInt(parts);
        for (int[] rows : members) {
            if (strata.areClasses() && rows.length < 2) {
                continue;
            }
            for (int row : rows) {
                part[row] = next;
                next = (next + 1) % parts;
            }
        }
        return dealable;
    }
}
