package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.ToDoubleFunction;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On simple objectives every optimizer that learns must find clearly better trials than random search. */
class BetterThanRandomTest {

    private static final int SEEDS = 10;
    private static final int TRIALS = 60;

    private static final SearchSpace BOWL = SearchSpace.of(
            Parameter.reals("a", -5, 5),
            Parameter.reals("b", 1e-4, 1).log(),
            Parameter.ints("c", 0, 100),
            Parameter.reals("d", 0, 1));

    private static double bowl(Configuration one) {
        double a = (number(one, "a") - 2) / 10;
        double b = Math.log10(number(one, "b")) / 4 + 0.6;
        double c = number(one, "c") / 100 - 0.3;
        double d = number(one, "d") - 0.8;
        return a * a + 2 * b * b + c * c + 0.5 * d * d;
    }

    private static final SearchSpace TREE = SearchSpace.of(
            Parameter.reals("rate", 1e-5, 1).log(),
            Parameter.choice("kind", "tree", "line", "none")
                    .when("tree", SearchSpace.of(Parameter.ints("depth", 1, 12), Parameter.reals("share", 0, 1)))
                    .when(
                            "line",
                            SearchSpace.of(Parameter.reals("penalty", 1e-6, 10).log())));

    private static double tree(Configuration one) {
        double rate = Math.log10(number(one, "rate")) / 5 + 0.4;
        double sum = rate * rate;
        if ("none".equals(one.value("kind"))) {
            return sum + 0.5;
        }
        if ("line".equals(one.value("kind"))) {
            double penalty = Math.log10(number(one, "penalty")) / 7 + 0.5;
            return sum + 0.2 + penalty * penalty;
        }
        double depth = (number(one, "depth") - 7) / 12;
        double share = number(one, "share") - 0.65;
        return sum + depth * depth + share * share;
    }

    private static double number(Configuration one, String name) {
        return one.value(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** Both objectives are 0 at their best (all but for the whole numbers, where that is reached too). */
    private static double medianRegret(Optimizer optimizer, SearchSpace space, ToDoubleFunction<Configuration> loss) {
        double[] regrets = new double[SEEDS];
        for (int seed = 0; seed < SEEDS; seed++) {
            regrets[seed] = Runs.best(Runs.minimize(optimizer, space, loss, TRIALS, seed));
        }
        return Runs.median(regrets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tpe", "gp", "auto", "cma-es", "local"})
    void onABowlOfFourParameters(String name) {
        assertThat(medianRegret(Optimizers.byName(name), BOWL, BetterThanRandomTest::bowl))
                .isLessThan(0.5 * medianRegret(new RandomOptimizer(), BOWL, BetterThanRandomTest::bowl));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tpe", "gp", "auto", "cma-es", "local"})
    void onAConditionalSpace(String name) {
        assertThat(medianRegret(Optimizers.byName(name), TREE, BetterThanRandomTest::tree))
                .isLessThan(0.5 * medianRegret(new RandomOptimizer(), TREE, BetterThanRandomTest::tree));
    }
}
