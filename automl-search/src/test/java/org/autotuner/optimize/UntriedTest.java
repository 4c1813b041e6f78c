package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.junit.jupiter.api.Test;

class UntriedTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            Parameter.ints("a", 0, 4), Parameter.ints("b", 0, 4), Parameter.ints("c", 0, 4), Parameter.ints("d", 0, 3));

    private static Observations tried(Encoding encoding, List<Configuration> configurations) {
        Observations observations = new Observations(encoding);
        List<Trial> trials = new ArrayList<>();
        for (Configuration configuration : configurations) {
            trials.add(Trial.running(trials.size(), configuration));
        }
        observations.learn(TrialHistory.of(trials));
        return observations;
    }

    @Test
    void anUntriedConfigurationIsKept() {
        Encoding encoding = new Encoding(SPACE);
        Configuration wanted = SPACE.parse("{\"a\":1,\"b\":2,\"c\":3,\"d\":0}");
        assertThat(new Untried(encoding, 1).orNearby(encoding.encode(wanted), 0, tried(encoding, List.of())))
                .contains(wanted);
    }

    @Test
    void insteadOfATriedOneComesOneThatDiffersInFewParameters() {
        Encoding encoding = new Encoding(SPACE);
        Configuration wanted = SPACE.parse("{\"a\":1,\"b\":2,\"c\":3,\"d\":0}");
        Observations observations = tried(encoding, List.of(wanted));
        int changes = 0;
        for (int number = 0; number < 100; number++) {
            Configuration other = new Untried(encoding, 1)
                    .orNearby(encoding.encode(wanted), number, observations)
                    .orElseThrow();
            assertThat(other).isNotEqualTo(wanted);
            for (String name : other.names()) {
                changes += java.util.Objects.equals(other.value(name), wanted.value(name)) ? 0 : 1;
            }
        }
        assertThat(changes / 100.0).isLessThan(2); // independent draws would differ in 3.15
    }

    @Test
    void everyConfigurationComesOnceAndThenNone() {
        Encoding encoding = new Encoding(SPACE);
        Untried untried = new Untried(encoding, 3);
        List<Configuration> seen = new ArrayList<>();
        double[] wanted = encoding.encode(SPACE.defaults());
        for (int number = 0; number < 500; number++) {
            seen.add(untried.orNearby(wanted, number, tried(encoding, seen)).orElseThrow());
        }
        assertThat(seen).doesNotHaveDuplicates();
        assertThat(untried.orNearby(wanted, 500, tried(encoding, seen))).isEmpty();
    }

    @Test
    void anInfiniteSpaceIsNeverExhausted() {
        Encoding encoding = new Encoding(SearchSpace.of(Parameter.reals("x", 0, 1)));
        Configuration only = encoding.decode(new double[] {0.5});
        Untried untried = new Untried(encoding, 1);
        assertThat(untried.isFinite()).isFalse();
        assertThat(untried.orNearby(new double[] {0.5}, 1, tried(encoding, List.of(only))))
                .contains(only);
    }
}
