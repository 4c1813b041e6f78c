package org.autotuner.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a model must keep to, whatever the data says. Immutable.
 *
 * @param monotone numeric columns along which the prediction (of two classes the probability of the positive one) must not turn,
 *     all other columns being equal; missing cells are free
 * @param interactions groups of columns, or empty: only columns of one group may act together; those that are in no group make
 *     one of their own
 */
public record Constraints(Map<String, Direction> monotone, List<Set<String>> interactions) {

    /** Where a prediction may go as a column grows. */
    public enum Direction {
        INCREASING,
        DECREASING
    }

    private static final Constraints NONE = new Constraints(Map.of(), List.of());

    public Constraints {
        monotone = Map.copyOf(monotone);
        interactions = interactions.stream().map(Set::copyOf).toList();
    }

    public static Constraints none() {
        return NONE;
    }

    public boolean isNone() {
        return monotone.isEmpty() && interactions.isEmpty();
    }

    /** These, and a direction of one column more. */
    public Constraints with(String column, Direction direction) {
        Map<String, Direction> more = new LinkedHashMap<>(monotone);
        more.put(column, direction);
        return new Constraints(more, interactions);
    }

    /** These, and one group of columns more. */
    public Constraints withInteraction(Set<String> columns) {
        List<Set<String>> more = new ArrayList<>(interactions);
        more.add(columns);
        return new Constraints(monotone, more);
    }
}
