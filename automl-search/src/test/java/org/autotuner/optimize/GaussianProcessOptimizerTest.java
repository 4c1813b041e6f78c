package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianProcessOptimizerTest {

    private static final SearchSpace PLANE = SearchSpace.of(Parameter.reals("x", 0, 1), Parameter.reals("y", 0, 1));

    private static double number(Configuration one, String name) {
        return one.value(name) instanceof Double number ? number : Double.NaN;
    }

    private static double bowl(Configuration one) {
        double x = number(one, "x") - 0.3;
        double y = number(one, "y") - 0.6;
        return x * x + y * y;
    }

    private static List<Trial> run(String name, int count, java.util.function.Function<Trial, Trial> end) {
        OptimizerSession session = Optimizers.byName(name).open(PLANE, 1);
        List<Trial> trials = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Configuration proposed =
                    session.propose(number, TrialHistory.of(trials)).orElseThrow();
            assertThat(PLANE.contains(proposed)).isTrue();
            trials.add(end.apply(Trial.running(number, proposed)));
        }
        return trials;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gp", "tpe", "auto", "cma-es", "local", "sobol", "random"})
    void goesOnWhereAllTrialsFailOrArePrunedOrInfinite(String name) {
        List<TrialOutcome> outcomes = List.of(
                new TrialOutcome.Failed("made to fail", 1),
                new TrialOutcome.Pruned(3, 1),
                new TrialOutcome.Pruned(Double.NaN, 1),
                new TrialOutcome.Paused(2, 1),
                new TrialOutcome.Cancelled(1),
                new TrialOutcome.Completed(Double.POSITIVE_INFINITY, 1));
        for (TrialOutcome outcome : outcomes) {
            assertThat(run(name, 15, trial -> trial.withOutcome(outcome))).hasSize(15);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gp", "tpe", "auto", "cma-es", "local"})
    void goesOnWhereValuesAreEqualHugeOrFarApart(String name) {
        assertThat(run(name, 25, trial -> trial.withOutcome(new TrialOutcome.Completed(7, 1))))
                .hasSize(25);
        assertThat(run(name, 25, trial -> trial.withOutcome(new TrialOutcome.Completed(1e300 * trial.number(), 1))))
                .hasSize(25);
        assertThat(run(
                        name,
                        25,
                        trial -> trial.withOutcome(
                                new TrialOutcome.Completed(Math.pow(10, 3.0 * trial.number() - 40), 1))))
                .hasSize(25);
    }

    /** In the half where all trials fail only few are made once that is known. */
    @Test
    void leavesARegionWhereTrialsFail() {
        List<Trial> trials = run(
                "gp",
                50,
                trial -> trial.withOutcome(
                        number(trial.configuration(), "x") > 0.5
                                ? new TrialOutcome.Failed("made to fail", 1)
                                : new TrialOutcome.Completed(bowl(trial.configuration()), 1)));
        assertThat(trials.subList(20, 50).stream()
                        .filter(trial -> number(trial.configuration(), "x") > 0.5)
                        .count())
                .isLessThan(6);
    }

    @Test
    void findsTheMinimumDespiteNoise() {
        SplittableRandom random = new SplittableRandom(5);
        List<Trial> trials = run(
                "gp",
                60,
                trial -> trial.withOutcome(
                        new TrialOutcome.Completed(bowl(trial.configuration()) + 0.03 * random.nextGaussian(), 1)));
        double regret = Runs.median(trials.subList(40, 60).stream()
                .mapToDouble(trial -> bowl(trial.configuration()))
                .toArray());
        assertThat(regret).isLessThan(0.02);
    }
}
