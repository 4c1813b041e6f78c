package org.autotuner.optimize;

import java.util.Optional;
import java.util.function.Function;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.StudyHistory;
import org.jspecify.annotations.Nullable;

/**
 * The session of an optimizer that thinks in vectors: it learns the history, asks the optimizer's method, fills the space
 * where that has no answer, and lets nothing through that must not be proposed. Used by one thread.
 */
final class VectorSession implements OptimizerSession {

    /** How an optimizer finds a vector. */
    interface Method {
        /** The wanted vector of a trial, or null for a space-filling point; all of the history has been observed. */
        double @Nullable [] wanted(int number, StudyHistory history);
    }

    /** What methods are made of; one set per session. */
    record Parts(Encoding encoding, Observations observations, Untried untried, SpaceFilling filling, long seed) {}

    private final Parts parts;
    private final Method method;

    private VectorSession(Parts parts, Method method) {
        this.parts = parts;
        this.method = method;
    }

    static OptimizerSession open(SearchSpace space, long seed, Function<Parts, Method> method) {
        Encoding encoding = new Encoding(space);
        Parts parts = new Parts(
                encoding,
                new Observations(encoding),
                new Untried(encoding, seed),
                new SpaceFilling(encoding, seed),
                seed);
        return new VectorSession(parts, method.apply(parts));
    }

    @Override
    public Optional<Configuration> propose(int number, StudyHistory history) {
        parts.observations().learn(history);
        double[] wanted = method.wanted(number, history);
        return parts.untried()
                .orNearby(wanted == null ? parts.filling().point(number) : wanted, number, parts.observations());
    }
}
