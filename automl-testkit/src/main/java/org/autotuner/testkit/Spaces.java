package org.autotuner.testkit;

import java.util.List;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;

/** Spaces that contract tests try optimizers on. */
final class Spaces {

    private Spaces() {}

    /** Every kind of parameter, scale and step, and a tree of depth three. */
    static SearchSpace mixed() {
        SearchSpace deep = SearchSpace.of(
                Parameter.ints("depth", 1, 9), Parameter.reals("decay", 1e-6, 1).log());
        return SearchSpace.of(
                Parameter.reals("rate", 1e-5, 1e-1).log(),
                Parameter.reals("share", 0, 1).step(0.25),
                Parameter.reals("shift", -5, 5),
                Parameter.ints("rounds", 1, 2_000).log(),
                Parameter.ints("even", 0, 100).step(2),
                Parameter.ordinal("size", "s", "m", "l"),
                Parameter.choice("kind", "tree", "line", "none")
                        .when(
                                "tree",
                                SearchSpace.of(
                                        Parameter.choice("grow", "deep", "wide").when("deep", deep)))
                        .when("line", SearchSpace.of(Parameter.reals("penalty", 0, 10))));
    }

    /** A tree of 2 * (3 + 1) = 8 configurations. */
    static SearchSpace finite() {
        return SearchSpace.of(
                Parameter.ordinal("size", 16, 32),
                Parameter.choice("kind", "tree", "none").when("tree", SearchSpace.of(Parameter.ints("depth", 1, 3))));
    }

    /** 75 configurations, of which conditions at the top and below a choice leave six. */
    static SearchSpace conditioned() {
        IntParameter low = Parameter.ints("low", 0, 4);
        IntParameter high = Parameter.ints("high", 0, 4).withDefault(4);
        IntParameter depth = Parameter.ints("depth", 1, 2);
        return SearchSpace.of(
                        low,
                        high,
                        Parameter.choice("kind", "tree", "none")
                                .when("tree", SearchSpace.of(depth).where("depth is 1", c -> c.get(depth) == 1)))
                .where("low is at least 3 below high", c -> c.get(low) + 3 <= c.get(high));
    }

    /** Numbers of which about a sixth of the combinations are allowed, all in a corner. */
    static SearchSpace narrow() {
        RealParameter x = Parameter.reals("x", 0, 1).withDefault(0.9);
        RealParameter y = Parameter.reals("y", 0, 1).withDefault(0.2);
        IntParameter n = Parameter.ints("n", 1, 1_000).log();
        return SearchSpace.of(x, y, n).where("x is 0.4 above y", c -> c.get(x) > c.get(y) + 0.4);
    }

    /** Every kind of parameter that has few values: 3 * (5 + 5 * 2 + 1) = 48 configurations. */
    static SearchSpace countable() {
        return SearchSpace.of(
                Parameter.reals("share", 0, 1).step(0.5),
                Parameter.choice("kind", "tree", "line", "none")
                        .when(
                                "tree",
                                SearchSpace.of(Parameter.ints("rounds", 1, 5).log()))
                        .when(
                                "line",
                                SearchSpace.of(Parameter.ints("rank", 1, 5), Parameter.ordinal("size", "s", "l"))));
    }

    static SearchSpace plane() {
        return SearchSpace.of(Parameter.reals("x", 0, 1), Parameter.reals("y", 0, 1));
    }

    static List<SearchSpace> all() {
        return List.of(mixed(), finite(), conditioned(), narrow(), plane());
    }
}
