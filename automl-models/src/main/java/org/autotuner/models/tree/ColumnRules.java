package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autotuner.model.Constraints;
import org.autotuner.prepare.Feature;
import org.jspecify.annotations.Nullable;

/** Constraints on table columns, told of the columns that trees ask for. Immutable. */
final class ColumnRules {

    private final int[] directions;
    private final List<BitSet> groups;
    private final boolean hasDirections;
    private final boolean hasGroups;

    private ColumnRules(int[] directions, List<BitSet> groups, boolean hasDirections, boolean hasGroups) {
        this.directions = directions;
        this.groups = groups;
        this.hasDirections = hasDirections;
        this.hasGroups = hasGroups;
    }

    /**
     * Rules of features and of columns behind them.
     *
     * @param behind numbers of the features that each further column is made of
     */
    static ColumnRules of(Constraints constraints, List<Feature> features, List<int[]> behind) {
        Map<String, Constraints.Direction> monotone = constraints.monotone();
        int[] directions = new int[features.size() + behind.size()];
        List<Set<String>> sets = new ArrayList<>(constraints.interactions());
        Set<String> others = new HashSet<>();
        for (int f = 0; f < features.size(); f++) {
            Feature feature = features.get(f);
            Constraints.Direction direction = monotone.get(feature.source());
            directions[f] = direction == null ? 0 : direction == Constraints.Direction.INCREASING ? 1 : -1;
            if (sets.stream().noneMatch(set -> set.contains(feature.source()))) {
                others.add(feature.source());
            }
        }
        sets.add(others);
        List<BitSet> groups = new ArrayList<>();
        for (Feature feature : features) {
            BitSet own = new BitSet();
            for (int i = 0; i < sets.size(); i++) {
                own.set(i, sets.get(i).contains(feature.source()));
            }
            groups.add(own);
        }
        for (int[] parts : behind) {
            BitSet shared = new BitSet();
            shared.set(0, sets.size());
            for (int part : parts) {
                shared.and(groups.get(part));
            }
            groups.add(shared);
        }
        return new ColumnRules(
                directions,
                groups,
                !monotone.isEmpty(),
                !constraints.interactions().isEmpty());
    }

    /**
     * The directions of constraints, and groups of features that may act together.
     *
     * @param together numbers of the features of each group; a feature in none is never asked for
     */
    static ColumnRules grouped(Constraints constraints, List<Feature> features, List<int[]> together) {
        ColumnRules plain = of(constraints, features, List.of());
        List<BitSet> groups = new ArrayList<>();
        for (int f = 0; f < features.size(); f++) {
            groups.add(new BitSet());
        }
        for (int i = 0; i < together.size(); i++) {
            for (int feature : together.get(i)) {
                groups.get(feature).set(i);
            }
        }
        return new ColumnRules(plain.directions, groups, plain.hasDirections, true);
    }

    /** Whether two columns may act together. */
    boolean areTogether(int one, int other) {
        return isAllowed(other, open(null, one));
    }

    /** Whether any column has a direction. */
    boolean hasDirections() {
        return hasDirections;
    }

    /** 1 if the prediction must not fall along the column, -1 if it must not rise, else 0. */
    int direction(int column) {
        return directions[column];
    }

    /**
     * Those of some columns that may be asked for behind questions about others.
     *
     * @param open what is still possible, as {@link #open} gave it; null where nothing was asked for
     */
    int[] allowed(int[] columns, @Nullable BitSet open) {
        if (!hasGroups) {
            return columns;
        }
        int[] found = new int[columns.length];
        int count = 0;
        for (int column : columns) {
            if (isAllowed(column, open)) {
                found[count++] = column;
            }
        }
        return java.util.Arrays.copyOf(found, count);
    }

    /** Whether a column may be asked for behind questions about others. */
    boolean isAllowed(int column, @Nullable BitSet open) {
        return !hasGroups
                || (open == null
                        ? !groups.get(column).isEmpty()
                        : groups.get(column).intersects(open));
    }

    /** Groups that are still possible behind one more question. */
    @Nullable
    BitSet open(@Nullable BitSet before, int column) {
        if (!hasGroups) {
            return null;
        }
        BitSet open = (BitSet) groups.get(column).clone();
        if (before != null) {
            open.and(before);
        }
        return open;
    }
}
