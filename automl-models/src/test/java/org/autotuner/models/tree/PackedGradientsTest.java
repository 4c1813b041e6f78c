package org.autotuner.models.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedGradientsTest {

    private static long sum(PackedGradients packed, int[] rows) {
        return IntStream.of(rows).mapToLong(row -> packed.packed()[row]).sum();
    }

    /** Sums of random subsets agree with exact ones within four standard deviations of the rounding. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_000, 50_000, 1_000_000})
    void sumsAreThoseOfTheGradients(int count) {
        SplittableRandom random = new SplittableRandom(3);
        float[] gradients = new float[count];
        float[] curvatures = new float[count];
        for (int i = 0; i < count; i++) {
            gradients[i] = (float) random.nextGaussian();
            curvatures[i] = (float) (0.25 * random.nextDouble());
        }
        int[] all = IntStream.range(0, count).toArray();
        PackedGradients packed = new PackedGradients(count);
        for (boolean isConstant : new boolean[] {false, true}) {
            packed.pack(gradients, isConstant ? new float[0] : curvatures, all, count, 5, new Workers(2));
            int[] some = IntStream.range(0, count).filter(i -> i % 3 == 0).toArray();
            for (int[] rows : new int[][] {all, some}) {
                long sum = sum(packed, rows);
                double gradient =
                        IntStream.of(rows).mapToDouble(row -> gradients[row]).sum();
                double curvature = isConstant
                        ? rows.length
                        : IntStream.of(rows).mapToDouble(row -> curvatures[row]).sum();
                double slack = 4 * Math.sqrt(rows.length);
                assertThat(packed.gradientSteps(sum) * packed.gradientUnit())
                        .isEqualTo(gradient, within(slack * packed.gradientUnit() + 1e-6));
                assertThat(packed.curvatureSteps(sum) * packed.curvatureUnit())
                        .isEqualTo(curvature, within(slack * packed.curvatureUnit() + 1e-6));
            }
        }
    }

    /** All at the largest magnitude: the sum of all must not overflow into the other half. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1_000, 65_536, 1_000_000})
    void theLargestSumsFit(int count) {
        float[] gradients = new float[count];
        float[] curvatures = new float[count];
        for (float sign : new float[] {-1, 1}) {
            java.util.Arrays.fill(gradients, sign);
            java.util.Arrays.fill(curvatures, 1);
            int[] all = IntStream.range(0, count).toArray();
            PackedGradients packed = new PackedGradients(count);
            packed.pack(gradients, curvatures, all, count, 1, new Workers(1));
            long sum = sum(packed, all);
            assertThat(packed.gradientSteps(sum) * packed.gradientUnit()).isEqualTo(sign * count, within(1e-3 * count));
            assertThat(packed.curvatureSteps(sum) * packed.curvatureUnit()).isEqualTo(count, within(1e-3 * count));
        }
    }
}
