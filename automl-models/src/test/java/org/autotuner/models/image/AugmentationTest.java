package org.autotuner.models.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Operations against numbers worked out by hand, which Pillow 13.0 gives, too (but for its cutting of autocontrast's fractions), and
 * the ranges of the policies.
 */
class AugmentationTest {

    private static final Frame SMALL = new Frame(1, 3, 3);
    private static final Frame LARGE = new Frame(3, 32, 32);

    private static float[] bytes(int... values) {
        float[] image = new float[values.length];
        for (int i = 0; i < image.length; i++) {
            image[i] = values[i] / 255f;
        }
        return image;
    }

    private static int[] rounded(float[] image) {
        int[] values = new int[image.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(255 * image[i]);
        }
        return values;
    }

    private static int[] after(Operation operation, double amount, Frame frame, int... values) {
        float[] image = bytes(values);
        operation.apply(image, 0, frame, amount, new float[frame.plane()]);
        return rounded(image);
    }

    @Test
    void tonesAreThoseOfPillow() {
        assertThat(after(Operation.BRIGHTNESS, 0.5, SMALL, 0, 10, 20, 100, 170, 180, 200, 250, 255))
                .containsExactly(0, 15, 30, 150, 255, 255, 255, 255, 255);
        assertThat(after(Operation.SOLARIZE, 128, SMALL, 0, 10, 20, 100, 127, 128, 200, 250, 255))
                .containsExactly(0, 10, 20, 100, 127, 127, 55, 5, 0);
        assertThat(after(Operation.POSTERIZE, 2, SMALL, 0, 10, 63, 64, 127, 128, 200, 250, 255))
                .containsExactly(0, 0, 0, 64, 64, 128, 192, 192, 192);
        assertThat(after(Operation.INVERT, 0, SMALL, 0, 10, 20, 100, 127, 128, 200, 250, 255))
                .containsExactly(255, 245, 235, 155, 128, 127, 55, 5, 0);
        assertThat(after(Operation.AUTOCONTRAST, 0, SMALL, 50, 70, 90, 110, 150, 50, 70, 90, 110))
                .containsExactly(0, 51, 102, 153, 255, 0, 51, 102, 153);
        // mean 100: 100 + 1.5 (x - 100)
        assertThat(after(Operation.CONTRAST, 0.5, SMALL, 100, 100, 100, 60, 140, 100, 100, 100, 100))
                .containsExactly(100, 100, 100, 40, 160, 100, 100, 100, 100);
        // the middle is smoothed by (1 1 1; 1 5 1; 1 1 1) / 13: 5 x 130 / 13 = 50, then 50 + 2 (130 - 50)
        assertThat(after(Operation.SHARPNESS, 1, SMALL, 0, 0, 0, 0, 130, 0, 0, 0, 0))
                .containsExactly(0, 0, 0, 0, 210, 0, 0, 0, 0);
        assertThat(after(Operation.SHARPNESS, -1, SMALL, 0, 0, 0, 0, 130, 0, 0, 0, 0))
                .containsExactly(0, 0, 0, 0, 50, 0, 0, 0, 0);
    }

    @Test
    void greyHasNoColourToChangeAndColourMovesFromItsLuma() {
        assertThat(after(Operation.COLOUR, 0.5, SMALL, 0, 10, 20, 100, 127, 128, 200, 250, 255))
                .containsExactly(0, 10, 20, 100, 127, 128, 200, 250, 255);
        // luma 0.299 x 200 + 0.587 x 100 + 0.114 x 0 = 118.5
        assertThat(after(Operation.COLOUR, -1, new Frame(3, 1, 1), 200, 100, 0)).containsExactly(119, 119, 119);
    }

    /** 16 x 32 pixels of 512 counts: step = (512 - last) / 255 = 1 with 257 of the last value. */
    @Test
    void equalizingFlattensTheHistogram() {
        Frame frame = new Frame(1, 16, 32);
        int[] values = new int[512];
        Arrays.fill(values, 200);
        for (int i = 0; i < 255; i++) {
            values[i] = 60 + i % 5;
        }
        // table[v] = (step / 2 + number of smaller values) / step: 51 values of each of 60 to 64
        int[] got = after(Operation.EQUALIZE, 0, frame, values);
        assertThat(Arrays.copyOf(got, 5)).containsExactly(0, 51, 102, 153, 204);
        assertThat(got[511]).isEqualTo(255);
        assertThat(after(Operation.EQUALIZE, 0, SMALL, 5, 5, 5, 5, 5, 5, 5, 5, 5))
                .containsOnly(5);
    }

    @Test
    void movesGoByWholePixelsAndLeaveBlack() {
        assertThat(after(Operation.TRANSLATE_X, 1, SMALL, 1, 2, 3, 4, 5, 6, 7, 8, 9))
                .containsExactly(0, 1, 2, 0, 4, 5, 0, 7, 8);
        assertThat(after(Operation.TRANSLATE_Y, -2, SMALL, 1, 2, 3, 4, 5, 6, 7, 8, 9))
                .containsExactly(7, 8, 9, 0, 0, 0, 0, 0, 0);
        assertThat(after(Operation.TRANSLATE_X, 5, SMALL, 1, 2, 3, 4, 5, 6, 7, 8, 9))
                .containsOnly(0);
        assertThat(after(Operation.ROTATE, 90, SMALL, 1, 2, 3, 4, 5, 6, 7, 8, 9))
                .containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7);
        assertThat(after(Operation.SHEAR_X, 1, SMALL, 1, 2, 3, 4, 5, 6, 7, 8, 9))
                .containsExactly(0, 1, 2, 4, 5, 6, 8, 9, 0);
        float[] image = bytes(1, 2, 3, 4, 5, 6, 7, 8, 9);
        Warp.mirror(image, 0, SMALL);
        assertThat(rounded(image)).containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7);
    }

    @Test
    void widestAmountsAreThoseOfThePapers() {
        assertThat(Policy.Trivial.amount(Operation.ROTATE, 1, LARGE)).isEqualTo(135);
        assertThat(Policy.Trivial.amount(Operation.SHEAR_X, 1, LARGE)).isEqualTo(0.99);
        assertThat(Policy.Trivial.amount(Operation.TRANSLATE_X, 1, LARGE)).isEqualTo(32);
        assertThat(Policy.Trivial.amount(Operation.TRANSLATE_X, 1, SMALL)).isEqualTo(3);
        assertThat(Policy.Trivial.amount(Operation.SOLARIZE, 0, LARGE)).isEqualTo(255);
        assertThat(Policy.Trivial.amount(Operation.SOLARIZE, 1, LARGE)).isZero();
        assertThat(Policy.Trivial.amount(Operation.POSTERIZE, 0, LARGE)).isEqualTo(8);
        assertThat(Policy.Trivial.amount(Operation.POSTERIZE, 1, LARGE)).isEqualTo(2);
        assertThat(Policy.Trivial.amount(Operation.CONTRAST, 1, LARGE)).isEqualTo(0.99);
        assertThat(Policy.Rand.amount(Operation.ROTATE, 1, LARGE)).isEqualTo(30);
        assertThat(Policy.Rand.amount(Operation.POSTERIZE, 1, LARGE)).isEqualTo(4);
        assertThat(Policy.Rand.amount(Operation.TRANSLATE_Y, 1, LARGE)).isCloseTo(14.5, within(0.01));
    }

    @Test
    void autoAugmentHas25PairsForEachDataSet() {
        for (AutoAugmentTable table :
                List.of(AutoAugmentTable.cifar10(), AutoAugmentTable.svhn(), AutoAugmentTable.imageNet())) {
            assertThat(table.pairs()).hasSize(25).allSatisfy(pair -> {
                assertThat(pair.first().probability()).isBetween(0.0, 1.0);
                assertThat(pair.second().strength()).isBetween(0, 9);
            });
        }
        AutoAugmentTable.Pair second = AutoAugmentTable.cifar10().pairs().get(1);
        assertThat(second.first()).isEqualTo(new AutoAugmentTable.Choice(Operation.ROTATE, 0.7, 2));
        assertThat(second.second()).isEqualTo(new AutoAugmentTable.Choice(Operation.TRANSLATE_X, 0.3, 9));
    }

    /** Whatever is drawn, numbers stay from 0 to 1, and images are touched nowhere else. */
    @Test
    void everyPolicyKeepsToItsImage() {
        List<Policy> policies = List.of(
                new Policy.Trivial(),
                new Policy.Rand(2, 9),
                new Policy.Auto(AutoAugmentTable.cifar10()),
                new Policy.Auto(AutoAugmentTable.svhn()),
                new Policy.Auto(AutoAugmentTable.imageNet()));
        SplittableRandom random = new SplittableRandom(1);
        for (Policy policy : policies) {
            int changed = 0;
            for (int i = 0; i < 300; i++) {
                float[] image = new float[LARGE.size() + 2];
                for (int k = 0; k < image.length; k++) {
                    image[k] = random.nextInt(256) / 255f;
                }
                float[] before = image.clone();
                policy.apply(image, 1, LARGE, random, new float[LARGE.plane()]);
                assertThat(image[0]).isEqualTo(before[0]);
                assertThat(image[image.length - 1]).isEqualTo(before[before.length - 1]);
                for (float value : image) {
                    assertThat(value).isBetween(-1e-6f, 1 + 1e-6f);
                }
                changed += Arrays.equals(image, before) ? 0 : 1;
            }
            assertThat(changed).as("%s", policy).isGreaterThan(150);
        }
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void noAmountMeansNoChange(Operation operation) {
        Set<Operation> always = EnumSet.of(
                Operation.AUTOCONTRAST, Operation.EQUALIZE, Operation.INVERT, Operation.SOLARIZE, Operation.POSTERIZE);
        if (!always.contains(operation)) {
            assertThat(after(operation, 0, SMALL, 1, 20, 30, 40, 50, 60, 70, 80, 90))
                    .containsExactly(1, 20, 30, 40, 50, 60, 70, 80, 90);
        }
    }

    /** With a share of 3/4 a quarter of each image is that of the one before it; the first gets the last one's. */
    @Test
    void cutMixExchangesAsMuchAsTheShareSays() {
        Frame frame = new Frame(1, 8, 8);
        float[] rows = new float[1 + 3 * 64];
        for (int row = 0; row < 3; row++) {
            Arrays.fill(rows, 1 + row * 64, 1 + (row + 1) * 64, row + 1);
        }
        Augmentation cut = new Augmentation(frame, false, false, new Policy.None(), true);
        assertThat(cut.mixes()).isTrue();
        cut.apply(rows, 1, 3, 0.75, new SplittableRandom(2));
        assertThat(rows[0]).isZero();
        for (int row = 0; row < 3; row++) {
            int own = 0;
            int other = 0;
            for (int i = 0; i < 64; i++) {
                own += rows[1 + row * 64 + i] == row + 1 ? 1 : 0;
                other += rows[1 + row * 64 + i] == (row == 0 ? 3 : row) ? 1 : 0;
            }
            assertThat(own).isEqualTo(48);
            assertThat(other).isEqualTo(16);
        }
    }

    @Test
    void cropsMoveByUpToAnEighth() {
        Frame frame = new Frame(1, 16, 16);
        Augmentation crop = new Augmentation(frame, true, false, new Policy.None(), false);
        Set<Integer> seen = new java.util.TreeSet<>();
        for (int i = 0; i < 500; i++) {
            float[] image = new float[256];
            image[8 * 16 + 8] = 1;
            crop.apply(image, 0, 1, 1, new SplittableRandom(i));
            for (int k = 0; k < 256; k++) {
                if (image[k] == 1) {
                    assertThat(Math.abs(k / 16 - 8)).isLessThanOrEqualTo(2);
                    assertThat(Math.abs(k % 16 - 8)).isLessThanOrEqualTo(2);
                    seen.add(k);
                }
            }
        }
        assertThat(seen).hasSize(25);
    }
}
