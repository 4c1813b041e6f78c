package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.autotuner.space.Configuration;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;

/**
 * A growing history as vectors and values, each trial encoded once. What it tells is a function of the last history
 * learned, in the order of trial numbers, whatever came before. Not thread-safe.
 */
final class Observations {

    /**
     * A trial as a vector; {@code value} counts for trials that have one, {@code seconds} and {@code reports} for ended
     * ones.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and the vector is shared on purpose
    record Observation(
            int number, double[] vector, State state, double value, double seconds, List<Trial.Report> reports) {

        /** Whether it ended early, for good or not: its value is the last reported one. */
        boolean isCut() {
            return state == State.PRUNED || state == State.PAUSED;
        }

        /** The last reported step; before all steps without reports. */
        int lastStep() {
            return reports.isEmpty()
                    ? Integer.MIN_VALUE
                    : reports.get(reports.size() - 1).step();
        }

        private Observation withValue(double given) {
            return new Observation(number, vector, state, given, seconds, reports);
        }
    }

    enum State {
        RUNNING,
        COMPLETED,
        /** Its value is the last reported one. */
        PRUNED,
        /** Pruned as long as it does not go on. */
        PAUSED,
        /** Failed, cancelled, or completed with an infinite value. */
        FAILED
    }

    private final Encoding encoding;
    private static final Comparator<Observation> BEST_FIRST =
            Comparator.comparingDouble(Observation::value).thenComparingInt(Observation::number);

    private final List<Observation> observations = new ArrayList<>();
    private final List<Observation> ranked = new ArrayList<>();
    private final Set<Configuration> tried = new HashSet<>();
    private final boolean remembersTried;
    private int[] slots = new int[64];

    Observations(Encoding encoding) {
        this.encoding = encoding;
        this.remembersTried = encoding.space().cardinality() > 0;
        Arrays.fill(slots, -1);
    }

    void learn(StudyHistory history) {
        boolean isSorted = true;
        for (Trial trial : history.trials()) {
            int slot = trial.number() < slots.length ? slots[trial.number()] : -1;
            if (slot < 0) {
                isSorted &= observations.isEmpty()
                        || observations.get(observations.size() - 1).number() < trial.number();
                put(trial.number(), observations.size());
                add(observe(trial, encoding.encode(trial.configuration())));
                if (remembersTried) {
                    tried.add(trial.configuration());
                }
            } else if (mayChange(observations.get(slot), trial)) {
                Observation changed = observe(trial, observations.get(slot).vector());
                observations.set(slot, changed);
                rank(changed);
            }
        }
        if (!isSorted) {
            observations.sort(Comparator.comparingInt(Observation::number));
            for (int i = 0; i < observations.size(); i++) {
                put(observations.get(i).number(), i);
            }
        }
    }

    /** All trials in number order. */
    List<Observation> all() {
        return observations;
    }

    /** The completed ones in number order. */
    List<Observation> completed() {
        List<Observation> found = new ArrayList<>(ranked.size());
        for (Observation one : observations) {
            if (one.state() == State.COMPLETED) {
                found.add(one);
            }
        }
        return found;
    }

    /** All with a value in number order: completed ones, and cut ones with the value that they were heading for. */
    List<Observation> valued() {
        List<Observation> found = measured();
        Projection projection = new Projection(ranked);
        found.replaceAll(one -> one.isCut() ? one.withValue(projection.value(one)) : one);
        return found;
    }

    /** The same, the lowest value first and the earlier among equals. */
    List<Observation> rankedValued() {
        if (valuedCount() == ranked.size()) {
            return ranked;
        }
        List<Observation> found = valued();
        found.sort(BEST_FIRST);
        return found;
    }

    /** All with a value as they reported it, in number order. */
    List<Observation> measured() {
        List<Observation> found = new ArrayList<>(observations.size());
        for (Observation one : observations) {
            if (one.isCut() || one.state() == State.COMPLETED) {
                found.add(one);
            }
        }
        return found;
    }

    /** The completed ones, the lowest value first and the earlier among equals. */
    List<Observation> ranked() {
        return ranked;
    }

    int completedCount() {
        return ranked.size();
    }

    /** Whether a configuration was tried; always false in an infinite space, where a repetition is chance. */
    boolean isTried(Configuration configuration) {
        return tried.contains(configuration);
    }

    /** How many have a value: those completed, pruned or paused. */
    int valuedCount() {
        int count = completedCount();
        for (Observation one : observations) {
            count += one.isCut() ? 1 : 0;
        }
        return count;
    }

    /** Whether a model of so many trials can be made: where most are pruned, few complete. */
    boolean areEnough(int least) {
        return completedCount() > 0 && valuedCount() >= least && encoding.size() > 0;
    }

    private void add(Observation one) {
        observations.add(one);
        rank(one);
    }

    private void rank(Observation one) {
        if (one.state() == State.COMPLETED) {
            int at = Collections.binarySearch(ranked, one, BEST_FIRST);
            ranked.add(-at - 1, one);
        }
    }

    /** Running trials end, and paused ones may go on. */
    private static boolean mayChange(Observation known, Trial now) {
        return known.state() == State.PAUSED || (known.state() == State.RUNNING && !now.isRunning());
    }

    private void put(int number, int slot) {
        if (number >= slots.length) {
            int before = slots.length;
            slots = Arrays.copyOf(slots, Math.max(number + 1, 2 * before));
            Arrays.fill(slots, before, slots.length, -1);
        }
        slots[number] = slot;
    }

    private static Observation observe(Trial trial, double[] vector) {
        TrialOutcome outcome = trial.outcome();
        State state = State.FAILED;
        double value = Double.NaN;
        if (outcome == null) {
            state = State.RUNNING;
        } else if (outcome instanceof TrialOutcome.Completed done
                && Double.isFinite(done.values().get(0))) {
            state = State.COMPLETED;
            value = done.values().get(0);
        } else if (outcome instanceof TrialOutcome.Pruned pruned && Double.isFinite(pruned.value())) {
            state = State.PRUNED;
            value = pruned.value();
        } else if (outcome instanceof TrialOutcome.Paused paused && Double.isFinite(paused.value())) {
            state = State.PAUSED;
            value = paused.value();
        }
        double seconds = outcome == null ? 0 : outcome.seconds();
        return new Observation(trial.number(), vector, state, value, seconds, trial.reports());
    }
}
