package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.junit.jupiter.api.Test;

class EncodingTest {

    /** Every kind of parameter, a tree of depth three, and a parameter that two options share. */
    private static SearchSpace space() {
        SearchSpace deep = SearchSpace.of(Parameter.reals("decay", 1e-6, 1).log());
        return SearchSpace.of(
                Parameter.reals("rate", 1e-5, 1e-1).log(),
                Parameter.reals("shift", -5, 5),
                Parameter.ints("rounds", 1, 2000).log(),
                Parameter.ints("even", 0, 100).step(2),
                Parameter.reals("share", 0, 1).step(0.25),
                Parameter.ordinal("size", "s", "m", "l"),
                Parameter.choice("kind", "tree", "forest", "line", "none")
                        .when(
                                "tree",
                                SearchSpace.of(
                                        Parameter.ints("depth", 1, 9),
                                        Parameter.choice("grow", "deep", "wide").when("deep", deep)))
                        .when("forest", SearchSpace.of(Parameter.ints("depth", 1, 9)))
                        .when("line", SearchSpace.of(Parameter.ints("depth", 1, 5))));
    }

    @Test
    void configurationsSurviveTheRoundTrip() {
        SearchSpace space = space();
        Encoding encoding = new Encoding(space);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 2000; i++) {
            Configuration configuration = space.sample(random);
            double[] vector = encoding.encode(configuration);
            Configuration back = encoding.decode(vector);
            assertThat(back.names()).isEqualTo(configuration.names());
            for (Parameter<?> parameter : space.active(configuration)) {
                Object value = configuration.get(parameter);
                if (value instanceof Double real) {
                    assertThat((Double) back.get(parameter)).isCloseTo(real, within(1e-12 + 1e-9 * Math.abs(real)));
                } else {
                    assertThat((Object) back.get(parameter)).isEqualTo(value);
                }
            }
        }
    }

    @Test
    void snapKeepsTheConfigurationAndIsIdempotent() {
        Encoding encoding = new Encoding(space());
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 2000; i++) {
            double[] vector = random.doubles(encoding.size()).toArray();
            double[] snapped = encoding.snap(vector);
            assertThat(encoding.decode(snapped)).isEqualTo(encoding.decode(vector));
            assertThat(encoding.snap(snapped)).isEqualTo(snapped);
        }
    }

    @Test
    void coordinatesOffThePathAreNotNumbers() {
        Encoding encoding = new Encoding(space());
        Configuration none =
                space().defaults().with(Parameter.choice("kind", "tree", "forest", "line", "none"), "none");
        double[] vector = encoding.encode(none.without("depth").without("grow").without("decay"));
        for (Dimension dimension : encoding.dimensions()) {
            boolean isBelow = java.util.Set.of("depth", "grow", "decay")
                    .contains(dimension.parameter().name());
            assertThat(Double.isNaN(vector[dimension.index()]))
                    .as(dimension.parameter().name())
                    .isEqualTo(isBelow);
        }
    }

    @Test
    void equalParametersUnderSeveralOptionsShareACoordinate() {
        Encoding encoding = new Encoding(space());
        assertThat(encoding.dimensions().stream()
                        .filter(dimension -> dimension.parameter().name().equals("depth"))
                        .map(Dimension::levels))
                .containsExactlyInAnyOrder(9, 5);
        assertThat(encoding.size()).isEqualTo(11);
        double[] tree = encoding.encode(encoding.space().defaults());
        int depth = encoding.dimensions().stream()
                .filter(dimension -> dimension.levels() == 9)
                .findFirst()
                .orElseThrow()
                .index();
        int kind = encoding.dimensions().stream()
                .filter(dimension -> dimension.levels() == 4)
                .findFirst()
                .orElseThrow()
                .index();
        tree[depth] = encoding.dimension(depth).ofOption(6);
        tree[kind] = encoding.dimension(kind).ofOption(1);
        assertThat(encoding.decode(tree).value("depth")).isEqualTo(7);
        assertThat(encoding.decode(tree).value("kind")).isEqualTo("forest");
    }

    @Test
    void walkVisitsParentsFirstAndOnlyThePath() {
        Encoding encoding = new Encoding(space());
        StringBuilder visited = new StringBuilder();
        encoding.walk(dimension -> {
            visited.append(dimension.parameter().name()).append(' ');
            return 0;
        });
        assertThat(visited.toString().trim()).isEqualTo("rate shift rounds even share size kind depth grow decay");
    }

    @Test
    void aSpaceIsConditionalIfSomeOptionOwnsParameters() {
        assertThat(new Encoding(space()).isConditional()).isTrue();
        assertThat(new Encoding(SearchSpace.of(Parameter.choice("kind", "a", "b"), Parameter.reals("x", 0, 1)))
                        .isConditional())
                .isFalse();
    }

    @Test
    void aConfigurationOfAnotherSpaceIsRefused() {
        assertThatThrownBy(() -> new Encoding(space()).encode(Configuration.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rate");
    }
}
