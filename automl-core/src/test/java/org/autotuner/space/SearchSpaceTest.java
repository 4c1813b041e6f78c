package org.autotuner.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {

    private static final IntParameter DEPTH = Parameter.ints("depth", 1, 9);
    private static final RealParameter PENALTY =
            Parameter.reals("penalty", 1e-4, 10).log();
    private static final ChoiceParameter<String> KIND = Parameter.choice("kind", "tree", "line", "none")
            .when("tree", SearchSpace.of(DEPTH))
            .when("line", SearchSpace.of(PENALTY));
    private static final SearchSpace SPACE = SearchSpace.of(KIND, Parameter.reals("share", 0, 1));

    @Test
    void onlyTheChildrenOfTheChosenOptionAreActive() {
        Configuration tree = SPACE.defaults();
        assertThat(tree.names()).containsExactly("kind", "depth", "share");
        assertThat(tree.has(PENALTY)).isFalse();
        assertThat(tree.getOrDefault(PENALTY)).isEqualTo(PENALTY.defaultValue());
        assertThatThrownBy(() -> tree.get(PENALTY))
                .hasMessageContaining("penalty")
                .hasMessageContaining("not active");
        assertThat(SPACE.active(tree)).hasSize(3);
    }

    @Test
    void configurationsOfOtherBranchesOrWithValuesTooManyAreNotContained() {
        Configuration tree = SPACE.defaults();
        assertThat(SPACE.contains(tree)).isTrue();
        assertThat(SPACE.contains(tree.with(KIND, "line"))).isFalse();
        assertThat(SPACE.contains(tree.with(PENALTY, 1.0))).isFalse();
        assertThat(SPACE.contains(Configuration.empty())).isFalse();
    }

    @Test
    void sampledConfigurationsComeBackFromTheirJson() {
        for (long seed = 0; seed < 200; seed++) {
            Configuration drawn = SPACE.sample(new SplittableRandom(seed));
            Configuration read = SPACE.parse(drawn.toJson());
            assertThat(read).as("seed %d", seed).isEqualTo(drawn);
            assertThat(read.hashCode()).isEqualTo(drawn.hashCode());
            assertThat(SPACE.active(read))
                    .allSatisfy(p -> assertThat(read.get(p)).isEqualTo(drawn.get(p)));
        }
    }

    @Test
    void jsonIsCanonicalWhateverTheOrderOfSetting() {
        Configuration one =
                Configuration.builder().set(DEPTH, 3).set(PENALTY, 1.0).build();
        Configuration two =
                Configuration.builder().set(PENALTY, 1.0).set(DEPTH, 3).build();
        assertThat(one.toJson()).isEqualTo(two.toJson()).isEqualTo("{\"depth\":3,\"penalty\":1.0}");
        assertThat(one).isEqualTo(two);
    }

    @Test
    void jsonThatDoesNotFitTheSpaceIsRefusedWithTheName() {
        for (List<String> wrong : List.of(
                List.of("{", "JSON"),
                List.of("[]", "JSON"),
                List.of("{}", "kind"),
                List.of("{\"kind\":\"bush\",\"share\":0}", "bush"),
                List.of("{\"kind\":\"none\",\"share\":2}", "share"),
                List.of("{\"kind\":\"none\",\"share\":\"a\"}", "share"),
                List.of("{\"kind\":\"none\",\"share\":0,\"depth\":1}", "depth"),
                List.of("{\"kind\":\"tree\",\"share\":0,\"depth\":1.5}", "depth"),
                List.of("{\"kind\":\"tree\",\"share\":0,\"depth\":12}", "depth"))) {
            assertThatThrownBy(() -> SPACE.parse(wrong.get(0)))
                    .as(wrong.get(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong.get(1));
        }
    }

    @Test
    void aNameMayStandOnTwoBranchesButNotTwiceOnAPath() {
        SearchSpace.of(
                Parameter.choice("a", 1, 2).when(1, SearchSpace.of(DEPTH)).when(2, SearchSpace.of(DEPTH)));
        assertThatThrownBy(() -> SearchSpace.of(KIND, DEPTH))
                .hasMessageContaining("depth")
                .hasMessageContaining("twice");
    }

    @Test
    void cardinalityCountsTheTreeAndIsZeroForReals() {
        assertThat(SPACE.cardinality()).isZero();
        assertThat(SearchSpace.empty().cardinality()).isOne();
        ChoiceParameter<String> kind = Parameter.choice("kind", "tree", "none").when("tree", SearchSpace.of(DEPTH));
        assertThat(SearchSpace.of(kind, Parameter.ordinal("size", 1, 2, 4)).cardinality())
                .isEqualTo((9 + 1) * 3);
    }
}
