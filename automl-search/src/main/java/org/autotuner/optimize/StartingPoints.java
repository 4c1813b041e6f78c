package org.autotuner.optimize;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;

/**
 * Proposes given configurations first, each once and in order, and then what another optimizer proposes. Those that the
 * history holds, such as enqueued ones, are passed over.
 */
public final class StartingPoints implements Optimizer {

    private final Optimizer then;
    private final List<Configuration> points;

    public StartingPoints(Optimizer then, List<Configuration> points) {
        this.then = then;
        this.points = List.copyOf(new LinkedHashSet<>(points));
    }

    /** The name of the other optimizer. */
    @Override
    public String name() {
        return then.name();
    }

    /**
     * Opens a session.
     *
     * @throws IllegalArgumentException if a point does not lie in the space
     */
    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        for (Configuration point : points) {
            if (!space.contains(point)) {
                throw new IllegalArgumentException(
                        "The starting point %s does not lie in the space %s.".formatted(point, space));
            }
        }
        OptimizerSession session = then.open(space, seed);
        Tried tried = new Tried();
        Deque<Configuration> left = new ArrayDeque<>(points);
        return (number, history) -> {
            if (!left.isEmpty()) {
                tried.learn(history);
                while (!left.isEmpty() && tried.contains(left.getFirst())) {
                    left.removeFirst();
                }
            }
            return left.isEmpty() ? session.propose(number, history) : Optional.of(left.getFirst());
        };
    }
}
