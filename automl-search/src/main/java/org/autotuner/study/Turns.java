package org.autotuner.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.autotuner.space.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Turns of trials in the order in which they began: a trial has one turn, and one more for each time that it goes on
 * after a pause. Where nothing pauses, turn n is trial n. Not thread-safe.
 */
final class Turns {

    private final List<Integer> numbers = new ArrayList<>();
    private final List<@Nullable Trial> ends = new ArrayList<>();
    private final Map<Integer, Integer> last = new HashMap<>();
    private final Map<Integer, Trial> paused = new HashMap<>();
    private int ended;

    /** Begins a turn, or the same one again if it did not end; as the trial stands then. */
    Trial begin(int number, Configuration configuration) {
        Integer turn = last.get(number);
        if (turn == null || ends.get(turn) != null) {
            last.put(number, numbers.size());
            numbers.add(number);
            ends.add(null);
        }
        Trial before = paused.get(number);
        return before == null ? Trial.running(number, configuration) : before.asResumed();
    }

    /** Ends the turn of a trial. */
    void end(Trial trial) {
        ends.set(Objects.requireNonNull(last.get(trial.number())), trial);
        if (trial.outcome() instanceof TrialOutcome.Paused) {
            paused.put(trial.number(), trial);
        }
        while (ended < ends.size() && ends.get(ended) != null) {
            ended++;
        }
    }

    int size() {
        return numbers.size();
    }

    /** Number of turns from 0 on that have all ended. */
    int ended() {
        return ended;
    }

    int number(int turn) {
        return numbers.get(turn);
    }

    boolean hasEnded(int turn) {
        return ends.get(turn) != null;
    }

    /** Seconds that a trial ran before its last pause. */
    double secondsBefore(int number) {
        Trial before = paused.get(number);
        return before == null ? 0 : Objects.requireNonNull(before.outcome()).seconds();
    }

    /**
     * The trials as they were when turn {@code begun} was to begin and the first {@code known} turns had ended; those with
     * a turn between look as if it ran.
     */
    List<Trial> history(int known, int begun, List<Trial> trials) {
        @Nullable Trial[] seen = new Trial[trials.size()];
        for (int turn = 0; turn < Math.min(begun, numbers.size()); turn++) {
            int number = numbers.get(turn);
            Trial end = ends.get(turn);
            Trial before = seen[number];
            if (turn < known) {
                seen[number] = end == null ? trials.get(number) : end;
            } else {
                seen[number] = before == null ? trials.get(number).asRunning() : before.asResumed();
            }
        }
        return Arrays.stream(seen)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }
}
