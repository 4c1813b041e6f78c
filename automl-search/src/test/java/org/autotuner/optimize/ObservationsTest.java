package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.optimize.Observations.Observation;
import org.autotuner.optimize.Observations.State;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;

class ObservationsTest {

    private static final SearchSpace SPACE = SearchSpace.of(Parameter.ints("n", 0, 999));

    private static Configuration of(int n) {
        return SPACE.parse("{\"n\":%d}".formatted(n));
    }

    private static Observations learned(List<Trial> trials) {
        Observations observations = new Observations(new Encoding(SPACE));
        observations.learn(TrialHistory.of(trials));
        return observations;
    }

    private static List<String> seen(List<Observation> observations) {
        return observations.stream()
                .map(one -> "%d %s %s %s".formatted(one.number(), one.vector()[0], one.state(), one.value()))
                .toList();
    }

    private static TrialOutcome outcome(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> new TrialOutcome.Failed("made to fail", 1);
            case 1 -> new TrialOutcome.Pruned(random.nextInt(5), 1);
            case 2 -> new TrialOutcome.Cancelled(1);
            case 3 -> new TrialOutcome.Paused(random.nextInt(5), 1);
            default -> new TrialOutcome.Completed(random.nextInt(5), 1);
        };
    }

    @Test
    void statesFollowTheOutcome() {
        Trial trial = Trial.running(0, of(1));
        List<TrialOutcome> outcomes = List.of(
                new TrialOutcome.Completed(3, 2),
                new TrialOutcome.Completed(Double.POSITIVE_INFINITY, 2),
                new TrialOutcome.Pruned(4, 2),
                new TrialOutcome.Pruned(Double.NaN, 2),
                new TrialOutcome.Paused(5, 2),
                new TrialOutcome.Failed("made to fail", 2),
                new TrialOutcome.Cancelled(2));
        assertThat(outcomes.stream().map(outcome -> learned(List.of(trial.withOutcome(outcome)))
                        .all()
                        .get(0)
                        .state()))
                .containsExactly(
                        State.COMPLETED,
                        State.FAILED,
                        State.PRUNED,
                        State.FAILED,
                        State.PAUSED,
                        State.FAILED,
                        State.FAILED);
        assertThat(learned(List.of(trial)).all().get(0).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void rankedIsByValueAndTheEarlierFirstAmongEquals() {
        List<Trial> trials = List.of(
                Runs.completed(0, of(5), 3),
                Runs.completed(1, of(6), 1),
                Runs.completed(2, of(7), 3),
                Runs.completed(3, of(8), Double.POSITIVE_INFINITY),
                Trial.running(4, of(9)),
                Runs.completed(5, of(9), -1));
        Observations observations = learned(trials);
        assertThat(observations.ranked().stream().map(Observation::number)).containsExactly(5, 1, 0, 2);
        assertThat(observations.completed().stream().map(Observation::number)).containsExactly(0, 1, 2, 5);
        assertThat(observations.completedCount()).isEqualTo(4);
        assertThat(observations.isTried(of(9))).isTrue();
        assertThat(observations.isTried(of(10))).isFalse();
    }

    /** Trials start and end in any order, some pause and run on, and some are heard of late. */
    @Test
    void whatItTellsDoesNotDependOnHowTheHistoryGrew() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Observations grown = new Observations(new Encoding(SPACE));
            List<Trial> known = new ArrayList<>();
            List<Integer> unheard = new ArrayList<>();
            for (int number = 0; number < 100; number++) {
                unheard.add(number);
            }
            while (!unheard.isEmpty()) {
                int next = unheard.remove(random.nextInt(Math.min(3, unheard.size())));
                known.add(Trial.running(next, of(random.nextInt(1000))));
                for (int i = 0; i < known.size(); i++) {
                    boolean mayChange = known.get(i).isRunning() || isPaused(known.get(i));
                    if (mayChange && random.nextDouble() < 0.3) {
                        Trial before = known.get(i);
                        known.set(i, isPaused(before) ? before.asRunning() : before.withOutcome(outcome(random)));
                    }
                }
                List<Trial> inOrder = new ArrayList<>(known);
                inOrder.sort(java.util.Comparator.comparingInt(Trial::number));
                grown.learn(TrialHistory.of(inOrder));
                Observations fresh = learned(inOrder);
                assertThat(seen(grown.all())).as("seed %d", seed).isEqualTo(seen(fresh.all()));
                assertThat(seen(grown.ranked())).as("seed %d", seed).isEqualTo(seen(fresh.ranked()));
                assertThat(seen(grown.completed())).isEqualTo(seen(fresh.completed()));
                Collections.shuffle(inOrder, new java.util.Random(seed));
                assertThat(seen(learned(inOrder).all())).isEqualTo(seen(fresh.all()));
            }
        }
    }

    private static boolean isPaused(Trial trial) {
        return trial.outcome() instanceof TrialOutcome.Paused;
    }
}
