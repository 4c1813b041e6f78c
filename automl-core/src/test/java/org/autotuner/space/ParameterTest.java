package org.autotuner.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ParameterTest {

    private static List<Parameter<?>> all() {
        return List.of(
                Parameter.reals("a", -3, 8),
                Parameter.reals("b", 1e-9, 1e3).log(),
                Parameter.reals("c", 0, 1).step(0.1),
                Parameter.ints("e", -5, 5),
                Parameter.ints("f", 1, 100_000).log(),
                Parameter.ints("g", 3, 30).step(4),
                Parameter.ints("h", Integer.MIN_VALUE, Integer.MAX_VALUE),
                Parameter.ints("i", 7, 7),
                Parameter.ordinal("j", 0.1, 0.2, 0.5),
                Parameter.choice("k", true, false));
    }

    private static <T> void roundTrip(Parameter<T> parameter, double unit) {
        T value = parameter.fromUnit(unit);
        assertThat(parameter.contains(value))
                .as("%s at %s: %s", parameter, unit, value)
                .isTrue();
        double back = parameter.toUnit(value);
        assertThat(back).as("%s of %s", parameter, value).isBetween(0.0, 1.0);
        T again = parameter.fromUnit(back);
        if (value instanceof Double real) {
            assertThat((Double) again).isCloseTo(real, within(1e-9 * Math.max(1e-9, Math.abs(real)) + 1e-12));
        } else {
            assertThat(again).as("%s at %s", parameter, unit).isEqualTo(value);
        }
        assertThat(parameter.fromJson(parameter.toJson(value))).isEqualTo(value);
    }

    @Test
    void valuesGoToTheUnitRangeToJsonAndBack() {
        for (Parameter<?> parameter : all()) {
            SplittableRandom random = new SplittableRandom(1);
            for (double unit : new double[] {0, 1, 0.5, Math.nextDown(1.0), -0.5, 1.5}) {
                roundTrip(parameter, unit);
            }
            for (int i = 0; i < 500; i++) {
                roundTrip(parameter, random.nextDouble());
            }
            assertThat(containsDefault(parameter)).isTrue();
        }
    }

    private static <T> boolean containsDefault(Parameter<T> parameter) {
        return parameter.contains(parameter.defaultValue());
    }

    @Test
    void theEndsOfTheUnitRangeAreTheEndsOfTheValues() {
        assertThat(Parameter.reals("a", -3, 8).fromUnit(0)).isEqualTo(-3);
        assertThat(Parameter.reals("b", 1e-9, 1e3).log().fromUnit(1)).isCloseTo(1e3, within(1e-9));
        assertThat(Parameter.ints("g", 3, 30).step(4).fromUnit(1)).isEqualTo(27);
        assertThat(Parameter.ints("f", 1, 100).log().fromUnit(0)).isEqualTo(1);
        assertThat(Parameter.ints("f", 1, 100).log().fromUnit(1)).isEqualTo(100);
    }

    @Test
    void logScalesGiveEveryDecadeTheSameShare() {
        RealParameter rate = Parameter.reals("rate", 1e-4, 1).log();
        assertThat(rate.fromUnit(0.25)).isCloseTo(1e-3, within(1e-12));
        assertThat(rate.fromUnit(0.75)).isCloseTo(1e-1, within(1e-10));
        assertThat(rate.defaultValue()).isCloseTo(1e-2, within(1e-12));
    }

    @Test
    void everyIntegerOfARangeHasTheSameShare() {
        IntParameter die = Parameter.ints("die", 1, 6);
        int[] counts = new int[7];
        for (int i = 0; i < 6_000; i++) {
            counts[die.fromUnit((i + 0.5) / 6_000)]++;
        }
        assertThat(counts).containsExactly(0, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000);
    }

    @Test
    void steppedValuesLieOnTheGrid() {
        RealParameter share = Parameter.reals("share", 0, 1).step(0.25);
        assertThat(share.cardinality()).isEqualTo(5);
        assertThat(share.contains(0.75)).isTrue();
        assertThat(share.contains(0.7)).isFalse();
        assertThat(share.contains(Double.NaN)).isFalse();
    }

    @Test
    void rangesThatMakeNoSenseAreRefusedWithTheName() {
        assertThatThrownBy(() -> Parameter.ints("n", 5, 4))
                .hasMessageContaining("'n'")
                .hasMessageContaining("above");
        assertThatThrownBy(() -> Parameter.ints("n", 0, 4).log()).hasMessageContaining("low >= 1");
        assertThatThrownBy(() -> Parameter.ints("n", 0, 4).step(0)).hasMessageContaining("step");
        assertThatThrownBy(() -> Parameter.ints("n", 0, 4).withDefault(5)).hasMessageContaining("default 5");
        assertThatThrownBy(() -> Parameter.reals("r", 1, 1)).hasMessageContaining("low < high");
        assertThatThrownBy(() -> Parameter.reals("r", 0, Double.NaN)).hasMessageContaining("'r'");
        assertThatThrownBy(() -> Parameter.reals("r", 0, 1).log()).hasMessageContaining("low > 0");
        assertThatThrownBy(() -> Parameter.choice("c", "a", "a")).hasMessageContaining("twice");
        assertThatThrownBy(() -> Parameter.choice("c")).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Parameter.choice("c", 1).when(2, SearchSpace.empty()))
                .hasMessageContaining("not one of");
        assertThatThrownBy(() -> Parameter.reals(" ", 0, 1)).hasMessageContaining("name");
    }
}
