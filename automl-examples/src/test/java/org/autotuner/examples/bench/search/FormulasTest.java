package org.autotuner.examples.bench.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.junit.jupiter.api.Test;

/** Values that follow from the formulas by hand, mostly at known optima. */
class FormulasTest {

    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void braninHasThreeEqualMinima() {
        double lowest = 10 / (8 * Math.PI); // the square vanishes and the cosine is -1
        for (int turn = -1; turn <= 3; turn += 2) {
            double x0 = turn * Math.PI;
            double x1 = 6 + 5.1 / (4 * Math.PI * Math.PI) * x0 * x0 - 5 / Math.PI * x0;
            assertThat(vector("branin", "{}", x0, x1)).isCloseTo(lowest, EXACT);
        }
    }

    @Test
    void hartmannSumsItsPeaks() {
        String constants = "{\"alpha\": [2, 1], \"A\": [[1, 3], [2, 0]], \"P\": [[5000, 2500], [0, 0]]}";
        assertThat(vector("hartmann", constants, 0.5, 0.25)).isCloseTo(-2 - Math.exp(-0.5), EXACT);
        assertThat(vector("hartmann", constants, 1.5, 0.25)).isCloseTo(-2 * Math.exp(-1) - Math.exp(-4.5), EXACT);
    }

    @Test
    void rosenbrockIsZeroAtItsShiftAndKnownAside() {
        String constants = "{\"dim\": 3, \"shift\": [4, -2, 1]}";
        assertThat(vector("rosenbrock", constants, 4, -2, 1)).isZero();
        assertThat(vector("rosenbrock", constants, 3, -3, 0)).isCloseTo(2, EXACT); // y = 0: a one per pair
        assertThat(vector("rosenbrock", constants, 5, -2, 1)).isCloseTo(100 * 9 + 1, EXACT); // y = (2, 1, 1)
    }

    @Test
    void ackleyAndRastriginAtZeroAndAtAnInteger() {
        assertThat(vector("ackley", "{\"dim\": 2}", 0, 0)).isCloseTo(0, EXACT);
        assertThat(vector("ackley", "{\"dim\": 2, \"shift\": [1, 0]}", 2, -1))
                .isCloseTo(20 - 20 * Math.exp(-0.2), EXACT);
        assertThat(vector("rastrigin", "{\"dim\": 2}", 0, 0)).isZero();
        assertThat(vector("rastrigin", "{\"dim\": 2}", 2, -1)).isCloseTo(5, EXACT);
        assertThat(vector("rastrigin", "{\"dim\": 1}", 0.5)).isCloseTo(20.25, EXACT);
    }

    @Test
    void levyAtItsOptimumAndOneStepAside() {
        assertThat(vector("levy", "{\"dim\": 3, \"shift\": [1, 2, 3]}", 1, 2, 3))
                .isCloseTo(0, EXACT);
        double sine = Math.sin(1);
        assertThat(vector("levy", "{\"dim\": 2}", 4, 0)).isCloseTo(1 + 10 * sine * sine, EXACT); // w = (2, 1)
        assertThat(vector("levy", "{\"dim\": 2}", 0, 4)).isCloseTo(1, EXACT);
    }

    @Test
    void aRotationActsOnWhatIsShifted() {
        String constants = "{\"dim\": 2, \"weights\": [1, 4], \"shift\": [1, 1], \"rotation\": [[0, 1], [-1, 0]]}";
        assertThat(vector("bowl", constants, 2, 4)).isCloseTo(9 + 4, EXACT);
    }

    @Test
    void eachBranchOfCashTreeHasItsFloor() {
        assertThat(model("cash_tree", Map.of("model", "linear", "lin_alpha", Math.pow(10, -2.2), "lin_l1", 0.15)))
                .isCloseTo(0.3, EXACT);
        assertThat(model("cash_tree", svm("linear", 0.3 + 1, 0, 2))).isCloseTo(0.316, EXACT);
        assertThat(model("cash_tree", svm("rbf", 1.7 + 1, -2.4 + 1, 2))).isCloseTo(0.212 + 0.064, EXACT);
        assertThat(model("cash_tree", svm("poly", -0.5, -1.2, 4))).isCloseTo(0.257, EXACT);
        assertThat(model(
                        "cash_tree",
                        Map.of("model", "forest", "rf_depth", 7, "rf_trees", 40, "rf_features", 0.32, "rf_leaf", 1)))
                .isCloseTo(0.2 + 0.35 * Math.exp(-2) + 0.0042 + 0.01 + 0.0064, EXACT);
        assertThat(model(
                        "cash_tree",
                        Map.of("model", "boost", "gb_lr", 0.1, "gb_trees", 100, "gb_depth", 7, "gb_subsample", 0.72)))
                .isCloseTo(0.18 + 0.03 * 0.25 + 0.01 * 0.16 + 0.01, EXACT);
    }

