package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.autotuner.error.OptionException;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionedSpacesTest {

    private static final RealParameter X = Parameter.reals("x", 0, 1).withDefault(0.2);
    private static final RealParameter Y = Parameter.reals("y", 0, 1).withDefault(0.9);
    private static final SearchSpace TRIANGLE =
            SearchSpace.of(X, Y).where("x + 0.3 is below y", c -> c.get(X) + 0.3 < c.get(Y));

    private static List<Trial> run(String name, SearchSpace space, int count) {
        OptimizerSession session = Optimizers.byName(name).open(space, 3);
        List<Trial> trials = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Optional<Configuration> proposed = session.propose(number, TrialHistory.of(trials));
            if (proposed.isEmpty()) {
                break;
            }
            Configuration configuration = proposed.get();
            double value = configuration.has(X)
                    ? Math.pow(configuration.get(X) - 0.5, 2) + Math.pow(configuration.get(Y) - 0.5, 2)
                    : number;
            trials.add(Trial.running(number, configuration).withOutcome(new TrialOutcome.Completed(value, 0)));
        }
        return trials;
    }

    /** The best of all lies where the condition is broken: on its border the value is 2 * 0.15² = 0.045. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "random", "sobol", "grid", "tpe", "gp", "auto", "cma-es", "local", "nsga2", "motpe", "parego", "pareto"
            })
    void everyProposalFulfilsTheConditionsAndTheBorderIsFound(String name) {
        List<Trial> trials = run(name, TRIANGLE, 80);
        assertThat(trials).allSatisfy(trial -> assertThat(TRIANGLE.contains(trial.configuration()))
                .isTrue());
        double best = TrialHistory.of(trials).best().orElseThrow().value().orElseThrow();
        assertThat(best).isGreaterThan(0.045).isLessThan(0.13);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tpe", "gp", "auto", "cma-es", "pareto"})
    void modelsComeNearTheBestOnTheBorder(String name) {
        double best = TrialHistory.of(run(name, TRIANGLE, 80))
                .best()
                .orElseThrow()
                .value()
                .orElseThrow();
        assertThat(best).isLessThan(0.055);
    }

    /** Eight of 90 000 configurations, more than are listed: found by walking, and each once. */
    @ParameterizedTest
    @ValueSource(strings = {"random", "sobol", "tpe", "auto", "local", "nsga2"})
    void aFewNeedlesInALargeFiniteSpaceAreAllFound(String name) {
        IntParameter a = Parameter.ints("a", 0, 299);
        IntParameter b = Parameter.ints("b", 0, 299);
        SearchSpace space = SearchSpace.of(a, b)
                .where(
                        "a and b are equal and both are divisible by 40",
                        c -> c.get(a).equals(c.get(b)) && c.get(a) % 40 == 0);
        List<Trial> trials = run(name, space, 20);
        Set<Configuration> distinct = new HashSet<>();
        trials.forEach(trial -> distinct.add(trial.configuration()));
        assertThat(trials).hasSize(8);
        assertThat(distinct).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"random", "sobol", "auto"})
    void aConditionThatNothingFulfilsIsAClearError(String name) {
        SearchSpace space = SearchSpace.of(X, Y).where("x is 0.2", c -> c.get(X) == 0.2);
        assertThatThrownBy(() -> run(name, space, 2))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("x is 0.2");
    }

    @Test
    void pointsOfTheEvenStartThatFulfilTheConditionsKeepTheirPlaces() {
        SpaceFilling plain = new SpaceFilling(new Encoding(SearchSpace.of(X, Y)), 1);
        SpaceFilling triangle = new SpaceFilling(new Encoding(TRIANGLE), 1);
        List<double[]> kept = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            double[] point = plain.point(i);
            if (point[0] + 0.3 < point[1]) {
                kept.add(point);
            }
        }
        assertThat(kept).hasSizeBetween(20, 29); // 0.7² / 2 of the square is 24.5 %
        for (int i = kept.size() - 1; i >= 0; i--) {
            assertThat(triangle.point(i)).isEqualTo(kept.get(i));
        }
    }
}
