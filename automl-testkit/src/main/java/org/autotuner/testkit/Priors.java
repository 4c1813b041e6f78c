package org.autotuner.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;

/** What independent draws from the priors of a space look like: cells with their probabilities. */
final class Priors {

    /** Cells of a comparison; {@code cellOf} tells in which of them a configuration lies. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Cells(String name, double[] probabilities, ToIntFunction<Configuration> cellOf) {}

    private static final int MOST_ROUNDS = 500;

    /** Every kind of parameter, of which two exist only under an option. */
    static final SearchSpace SPACE = SearchSpace.of(
            Parameter.reals("shift", -5, 5),
            Parameter.reals("rate", 1e-5, 1e-1).log(),
            Parameter.ints("depth", 1, 7),
            Parameter.ints("rounds", 1, MOST_ROUNDS).log(),
            Parameter.reals("share", 0, 1).step(0.25),
            Parameter.ordinal("size", "s", "m", "l"),
            Parameter.choice("kind", "tree", "line", "none")
                    .when("tree", SearchSpace.of(Parameter.reals("decay", 0, 1)))
                    .when("line", SearchSpace.of(Parameter.choice("grow", "deep", "wide"))));

    private Priors() {}

    static List<Cells> comparisons() {
        return List.of(
                new Cells("shift", even(10), one -> tenth((number(one, "shift") + 5) / 10)),
                new Cells("rate", even(10), one -> tenth(Math.log10(number(one, "rate")) / 4 + 1.25)),
                new Cells("depth", even(7), one -> (int) number(one, "depth") - 1),
                new Cells(
                        "rounds",
                        rounds(),
                        one -> Arrays.binarySearch(new double[] {1.5, 3.5, 10.5, 40.5}, number(one, "rounds")) * -1
                                - 1),
                new Cells("share", even(5), one -> (int) Math.rint(4 * number(one, "share"))),
                new Cells("size", even(3), one -> List.of("s", "m", "l").indexOf(one.value("size"))),
                new Cells(
                        "kind", even(3), one -> List.of("tree", "line", "none").indexOf(one.value("kind"))),
                new Cells(
                        "what follows kind", new double[] {1.0 / 6, 1.0 / 6, 1.0 / 6, 1.0 / 6, 1.0 / 3}, Priors::below),
                new Cells(
                        "shift and rate",
                        even(16),
                        one -> 4 * (int) ((number(one, "shift") + 5) / 2.5 % 4)
                                + (int) (Math.log10(number(one, "rate")) + 5) % 4),
                new Cells(
                        "depth and kind",
                        even(21),
                        one -> 3 * ((int) number(one, "depth") - 1)
                                + List.of("tree", "line", "none").indexOf(one.value("kind"))));
    }

    private static double[] even(int count) {
        double[] probabilities = new double[count];
        Arrays.fill(probabilities, 1.0 / count);
        return probabilities;
    }

    /** Shares on the log scale, each integer with the half to both sides. */
    private static double[] rounds() {
        double[] edges = {0.5, 1.5, 3.5, 10.5, 40.5, MOST_ROUNDS + 0.5};
        double[] probabilities = new double[edges.length - 1];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = Math.log(edges[i + 1] / edges[i]) / Math.log(edges[edges.length - 1] / edges[0]);
        }
        return probabilities;
    }

    private static int below(Configuration one) {
        if ("none".equals(one.value("kind"))) {
            return 4;
        }
        if ("line".equals(one.value("kind"))) {
            return "deep".equals(one.value("grow")) ? 2 : 3;
        }
        return number(one, "decay") < 0.5 ? 0 : 1;
    }

    private static int tenth(double unit) {
        return (int) Math.min(9, 10 * unit);
    }

    private static double number(Configuration one, String name) {
        return one.value(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
