package org.autotuner.examples.bench.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.junit.jupiter.api.Test;

class SpaceReaderTest {

    @Test
    void kindsAndScalesAreRead() {
        SearchSpace space = read(
                """
                [{"name": "r", "type": "float", "low": -1, "high": 2, "log": false},
                 {"name": "s", "type": "float", "low": 0.001, "high": 1, "log": true},
                 {"name": "i", "type": "int", "low": 0, "high": 9},
                 {"name": "j", "type": "int", "low": 1, "high": 512, "log": true},
                 {"name": "c", "type": "cat", "choices": ["x", "y"]}]
                """);
        assertThat(space)
                .isEqualTo(SearchSpace.of(
                        Parameter.reals("r", -1, 2),
                        Parameter.reals("s", 0.001, 1).log(),
                        Parameter.ints("i", 0, 9),
                        Parameter.ints("j", 1, 512).log(),
                        Parameter.choice("c", "x", "y")));
    }

    @Test
    void aParameterExistsUnderEachOptionOfItsCondition() {
        SearchSpace space = read(
                """
                [{"name": "model", "type": "cat", "choices": ["svm", "tree", "none"]},
                 {"name": "seed", "type": "int", "low": 0, "high": 3},
                 {"name": "kernel", "type": "cat", "choices": ["linear", "rbf", "poly"],
                  "when": {"param": "model", "in": ["svm"]}},
                 {"name": "depth", "type": "int", "low": 1, "high": 9, "when": {"param": "model", "in": ["tree"]}},
                 {"name": "gamma", "type": "float", "low": 0, "high": 1, "when": {"param": "kernel", "in": ["rbf", "poly"]}},
                 {"name": "degree", "type": "int", "low": 2, "high": 5, "when": {"param": "kernel", "in": ["poly"]}}]
                """);
        var gamma = Parameter.reals("gamma", 0, 1);
        var kernel = Parameter.choice("kernel", "linear", "rbf", "poly")
                .when("rbf", SearchSpace.of(gamma))
                .when("poly", SearchSpace.of(gamma, Parameter.ints("degree", 2, 5)));
        var model = Parameter.choice("model", "svm", "tree", "none")
                .when("svm", SearchSpace.of(kernel))
                .when("tree", SearchSpace.of(Parameter.ints("depth", 1, 9)));
        assertThat(space).isEqualTo(SearchSpace.of(model, Parameter.ints("seed", 0, 3)));
    }

    @Test
    void aConditionOnWhatIsNoEarlierChoiceIsRefused() {
        String number = "{\"name\": \"n\", \"type\": \"int\", \"low\": 0, \"high\": 3}";
        String child =
                "{\"name\": \"k\", \"type\": \"int\", \"low\": 0, \"high\": 3, \"when\": {\"param\": \"n\", \"in\": [\"1\"]}}";
        assertThatThrownBy(() -> read("[" + number + "," + child + "]")).hasMessageContaining("'k' depends on 'n'");
        assertThatThrownBy(() -> read("[" + child + "]")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anUnknownTypeIsRefused() {
        assertThatThrownBy(() -> read("[{\"name\": \"n\", \"type\": \"bool\"}]"))
                .hasMessageContaining("'n' is of type 'bool'");
    }

    private static SearchSpace read(String json) {
        return SpaceReader.read(JsonParser.parseString(json).getAsJsonArray());
    }
}
