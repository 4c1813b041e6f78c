package org.autotuner.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;
import org.autotuner.task.TargetTransform.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TargetTransformTest {

    private static final double[] PRICES = logNormal(2_000, 12, 0.7);

    @ParameterizedTest
    @EnumSource(Kind.class)
    void undoingGivesTheValueBackEvenOutsideOfWhatWasSeen(Kind kind) {
        TargetTransform transform = fit(kind, PRICES);
        for (double value : new double[] {-1e6, 0, 1, 1e3, 1.6e5, 3e6, 1e8}) {
            double changed = transform.apply(value);
            assertThat(changed).isFinite();
            assertThat(transform.undo(changed)).isCloseTo(value, within(1e-6 * Math.max(1, Math.abs(value))));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void itRises(Kind kind) {
        for (double[] values : new double[][] {PRICES, {3}, {0, 0, 0, 7}, {-5, 0, 1e9}}) {
            TargetTransform transform = fit(kind, values);
            double before = Double.NEGATIVE_INFINITY;
            for (double value = -20; value < 2e6; value = value < 20 ? value + 0.5 : value * 1.01) {
                double changed = transform.apply(value);
                assertThat(changed).as("%s of %s", kind, value).isGreaterThan(before);
                before = changed;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aFileGivesTheSameChangeBack(Kind kind) {
        TargetTransform transform = fit(kind, PRICES);
        Node node = Node.root();
        transform.write(node);
        TargetTransform read = TargetTransform.read(node);
        assertThat(read.kind()).isEqualTo(kind);
        for (double value : new double[] {-4, 1e3, 2e5}) {
            assertThat(read.apply(value)).isEqualTo(transform.apply(value));
            assertThat(read.undo(value % 10)).isEqualTo(transform.undo(value % 10));
        }
    }

    @Test
    void theLogarithmOfPositiveValuesIsTheirOwn() {
        assertThat(fit(Kind.LOG, PRICES).apply(1e5)).isEqualTo(Math.log(1e5));
    }

    @Test
    void zerosAndNegativeValuesAreShiftedFirst() {
        TargetTransform transform = fit(Kind.LOG, -2, 0, 6); // median 0: two above the least
        assertThat(transform.apply(-2)).isEqualTo(Math.log(2));
        assertThat(transform.apply(6)).isEqualTo(Math.log(10));
    }

    /** Closed forms of the paper's (2.1): exponents 0.5 and 1.5 on both sides of the mean. */
    @Test
    void powersAreThoseOfYeoAndJohnson() {
        PowerTarget half = new PowerTarget(10, 2, 0.5);
        assertThat(half.apply(16)).isCloseTo((Math.sqrt(1 + 3) - 1) / 0.5, within(1e-12));
        assertThat(half.apply(4)).isCloseTo(-(Math.pow(1 + 3, 1.5) - 1) / 1.5, within(1e-12));
        assertThat(new PowerTarget(0, 1, 0).apply(3)).isCloseTo(Math.log(4), within(1e-12));
        assertThat(new PowerTarget(0, 1, 2).apply(-3)).isCloseTo(-Math.log(4), within(1e-12));
    }

    @Test
    void thePowerOfNormalValuesIsAboutOneAndThatOfSkewedOnesTakesTheSkewAway() {
        Random random = new Random(3);
        double[] normal = random.doubles(3_000).map(u -> random.nextGaussian()).toArray();
        assertThat(((PowerTarget) fit(Kind.POWER, normal)).lambda()).isCloseTo(1, within(0.11));
        TargetTransform transform = fit(Kind.POWER, PRICES);
        assertThat(skewness(PRICES)).isGreaterThan(1.5);
        assertThat(skewness(Arrays.stream(PRICES).map(transform::apply).toArray()))
                .isCloseTo(0, within(0.3));
    }

    @Test
    void quantilesAreLogitsOfRanks() {
        TargetTransform transform = fit(Kind.QUANTILE, 1, 2, 2, 100);
        assertThat(transform.apply(1)).isCloseTo(Math.log(0.125 / 0.875), within(1e-12));
        assertThat(transform.apply(2)).isCloseTo(0, within(1e-12));
        assertThat(transform.apply(100)).isCloseTo(Math.log(0.875 / 0.125), within(1e-12));
        assertThat(transform.undo(Math.log(0.875 / 0.125) / 2)).isCloseTo(51, within(1e-9));
    }

    @Test
    void rowsWithoutWeightTeachNothing() {
        Target target = Target.ofValues(1, 2, 3, -50);
        TargetTransform transform = TargetTransform.fit(Kind.LOG, target, Weights.of(1, 1, 1, 0));
        assertThat(transform.apply(3)).isEqualTo(Math.log(3));
        assertThatThrownBy(() -> TargetTransform.fit(Kind.LOG, target, Weights.of(0, 0, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weight");
    }

    @Test
    void damagedOnesAreRefused() {
        refused(Kind.LOG, "floor", node -> node.put("floor", 0.0));
        refused(Kind.LOG, "floor", node -> node.put("shift", Double.NaN));
        refused(Kind.LOG, "kind", node -> node.put("kind", "root"));
        refused(Kind.POWER, "lambda", node -> node.put("lambda", 9.0));
        refused(Kind.POWER, "deviation", node -> node.put("deviation", -1.0));
        refused(Kind.QUANTILE, "values", node -> node.put("values", new double[] {2, 1})
                .put("places", new double[2]));
        refused(Kind.QUANTILE, "places", node -> node.put("places", new double[1]));
    }

    private static void refused(Kind kind, String name, Consumer<Node> damage) {
        Node node = Node.root();
        fit(kind, PRICES).write(node);
        damage.accept(node);
        assertThatThrownBy(() -> TargetTransform.read(node))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(name);
    }

    private static TargetTransform fit(Kind kind, double... values) {
        return TargetTransform.fit(kind, Target.ofValues(values), Weights.none());
    }

    private static double[] logNormal(int count, double mean, double deviation) {
        Random random = new Random(1);
        return random.doubles(count)
                .map(u -> Math.exp(mean + deviation * random.nextGaussian()))
                .toArray();
    }

    private static double skewness(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double second =
                Arrays.stream(values).map(v -> Math.pow(v - mean, 2)).average().orElseThrow();
        double third =
                Arrays.stream(values).map(v -> Math.pow(v - mean, 3)).average().orElseThrow();
        return third / Math.pow(second, 1.5);
    }
}
