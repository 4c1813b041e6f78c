package org.autotuner.optimize;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.StudyHistory;

/**
 * Tries the points of a grid in order: every option, and of each number all values or so many at even distances. It
 * proposes the first point that the history does not hold, so it goes on where an earlier run ended, and nothing once
 * all are tried. Options of a choice bring only their own parameters; points that break a condition are passed over. The seed plays no part.
 */
public final class GridOptimizer implements Optimizer {

    private static final int DEFAULT_POINTS = 5;

    private final int points;
    private final Map<String, Integer> pointsByName;

    private GridOptimizer(int points, Map<String, Integer> pointsByName) {
        this.points = points;
        this.pointsByName = Map.copyOf(pointsByName);
    }

    /** Five points of every parameter that has more values. */
    public GridOptimizer() {
        this(DEFAULT_POINTS, Map.of());
    }

    /** A copy with this number of points of every number without an own one. */
    public GridOptimizer withPoints(int count) {
        return new GridOptimizer(checked(count), pointsByName);
    }

    /** A copy with this number of points of one parameter. */
    public GridOptimizer withPoints(String parameter, int count) {
        Map<String, Integer> changed = new LinkedHashMap<>(pointsByName);
        changed.put(parameter, checked(count));
        return new GridOptimizer(points, changed);
    }

    @Override
    public String name() {
        return "grid";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        return new Session(space, new Grid(space, this::pointsOf));
    }

    private int pointsOf(Parameter<?> parameter) {
        boolean isOrdinal = parameter instanceof org.autotuner.space.OrdinalParameter<?>;
        return pointsByName.getOrDefault(parameter.name(), isOrdinal ? Integer.MAX_VALUE : points);
    }

    private static int checked(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("A grid needs at least 1 point, but was asked for %d.".formatted(count));
        }
        return count;
    }

    private static final class Session implements OptimizerSession {

        private final SearchSpace space;
        private final Grid grid;
        private final Tried tried = new Tried();
        private BigInteger first = BigInteger.ZERO;

        Session(SearchSpace space, Grid grid) {
            this.space = space;
            this.grid = grid;
        }

        @Override
        public Optional<Configuration> propose(int number, StudyHistory history) {
            tried.learn(history);
            for (BigInteger at = first; at.compareTo(grid.size()) < 0; at = at.add(BigInteger.ONE)) {
                Configuration point = grid.point(space, at);
                if (space.fulfils(point) && !tried.contains(point)) {
                    return Optional.of(point);
                }
                first = at.add(BigInteger.ONE);
            }
            return Optional.empty();
        }
    }
}
