package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.optimize.Observations.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a {@link CmaEsState} up with a study: it learns the completed trials in number order, a generation at a time.
 * Where a trial completes after later ones were learned, it begins anew, so that the state is a function of the trials.
 */
final class CmaEs {

    private final Encoding encoding;
    private final long seed;
    private final int start;
    private final int offspring;
    private @Nullable CmaEsState state;
    private int learned;
    private int lastLearned;

    /** @param start number of completed trials from which the first distribution is made */
    CmaEs(Encoding encoding, long seed, int start) {
        this.encoding = encoding;
        this.seed = seed;
        this.start = start;
        this.offspring = CmaEsState.offspring(encoding.size());
    }

    /** A draw for a trial; null while too few trials have completed. */
    double @Nullable [] propose(int number, Observations observations) {
        if (observations.completedCount() < start || encoding.size() == 0) {
            return null;
        }
        CmaEsState current = state;
        List<Observation> completed = observations.completed();
        if (current == null || completed.get(learned - 1).number() != lastLearned) {
            current = new CmaEsState(encoding, new ArrayList<>(completed.subList(0, start)));
            state = current;
            learned = start;
        }
        for (; learned + offspring <= completed.size(); learned += offspring) {
            current.learn(completed.subList(learned, learned + offspring));
        }
        lastLearned = completed.get(learned - 1).number();
        SplittableRandom random = Random.of(seed, number);
        return current.sample(random);
    }
}
