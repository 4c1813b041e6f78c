package org.autotuner.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.Deadline;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.data.Image;
import org.autotuner.data.ImageColumn;
import org.autotuner.data.Table;
import org.autotuner.error.BundleException;
import org.autotuner.error.DataException;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedImagesTest {

    private static final ImageSize EIGHT = new ImageSize(8, 8, 1);

    /** A ramp along x has the gradient direction 0, between the last bin and the first. */
    @Test
    void aRampVotesForItsDirection() {
        float[] ramp = plane(i -> i % 8 / 8f);
        float[] out = new float[4 * 9 * 1];
        new OrientedGradients(2, true).describe(ramp, EIGHT, out, 0);
        for (int cell = 0; cell < 4; cell++) {
            assertThat(out[cell * 9])
                    .isCloseTo(out[cell * 9 + 8], within(1e-6f))
                    .isGreaterThan(0.3f);
            for (int direction = 1; direction < 8; direction++) {
                assertThat(out[cell * 9 + direction]).isZero();
            }
        }
        double squares = 0;
        for (float value : out) {
            squares += value * value;
        }
        // every cell's two bins were cut at 0.2 and brought to length 1: 8 equal numbers
        assertThat(squares).isCloseTo(1, within(0.01));
        float[] turned = plane(i -> i / 8 / 8f);
        new OrientedGradients(2, true).describe(turned, EIGHT, out, 0);
        assertThat(out[4]).isGreaterThan(0.4f); // direction 90 degrees is the middle of bin 4
        assertThat(out[0]).isZero();
    }

    /** Bin of 45 degrees: 45 / 20 - 0.5 = 1.75, so they share bins 1 and 2. Half a turn changes no direction. */
    @Test
    void votesAreSharedBetweenDirections() {
        float[] slope = plane(i -> (i % 8 + i / 8) / 16f);
        float[] out = new float[2 * 2 * 9];
        new OrientedGradients(2, false).describe(slope, EIGHT, out, 0);
        float[] turned = plane(i -> slope[63 - i]);
        float[] other = new float[out.length];
        new OrientedGradients(2, false).describe(turned, EIGHT, other, 0);
        for (int i = 0; i < out.length; i++) {
            assertThat(other[i]).isCloseTo(out[(3 - i / 9) * 9 + i % 9], within(1e-5f));
        }
        assertThat(out[1]).isGreaterThan(0.3f); // both were cut at 0.2 of the block's length
        assertThat(out[2]).isGreaterThan(0.3f);
        assertThat(out[5]).isZero();
        float[] flat = new float[out.length];
        new OrientedGradients(2, false).describe(new float[64], EIGHT, flat, 0);
        assertThat(flat).containsOnly(0);
    }

    private interface Shade {
        float at(int place);
    }

    private static float[] plane(Shade shade) {
        float[] plane = new float[64];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = shade.at(i);
        }
        return plane;
    }

    private static Table table(int rows, boolean coloured, int holes) {
        SplittableRandom random = new SplittableRandom(4);
        List<@Nullable Image> images = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int width = row % 5 == 0 ? 12 : 10;
            int channels = coloured && row % 2 == 0 ? 3 : 1;
            byte[] pixels = new byte[width * 10 * channels];
            random.nextBytes(pixels);
            images.add(holes > 0 && row % holes == 0 ? null : Image.of(width, 10, channels, pixels));
        }
        return Table.builder().column("image", ImageColumn.of(images)).build();
    }

    private static Prepared fit(Preparation preparation, Table table) {
        int[] labels = new int[table.rowCount()];
        Arrays.setAll(labels, i -> i % 2);
        return preparation.fit(
                table,
                Target.ofLabels(labels),
                Weights.none(),
                new PrepareContext(new BinaryTask("y", "a", "b"), 1, Deadline.never()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyPlanDescribesImagesAndReadsItselfBack(boolean coloured) {
        Table table = table(40, coloured, 7);
        for (Preparation preparation : List.of(
                PreparationPlan.forTrees(),
                PreparationPlan.forLinear(),
                PreparationPlan.forKernels(),
                PreparationPlan.forNetworks(),
                new ImagePreparation(8))) {
            Prepared prepared = fit(preparation, table);
            FeatureMatrix matrix = prepared.features();
            Node node = Node.root();
            prepared.preparation().write(node);
            FittedPreparation read = FittedPreparations.read(Bundle.fromBytes(Bundle.toBytes(node)));
            assertThat(read.transform(table).denseArray()).as(preparation.id()).containsExactly(matrix.denseArray());
            assertThat(read.transform(table.rows(new int[] {5})).denseArray())
                    .containsExactly(matrix.select(new int[] {5}).denseArray());
            boolean areTrees = preparation.id().startsWith("trees");
            for (int feature = 0; feature < matrix.width(); feature++) {
                assertThat(Float.isNaN(matrix.at(0, feature))).isEqualTo(areTrees); // row 0 has no image
                assertThat(matrix.at(1, feature)).isFinite();
            }
        }
    }

    @Test
    void networksGetPixelsFromZeroToOneAndLearnWhere() {
        FeatureMatrix matrix = fit(new ImagePreparation(64), table(40, true, 0)).features();
        assertThat(matrix.images()).containsExactly(new ImageBlock(0, 10, 10, 3));
        assertThat(matrix.select(new int[] {3, 2}).images()).hasSize(1);
        for (float value : matrix.denseArray()) {
            assertThat(value).isBetween(0f, 1f);
        }
        assertThat(fit(PreparationPlan.forKernels(), table(40, true, 0))
                        .features()
                        .images())
                .isEmpty();
        Table without = Table.builder().numeric("x", 1, 2).build();
        assertThatThrownBy(() -> fit(new ImagePreparation(8), without)).isInstanceOf(DataException.class);
    }

    @Test
    void theTypicalSizeIsTheUsualOneElseTheMedian() {
        assertThat(ImageSize.typical((ImageColumn) table(40, false, 0).column(0)))
                .isEqualTo(new ImageSize(10, 10, 1));
        List<@Nullable Image> mixed = new ArrayList<>();
        for (int side = 1; side <= 9; side++) {
            mixed.add(Image.of(side, 2 * side, 1, new byte[2 * side * side]));
        }
        mixed.add(null);
        assertThat(ImageSize.typical(ImageColumn.of(mixed))).isEqualTo(new ImageSize(5, 10, 1));
        assertThat(new ImageSize(200, 100, 3).atMost(50)).isEqualTo(new ImageSize(50, 25, 3));
        assertThat(ImageSize.typical(ImageColumn.of(Arrays.asList((Image) null))))
                .isEqualTo(new ImageSize(1, 1, 1));
    }

    @Test
    void damagedEncodersAreRefused() {
        Node node = Node.root();
        fit(PreparationPlan.forKernels(), table(40, true, 7)).preparation().write(node);
        for (Node encoder : node.nodes("encoders")) {
            for (String name : List.of("width", "height")) {
                long before = encoder.number(name);
                encoder.put(name, 1L << 20);
                assertThatThrownBy(() -> FittedPreparations.read(node)).isInstanceOf(BundleException.class);
                encoder.put(name, before);
            }
            encoder.put("factor", Double.POSITIVE_INFINITY);
            assertThatThrownBy(() -> FittedPreparations.read(node)).isInstanceOf(BundleException.class);
            encoder.put("factor", 1.0);
        }
        node.nodes("encoders").get(0).put("cells", 3);
        assertThatThrownBy(() -> FittedPreparations.read(node)).isInstanceOf(BundleException.class);
    }
}