    @Test
    void mixedTakesItsLevelsFromTheChoices() {
        assertThat(model(
                        "mixed8",
                        Map.of("a", 13, "b", 64, "c", "r", "d", "u", "e", "off", "x", 2.4, "y", 0.01, "k", 8)))
                .isCloseTo(0.15 * 0.09 + 0 + 0.1 + 0.3 * 0.01 + 0.05, EXACT);
        assertThat(model(
                        "mixed8",
                        Map.of("a", 14, "b", 16, "c", "t", "d", "w", "e", "on", "x", -0.2, "y", 0.01, "k", 7)))
                .isCloseTo(0.02 + 0.15 * 0.49 + 0.25 + 0.35 + 0.2 + 0.3 * 0.04, EXACT);
    }

    @Test
    void learningRateHasASoftWall() {
        // e = -1.5 by the rate alone: the wall is at half its height, ln 2.
        double rate = Math.pow(10, -1.5) * 0.5;
        double floor = 0.10 + 0.08 * 0.64 + 0.03 * 0.48 * 0.48 + 0.15 * 0.35 * 0.35 + 0.01;
        assertThat(model("lr_reg", Map.of("lr", rate, "reg", Math.pow(10, -3.4), "momentum", 0.5, "batch", 64)))
                .isCloseTo(floor + 0.5 * Math.log(2) / 6, EXACT);
        assertThat(model("lr_reg", Map.of("lr", 1e4, "reg", 1.0, "momentum", 0.0, "batch", 64)))
                .isCloseTo(
                        0.10
                                + 0.08 * 6.3 * 6.3
                                + 0.5 * 5.5
                                + 0.03 * Math.pow(3.4 + 0.6 * 6.3, 2)
                                + 0.15 * 0.85 * 0.85
                                + 0.01,
                        EXACT);
    }

    @Test
    void otherNamesAreNotKnown() {
        assertThat(VectorFormulas.of("sphere", new JsonObject())).isEmpty();
        assertThat(ModelFormulas.of("sphere")).isEmpty();
    }

    @Test
    void pipelineAtItsOptimumAndOneStepAside() {
        Map<String, Object> best = Map.of(
                "scaler", "robust", "learner", "net", "rate", 0.01, "layers", 3, "activation", "relu", "dropout", 0.2);
        assertThat(model("pipeline", best)).isCloseTo(0.22, EXACT);
        assertThat(model("pipeline", with(best, "scaler", "none"))).isCloseTo(0.24, EXACT);
        assertThat(model("pipeline", with(best, "activation", "tanh"))).isCloseTo(0.25, EXACT);
        assertThat(model("pipeline", with(best, "layers", 4))).isCloseTo(0.22 + 0.05 * 0.0225 + 0.01, EXACT);
        assertThat(model("pipeline", Map.of("scaler", "none", "learner", "knn", "neighbours", 9, "power", 2.4)))
                .isCloseTo(0.26 + 0.02 + 0.05, EXACT);
    }

    private static Map<String, Object> with(Map<String, Object> values, String name, Object value) {
        Map<String, Object> changed = new java.util.HashMap<>(values);
        changed.put(name, value);
        return changed;
    }

    private static double vector(String function, String constants, double... x) {
        Configuration.Builder at = Configuration.builder();
        for (int i = 0; i < x.length; i++) {
            at.set(Parameter.reals("x" + i, -10, 20), x[i]);
        }
        return VectorFormulas.of(function, JsonParser.parseString(constants).getAsJsonObject())
                .orElseThrow()
                .of(at.build());
    }

    private static Map<String, Object> svm(String kernel, double logC, double logGamma, int degree) {
        return Map.of(
                "model",
                "svm",
                "svm_kernel",
                kernel,
                "svm_C",
                Math.pow(10, logC),
                "svm_gamma",
                Math.pow(10, logGamma),
                "svm_degree",
                degree);
    }

    private static double model(String function, Map<String, ?> values) {
        Configuration.Builder at = Configuration.builder();
        values.forEach((name, value) -> {
            if (value instanceof Integer whole) {
                at.set(Parameter.ints(name, 0, 1000), whole);
            } else if (value instanceof Double real) {
                at.set(Parameter.reals(name, -10, 1e6), real);
            } else {
                at.set(Parameter.choice(name, value), value);
            }
        });
        return ModelFormulas.of(function).orElseThrow().of(at.build());
    }
}
