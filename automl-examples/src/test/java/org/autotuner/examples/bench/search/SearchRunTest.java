package org.autotuner.examples.bench.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.OptimizerSession;
import org.autotuner.optimize.RandomOptimizer;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;
import org.junit.jupiter.api.Test;

class SearchRunTest {

    private static final IntParameter STEP = Parameter.ints("step", 0, 999);

    @Test
    void theIncumbentIsThatOfTheLowestObservedLoss() {
        BenchObjective loud = objective(STEP, at -> 1000 - at, 100);
        int best = 0;
        for (int trial = 1; trial < 50; trial++) {
            best = loud.observe(1000 - trial, 3, trial) < loud.observe(1000 - best, 3, best) ? trial : best;
        }
        assertThat(best).as("the noise decides, not the loss").isNotEqualTo(49);
        SearchRun run = SearchRun.of(loud, new Counting(new ArrayList<>()), 3, 60, 1);
        assertThat(run.regret()).containsOnlyKeys(50);
        assertThat(run.regretAfter(50)).isEqualTo(1000 - best - 0.5);
    }

    @Test
    void regretsAreTakenAfterEachBudget() {
        SearchRun run = SearchRun.of(objective(STEP, at -> 1000 - at, 0), new Counting(new ArrayList<>()), 0, 200, 1);
        assertThat(run.regretAfter(50)).isEqualTo(950.5);
        assertThat(run.regretAfter(100)).isEqualTo(900.5);
        assertThat(run.regretAfter(200)).isEqualTo(800.5);
        assertThat(run.duplicates()).isZero();
    }

    @Test
    void theLossIsNeverBelowTheOptimumInRegret() {
        assertThat(SearchRun.of(objective(STEP, at -> 0, 0), new RandomOptimizer(), 0, 50, 1)
                        .regretAfter(50))
                .isZero();
    }

    @Test
    void ofParallelTrialsTheLastOnesRun() {
        List<List<Integer>> running = new ArrayList<>();
        SearchRun.of(objective(STEP, at -> at, 0), new Counting(running), 0, 6, 3);
        assertThat(running)
                .containsExactly(List.of(), List.of(0), List.of(0, 1), List.of(1, 2), List.of(2, 3), List.of(3, 4));
    }

    @Test
    void oneAtATimeKnowsAllOutcomes() {
        List<List<Integer>> running = new ArrayList<>();
        SearchRun.of(objective(STEP, at -> at, 0), new Counting(running), 0, 3, 1);
        assertThat(running).containsExactly(List.of(), List.of(), List.of());
    }

    @Test
    void aFiniteSpaceThatEndsKeepsItsRegret() {
        IntParameter few = Parameter.ints("step", 0, 9);
        SearchRun run = SearchRun.of(objective(few, at -> 1 + at, 0), new RandomOptimizer(), 0, 100, 1);
        assertThat(run.regretAfter(50)).isEqualTo(0.5);
        assertThat(run.regretAfter(100)).isEqualTo(0.5);
    }

    @Test
    void duplicatesAreCounted() {
        Optimizer stubborn = optimizer(
                (number, history) -> Optional.of(SearchSpace.of(STEP).defaults().with(STEP, number % 4)));
        assertThat(SearchRun.of(objective(STEP, at -> at, 0), stubborn, 0, 10, 1)
                        .duplicates())
                .isEqualTo(6);
    }

    @Test
    void trialsWithoutALossAreNoIncumbents() {
        Loss broken = at -> Values.number(at, "step") < 60 ? Double.NaN : 7;
        BenchObjective objective = new BenchObjective("broken", SearchSpace.of(STEP), broken, 0, 0.5, List.of(), false);
        SearchRun run = SearchRun.of(objective, new Counting(new ArrayList<>()), 0, 100, 1);
        assertThat(run.regretAfter(50)).isNaN();
        assertThat(run.regretAfter(100)).isEqualTo(6.5);
    }

    /** Shares of 0.3 and 0.1 of 2,000 trials: within 5 standard deviations, and alike however often one looks. */
    @Test
    void ofFailingObjectivesTheStatedSharesFail() {
        BenchObjective failing = objective(STEP, at -> 1, 0).failing();
        int thrown = 0;
        int nan = 0;
        for (int trial = 0; trial < 2000; trial++) {
            try {
                nan += Double.isNaN(failing.observe(1, 5, trial)) ? 1 : 0;
            } catch (FailedTrialException e) {
                thrown++;
            }
        }
        assertThat(thrown).isBetween(498, 702);
        assertThat(nan).isBetween(133, 267);
        SearchRun run =
                SearchRun.of(objective(STEP, at -> 1000 - at, 0).failing(), new Counting(new ArrayList<>()), 5, 50, 1);
        int last = 49;
        while (fails(failing, last)) {
            last--;
        }
        assertThat(run.regretAfter(50)).isEqualTo(1000 - last - 0.5);
    }

    private static boolean fails(BenchObjective failing, int trial) {
        try {
            return Double.isNaN(failing.observe(1, 5, trial));
        } catch (FailedTrialException e) {
            return true;
        }
    }

    private interface Step {
        double loss(double step);
    }

    private static BenchObjective objective(IntParameter step, Step loss, double noise) {
        return new BenchObjective(
                "steps",
                SearchSpace.of(step),
                at -> loss.loss(Values.number(at, "step")),
                noise,
                0.5,
                List.of(),
                false);
    }

    private static Optimizer optimizer(OptimizerSession session) {
        return new Optimizer() {
            @Override
            public String name() {
                return "made";
            }

            @Override
            public OptimizerSession open(SearchSpace space, long seed) {
                return session;
            }
        };
    }

    /** Proposes the trial's number, and notes which trials ran then. */
    private record Counting(List<List<Integer>> running) implements Optimizer {
        @Override
        public String name() {
            return "counting";
        }

        @Override
        public OptimizerSession open(SearchSpace space, long seed) {
            return (int number, StudyHistory history) -> {
                running.add(history.trials().stream()
                        .filter(Trial::isRunning)
                        .map(Trial::number)
                        .toList());
                return Optional.of(space.defaults().with(STEP, number));
            };
        }
    }
}
