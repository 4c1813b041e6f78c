package org.autotuner.plan;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.execute.FoldOutcome;
import org.autotuner.execute.Scoring;
import org.autotuner.execute.StudyData;
import org.autotuner.model.TrainingData;
import org.jspecify.annotations.Nullable;

/**
 * What each trial added to the ensemble. In a trial budget trials are committed in the order of their numbers, whatever the
 * order in which they end, and no further than the next proposal may know: so shares depend on no clock, and a resumed
 * search has those of an uninterrupted one. Else they are committed in the order in which they end. That is done when the next
 * proposal asks, so what ends last costs no time after the search. Used by the coordinator alone.
 */
final class EnsembleGain {

    /** An ended trial that waits for earlier ones, or for the next proposal; without outputs if it left no candidate. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Ended(String family, double @Nullable [][] outputs, double seconds) {}

    /** By which share of itself the error must seem to fall. */
    private static final double LEAST_PROMISE = 0.005;

    private final boolean isTimed;
    private final RunningBlend blend;
    private final FamilyGains families;
    private final Set<String> begun = new HashSet<>();
    private final Set<Integer> ended = new HashSet<>();
    private final Map<Integer, Ended> waiting = new LinkedHashMap<>();
    private int committed;

    EnsembleGain(RunningBlend blend, boolean isTimed) {
        this.blend = blend;
        this.isTimed = isTimed;
        this.families = new FamilyGains(isTimed);
    }

    /** A trial that can enter the ensemble; its predictions are copied as far as they are needed. */
    void finished(FinishedTrial trial) {
        ended(trial.number(), new Ended(trial.family(), blend.sample(trial.outOfFold()), trial.seconds()));
    }

    /** A trial that was pruned or failed: a try without a gain. */
    void endedWithout(int number, String family, double seconds) {
        ended(number, new Ended(family, null, seconds));
    }

    private void ended(int number, Ended trial) {
        if (ended.add(number)) {
            waiting.put(number, trial);
        }
    }

    /** Whether the ensemble so far promises to gain from a trial by its first fold; not if the time is up. */
    boolean mayGrow(FoldOutcome.Fitted first, StudyData data, Deadline deadline) {
        try {
            double promised = promised(first, data, deadline);
            return Double.isNaN(promised) || promised >= LEAST_PROMISE;
        } catch (DeadlineExceededException e) {
            return false;
        }
    }

    private double promised(FoldOutcome.Fitted first, StudyData data, Deadline deadline) {
        TrainingData validation = Objects.requireNonNull(first.data().training().validation());
        return blend.promised(data.folds().get(first.task().fold()), places -> Scoring.predict(
                        data.task(),
                        first.model().scorer(),
                        validation.features().select(places),
                        deadline)
                .predictions());
    }

    /** Whether all trials from 1 to this one have ended. */
    boolean isEndedUpTo(int number) {
        for (int i = committed + 1; i <= number; i++) {
            if (!ended.contains(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The families' gains in the trials that a proposal may know.
     *
     * @param number of the last one; in a time budget all that have ended count
     */
    FamilyGains upTo(int number) {
        if (isTimed) {
            waiting.values().forEach(this::commit);
            waiting.clear();
        }
        while (committed < number && waiting.containsKey(committed + 1)) {
            commit(Objects.requireNonNull(waiting.remove(++committed)));
        }
        return families;
    }

    /** A family's first model adds what the family is; what tells of its further trials begins with the second. */
    private void commit(Ended trial) {
        double gain = trial.outputs() == null ? 0 : blend.add(trial.outputs());
        if (trial.outputs() == null || !begun.add(trial.family())) {
            families.add(trial.family(), gain, trial.seconds());
        }
    }
}
