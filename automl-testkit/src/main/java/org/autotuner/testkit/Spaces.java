package org.autotuner.testkit;

import java.util.List;
import org.autotuner.space.Parameter;
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
        return List.of(mixed(), finite(), plane());
    }
}
