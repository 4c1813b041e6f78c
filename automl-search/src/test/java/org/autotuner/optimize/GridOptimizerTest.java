package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autotuner.error.OptionException;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.junit.jupiter.api.Test;

class GridOptimizerTest {

    private static List<String> all(Optimizer optimizer, SearchSpace space, int most) {
        OptimizerSession session = optimizer.open(space, 1);
        List<Trial> trials = new ArrayList<>();
        while (trials.size() < most) {
            Optional<Configuration> proposed = session.propose(trials.size(), TrialHistory.of(trials));
            if (proposed.isEmpty()) {
                break;
            }
            trials.add(Trial.running(trials.size(), proposed.get()));
        }
        return trials.stream().map(trial -> trial.configuration().toJson()).toList();
    }

    @Test
    void optionsBringOnlyTheirOwnParameters() {
        SearchSpace space = SearchSpace.of(
                Parameter.choice("kind", "tree", "none").when("tree", SearchSpace.of(Parameter.ints("depth", 1, 2))),
                Parameter.ordinal("size", "s", "l"));
        assertThat(all(new GridOptimizer(), space, 99))
                .containsExactly(
                        "{\"depth\":1,\"kind\":\"tree\",\"size\":\"s\"}",
                        "{\"depth\":1,\"kind\":\"tree\",\"size\":\"l\"}",
                        "{\"depth\":2,\"kind\":\"tree\",\"size\":\"s\"}",
                        "{\"depth\":2,\"kind\":\"tree\",\"size\":\"l\"}",
                        "{\"kind\":\"none\",\"size\":\"s\"}",
                        "{\"kind\":\"none\",\"size\":\"l\"}");
    }

    @Test
    void sizesHoldPerParameterAndIncludeBothEnds() {
        SearchSpace space = SearchSpace.of(
                Parameter.reals("x", 0, 1), Parameter.ints("n", 1, 1_000).log());
        List<String> points = all(new GridOptimizer().withPoints("x", 3).withPoints(2), space, 99);
        assertThat(points)
                .containsExactly(
                        "{\"n\":1,\"x\":0.0}",
                        "{\"n\":1000,\"x\":0.0}",
                        "{\"n\":1,\"x\":0.5}",
                        "{\"n\":1000,\"x\":0.5}",
                        "{\"n\":1,\"x\":1.0}",
                        "{\"n\":1000,\"x\":1.0}");
        assertThatThrownBy(() -> new GridOptimizer().withPoints(0)).hasMessageContaining("at least 1");
    }

    @Test
    void aGridTooLargeToListIsWalkedAllTheSame() {
        List<Parameter<?>> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add(Parameter.reals("x" + i, 0, 1));
        }
        assertThat(all(new GridOptimizer(), SearchSpace.of(many), 30))
                .hasSize(30)
                .doesNotHaveDuplicates();
    }

    @Test
    void startingPointsComeOnceAndTheGridDoesNotRepeatThem() {
        SearchSpace space = SearchSpace.of(Parameter.ints("n", 1, 3));
        Configuration two = space.parse("{\"n\":2}");
        assertThat(all(new StartingPoints(new GridOptimizer(), List.of(two, two)), space, 99))
                .containsExactly("{\"n\":2}", "{\"n\":1}", "{\"n\":3}");
        assertThatThrownBy(() -> new StartingPoints(new GridOptimizer(), List.of(Configuration.empty())).open(space, 1))
                .hasMessageContaining("does not lie in the space");
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Optimizers.byName("gird"))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("gp, grid, local, random");
    }
}
