package org.autotuner.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.autotuner.error.OptionException;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    private static final RealParameter LOW = Parameter.reals("low", 0, 1).withDefault(0.1);
    private static final RealParameter HIGH = Parameter.reals("high", 0, 1).withDefault(0.9);
    private static final SearchSpace PLAIN = SearchSpace.of(LOW, HIGH);
    private static final SearchSpace ORDERED = PLAIN.where("low is below high", c -> c.get(LOW) < c.get(HIGH));

    /** Of two even numbers the smaller one has mean 1/3 and the larger one 2/3. */
    @Test
    void drawsFollowThePriorUnderTheCondition() {
        SplittableRandom random = new SplittableRandom(5);
        double low = 0;
        double high = 0;
        int count = 4_000;
        for (int i = 0; i < count; i++) {
            Configuration drawn = ORDERED.sample(random);
            assertThat(ORDERED.contains(drawn)).isTrue();
            low += drawn.get(LOW) / count;
            high += drawn.get(HIGH) / count;
        }
        assertThat(low).isCloseTo(1.0 / 3, within(0.02)); // more than five standard errors
        assertThat(high).isCloseTo(2.0 / 3, within(0.02));
    }

    @Test
    void aConfigurationThatBreaksItIsNotContainedButCanBeRead() {
        Configuration turned = PLAIN.defaults().with(LOW, 0.95);
        assertThat(PLAIN.contains(turned)).isTrue();
        assertThat(ORDERED.contains(turned)).isFalse();
        assertThat(ORDERED.fulfils(turned)).isFalse();
        assertThat(ORDERED.broken(turned)).containsExactly("low is below high");
        assertThat(ORDERED.broken(ORDERED.defaults())).isEmpty();
        assertThat(ORDERED.parse(turned.toJson())).isEqualTo(turned);
    }

    @Test
    void theTextBelongsToTheSpace() {
        assertThat(ORDERED.toString()).isEqualTo(PLAIN + " where [low is below high]");
        assertThat(ORDERED)
                .isEqualTo(PLAIN.where("low is below high", c -> true))
                .hasSameHashCodeAs(PLAIN.where("low is below high", c -> true))
                .isNotEqualTo(PLAIN);
        assertThat(PLAIN.isConditioned()).isFalse();
        assertThat(PLAIN.toString()).doesNotContain("where");
    }

    @Test
    void severalConditionsAllHold() {
        SearchSpace both = ORDERED.where("high is below a half", c -> c.get(HIGH) < 0.95);
        assertThat(both.broken(PLAIN.defaults().with(LOW, 1.0).with(HIGH, 0.96)))
                .containsExactly("low is below high", "high is below a half");
    }

    @Test
    void conditionsOfAChildSpaceHoldWhereItIsActive() {
        IntParameter depth = Parameter.ints("depth", 1, 9);
        ChoiceParameter<String> kind = Parameter.choice("kind", "tree", "none")
                .when("tree", SearchSpace.of(depth).where("depth is odd", c -> c.get(depth) % 2 == 1));
        SearchSpace space = SearchSpace.of(kind);
        assertThat(space.isConditioned()).isTrue();
        assertThat(space.contains(space.defaults().with(depth, 4))).isFalse();
        assertThat(space.contains(Configuration.builder().set(kind, "none").build()))
                .isTrue();
        assertThat(space.cardinality()).isEqualTo(10);
        for (int seed = 0; seed < 50; seed++) {
            Configuration drawn = space.sample(new SplittableRandom(seed));
            assertThat(!drawn.has(depth) || drawn.get(depth) % 2 == 1).isTrue();
        }
    }

    @Test
    void defaultsThatBreakItAreRefusedAtOnce() {
        assertThatThrownBy(() -> PLAIN.where("low is above high", c -> c.get(LOW) > c.get(HIGH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("low is above high")
                .hasMessageContaining("withDefault");
    }

    @Test
    void whatHardlyAnyDrawFulfilsIsSaid() {
        SearchSpace narrow = PLAIN.where("low is a tenth", c -> c.get(LOW) == 0.1);
        assertThatThrownBy(() -> narrow.sample(new SplittableRandom(1)))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("10000 draws")
                .hasMessageContaining("low is a tenth");
    }

    @Test
    void aConditionThatCannotBeToldSaysWhichAndWhy() {
        IntParameter depth = Parameter.ints("depth", 1, 9);
        SearchSpace space =
                SearchSpace.of(Parameter.choice("kind", "none", "tree").when("tree", SearchSpace.of(depth)));
        assertThatThrownBy(() -> space.where("depth is odd", c -> c.get(depth) % 2 == 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("depth is odd")
                .hasMessageContaining("not active");
    }
}
