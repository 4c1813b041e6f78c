package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Table;
import org.jspecify.annotations.Nullable;

/** Fits categorical columns, then the statistics of numbers that may be categories and of pairs. */
final class CategoryFitter {

    private static final int FEW_LEVELS = 10;
    private static final int MOST_NUMBERS = 30;
    private static final int MOST_NUMERIC_COLUMNS = 200;
    private static final int JUDGED_ROWS = 50_000;

    private final FitInput input;
    private final PlanOptions options;
    private final TargetStatistics statistics;
    private final List<LevelSource> sources = new ArrayList<>();

    CategoryFitter(FitInput input, PlanOptions options) {
        this.input = input;
        this.options = options;
        this.statistics = new TargetStatistics(input, !options.isTrees());
    }

    List<FittedStep> fit(int column) {
        int levels = input.table().column(column).levels().size();
        LevelGroups groups = LevelGroups.of(input, new LevelSource.Categories(column, levels + 2));
        if (groups.isConstant()) {
            return List.of();
        }
        sources.add(groups.source());
        String name = input.name(column);
        List<FittedStep> steps = new ArrayList<>();
        boolean many = true;
        if (options.model() == PlanOptions.Model.LINEAR) {
            steps.add(FittedStep.of(new OneHot(groups.source(), List.of(), groups.slots(), groups.slotCount())));
            many = false;
        } else if (options.codes() && groups.size() <= options.maxCodes() && !isOneHotInNetworks(groups)) {
            Feature feature = input.names().feature(name, name, Math.max(1, groups.size()));
            steps.add(FittedStep.of(new LevelTable(groups.source(), List.of(feature), groups.codes())));
            many = false;
        } else if (groups.slotCount() <= FEW_LEVELS && !(options.isTrees() && groups.slotCount() == 2)) {
            steps.add(FittedStep.of(dense(groups, name)));
            many = false;
        } else if (options.isTrees() && !options.codes()) {
            Feature feature = input.names().number(name + "#rank", name);
            steps.add(FittedStep.of(new LevelTable(groups.source(), List.of(feature), groups.ordinals())));
            many = groups.slotCount() > 2;
        }
        if (many || (options.has(PlanOptions.Extra.STATISTICS) && groups.slotCount() > 2)) {
            steps.add(statistics(groups.source(), name));
        }
        return steps;
    }

    private boolean isOneHotInNetworks(LevelGroups groups) {
        return options.model() == PlanOptions.Model.NETWORKS && groups.slotCount() <= FEW_LEVELS;
    }

    private OneHot dense(LevelGroups groups, String name) {
        List<Feature> features = new ArrayList<>();
        for (int slot = 0; slot < groups.slotCount(); slot++) {
            features.add(input.names().number(name + "#" + (slot < groups.size() ? slot : "missing"), name));
        }
        return new OneHot(groups.source(), List.copyOf(features), groups.slots(), groups.slotCount());
    }

    private FittedStep statistics(LevelSource source, String name) {
        Table table = input.table();
        return statistics.fit(
                name,
                name,
                () -> source.levels(table),
                source.size(),
                (features, values) -> new LevelTable(source, features, values));
    }

    private record Judged(LevelSource source, NumberReadings.Worth worth) {}

    /**
     * Codes of numbers that behave like categories.
     *
     * @param keys columns whose numbers tell nothing beside their codes
     */
    record NumberCodes(List<FittedStep> steps, Set<Integer> keys) {}

    /** To be called after all columns: statistics of numbers, then of pairs if asked. */
    List<FittedStep> numbersAndPairs() {
        LevelGain gain = new LevelGain(input.target(), judged());
        List<FittedStep> steps = new ArrayList<>();
        for (Judged number : categoryLikeNumbers(gain)) {
            steps.add(statistics(number.source(), input.name(number.source().column())));
        }
        if (options.has(PlanOptions.Extra.PAIRS)) {
            for (PairSource pair : PairChooser.choose(input, sources, gain)) {
                steps.add(pair(pair));
            }
        }
        return steps;
    }

    /** To be called after all columns. */
    NumberCodes numberCodes() {
        List<FittedStep> steps = new ArrayList<>();
        Set<Integer> keys = new HashSet<>();
        for (Judged number : categoryLikeNumbers(new LevelGain(input.target(), judged()))) {
            if (number.worth().isKeyLike()) {
                keys.add(number.source().column());
            }
            LevelGroups groups = LevelGroups.of(input, number.source());
            String name = input.name(number.source().column());
            Feature feature = input.names().feature(name + "#code", name, Math.max(1, groups.size()));
            steps.add(FittedStep.of(new LevelTable(groups.source(), List.of(feature), groups.codes())));
        }
        return new NumberCodes(steps, keys);
    }

    /** The most telling ones first. */
    private List<Judged> categoryLikeNumbers(LevelGain gain) {
        Table table = input.table();
        List<Judged> numbers = new ArrayList<>();
        long numeric = table.schema().fields().stream()
                .filter(field -> field.type() == ColumnType.NUMERIC)
                .count();
        for (int column = 0; column < table.columnCount() && numeric <= MOST_NUMERIC_COLUMNS; column++) {
            input.deadline().check();
            if (table.column(column).type() == ColumnType.NUMERIC) {
                LevelSource.@Nullable Numbers source = NumberReadings.of(input, column);
                if (source != null) {
                    int[] levels = PairChooser.at(source, input, gain.rows());
                    sources.add(source);
                    NumberReadings.Worth worth = NumberReadings.worth(gain, levels, source.size());
                    if (worth.isCategoryLike()) {
                        numbers.add(new Judged(source, worth));
                    }
                }
            }
        }
        numbers.sort(Comparator.comparingDouble(judged -> -judged.worth().ofLevels()));
        return numbers.subList(0, Math.min(MOST_NUMBERS, numbers.size()));
    }

    private FittedStep pair(PairSource pair) {
        Table table = input.table();
        String first = input.name(pair.first().column());
        String name = first + "*" + input.name(pair.second().column());
        return statistics.fit(
                name,
                first,
                () -> pair.levels(table),
                pair.size(),
                (features, values) -> new PairTable(pair, features, values));
    }

    /** Random rows, so that neighbours in the table do not stand in one half together by its order. */
    private int[] judged() {
        int[] all = input.permutation(input.random(-1));
        return all.length <= JUDGED_ROWS ? all : java.util.Arrays.copyOf(all, JUDGED_ROWS);
    }
}
