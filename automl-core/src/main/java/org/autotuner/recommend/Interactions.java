package org.autotuner.recommend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/** Who had what: for each user the items, each once, by ascending number. Immutable by convention: arrays are shared. */
final class Interactions {

    private final List<String> users;
    private final List<String> items;
    private final int[][] histories;
    private final Map<String, Integer> userNumbers = new HashMap<>();
    private final Map<String, Integer> itemNumbers = new HashMap<>();

    Interactions(List<String> users, List<String> items, int[][] histories) {
        this.users = List.copyOf(users);
        this.items = List.copyOf(items);
        this.histories = histories;
        this.users.forEach(user -> userNumbers.put(user, userNumbers.size()));
        this.items.forEach(item -> itemNumbers.put(item, itemNumbers.size()));
    }

    /** The pairs of two columns; rows in which one is missing do not count. */
    static Interactions of(Table table, String user, String item) {
        CategoricalColumn users = names(table, user);
        CategoricalColumn items = names(table, item);
        Map<String, Integer> userNumbers = new LinkedHashMap<>();
        Map<String, Integer> itemNumbers = new LinkedHashMap<>();
        List<BitSet> had = new ArrayList<>();
        for (int row = 0; row < table.rowCount(); row++) {
            if (!users.isMissing(row) && !items.isMissing(row)) {
                int u = userNumbers.computeIfAbsent(users.levels().get(users.code(row)), added -> userNumbers.size());
                int i = itemNumbers.computeIfAbsent(items.levels().get(items.code(row)), added -> itemNumbers.size());
                if (u == had.size()) {
                    had.add(new BitSet());
                }
                had.get(u).set(i);
            }
        }
        int[][] histories = had.stream().map(set -> set.stream().toArray()).toArray(int[][]::new);
        return new Interactions(List.copyOf(userNumbers.keySet()), List.copyOf(itemNumbers.keySet()), histories);
    }

    private static CategoricalColumn names(Table table, String name) {
        Table named = table.withType(name, ColumnType.CATEGORICAL);
        if (named.column(name) instanceof CategoricalColumn column) {
            return column;
        }
        throw new DataException("Column '%s' cannot be read as names.".formatted(name));
    }

    List<String> users() {
        return users;
    }

    List<String> items() {
        return items;
    }

    /** Items of a user, ascending; not to be changed. */
    int[] history(int user) {
        return histories[user];
    }

    /** Number of a user, or -1. */
    int user(String name) {
        @Nullable Integer number = userNumbers.get(name);
        return number == null ? -1 : number;
    }

    /** Number of an item, or -1. */
    int item(String name) {
        @Nullable Integer number = itemNumbers.get(name);
        return number == null ? -1 : number;
    }

    /** For each item the number of users that had it. */
    int[] counts() {
        int[] counts = new int[items.size()];
        for (int[] history : histories) {
            for (int item : history) {
                counts[item]++;
            }
        }
        return counts;
    }

    /** The same users and items with other histories. */
    Interactions with(int[][] others) {
        return new Interactions(users, items, others);
    }

    int[][] copyOfHistories() {
        return Arrays.stream(histories).map(int[]::clone).toArray(int[][]::new);
    }
}
