package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.autotuner.space.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DimensionTest {

    static Stream<Parameter<?>> countable() {
        return Stream.of(
                Parameter.ints("n", 3, 12),
                Parameter.ints("single", 4, 4),
                Parameter.ints("below", -7, -2),
                Parameter.ints("even", 0, 100).step(2),
                Parameter.ints("uneven", 1, 10).step(4),
                Parameter.ints("log", 1, 500).log(),
                Parameter.ints("high", 20, 25).log(),
                Parameter.reals("share", 0, 1).step(0.25),
                Parameter.reals("tenths", 0.1, 0.75).step(0.1),
                Parameter.ordinal("size", "s", "m", "l"),
                Parameter.choice("kind", "a", "b", "c", "d"));
    }

    @ParameterizedTest
    @MethodSource("countable")
    void halfWidthsOfAllValuesSumToHalfTheRange(Parameter<?> parameter) {
        Dimension dimension = Dimension.of(0, parameter);
        double sum = 0;
        for (int option = 0; option < dimension.levels(); option++) {
            sum += dimension.halfWidth(dimension.ofOption(option));
        }
        assertThat(sum).isCloseTo(0.5, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("countable")
    void everyValueHasOnePlaceThatLeadsBackToIt(Parameter<?> parameter) {
        Dimension dimension = Dimension.of(0, parameter);
        List<Object> values = new ArrayList<>();
        for (int option = 0; option < dimension.levels(); option++) {
            double place = dimension.ofOption(option);
            assertThat(dimension.option(place)).isEqualTo(option);
            assertThat(dimension.snap(place)).isEqualTo(place);
            assertThat(unitOf(parameter, place)).isCloseTo(place, within(1e-12));
            values.add(parameter.fromUnit(place));
        }
        assertThat(values).doesNotHaveDuplicates().hasSize(dimension.levels());
    }

    private static <T> double unitOf(Parameter<T> parameter, double place) {
        return parameter.toUnit(parameter.fromUnit(place));
    }

    @ParameterizedTest
    @MethodSource("countable")
    void aSnappedCoordinateMeansTheSameValue(Parameter<?> parameter) {
        Dimension dimension = Dimension.of(0, parameter);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 2000; i++) {
            double unit = i == 0 ? 0 : i == 1 ? 1 : random.nextDouble();
            double snapped = dimension.snap(unit);
            assertThat((Object) parameter.fromUnit(snapped)).as("at %s", unit).isEqualTo(parameter.fromUnit(unit));
            assertThat(dimension.snap(snapped)).isEqualTo(snapped);
        }
    }

    /** As wide as the range of coordinates that mean the value, counted on a fine grid. */
    @ParameterizedTest
    @MethodSource("countable")
    void halfWidthIsHalfTheRangeThatAValueTakes(Parameter<?> parameter) {
        Dimension dimension = Dimension.of(0, parameter);
        int cells = 200_000;
        double[] shares = new double[dimension.levels()];
        for (int i = 0; i < cells; i++) {
            shares[dimension.option((i + 0.5) / cells)] += 1.0 / cells;
        }
        for (int option = 0; option < shares.length; option++) {
            assertThat(2 * dimension.halfWidth(dimension.ofOption(option)))
                    .as("value %d", option)
                    .isCloseTo(shares[option], within(2.0 / cells));
        }
    }

    @ParameterizedTest
    @MethodSource("countable")
    void edgesAreWhereTheValueChanges(Parameter<?> parameter) {
        Dimension dimension = Dimension.of(0, parameter);
        assertThat(dimension.edge(0)).isCloseTo(0, within(1e-12));
        assertThat(dimension.edge(dimension.levels())).isCloseTo(1, within(1e-12));
        for (int option = 0; option < dimension.levels(); option++) {
            assertThat(dimension.option(dimension.edge(option) + 1e-9)).isEqualTo(option);
            assertThat(dimension.option(dimension.edge(option + 1) - 1e-9)).isEqualTo(option);
        }
    }

    @Test
    void coordinatesBeyondTheRangeMeanItsEnds() {
        Dimension steps = Dimension.of(0, Parameter.ints("n", 1, 4));
        assertThat(steps.option(-0.3)).isZero();
        assertThat(steps.option(1.3)).isEqualTo(3);
        Dimension line = Dimension.of(0, Parameter.reals("x", 0, 1));
        assertThat(line.snap(-0.3)).isZero();
        assertThat(line.snap(1.3)).isEqualTo(1);
        assertThat(line.snap(0.37)).isEqualTo(0.37);
        assertThat(line.halfWidth(0.37)).isZero();
    }

    @Test
    void kindsFollowTheParameter() {
        assertThat(Dimension.of(0, Parameter.reals("x", 0, 1)).kind()).isEqualTo(Dimension.Kind.CONTINUOUS);
        assertThat(Dimension.of(0, Parameter.ints("n", 0, 100_000_000)).kind()).isEqualTo(Dimension.Kind.CONTINUOUS);
        assertThat(Dimension.of(0, Parameter.ints("n", 0, 100)).kind()).isEqualTo(Dimension.Kind.ORDERED);
        assertThat(Dimension.of(0, Parameter.reals("x", 0, 1).step(0.5)).kind()).isEqualTo(Dimension.Kind.ORDERED);
        assertThat(Dimension.of(0, Parameter.ordinal("size", "s", "l")).kind()).isEqualTo(Dimension.Kind.ORDERED);
        assertThat(Dimension.of(0, Parameter.choice("kind", "a", "b")).isCategory())
                .isTrue();
    }
}
