package org.autotuner.models.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.junit.jupiter.api.Test;

class CombinationsTest {

    private static final int ROWS = 4_000;
    private static final int CATEGORIES = 5;
    private static final int LEVELS = 6;

    private final SplittableRandom random = new SplittableRandom(3);
    private final FeatureMatrix matrix = matrix();

    private FeatureMatrix matrix() {
        float[] dense = new float[ROWS * CATEGORIES];
        for (int i = 0; i < dense.length; i++) {
            dense[i] = random.nextInt(LEVELS);
        }
        List<Feature> features = IntStream.range(0, CATEGORIES)
                .mapToObj(f -> new Feature("c" + f, "c" + f, LEVELS))
                .toList();
        return FeatureMatrix.dense(features, ROWS, dense);
    }

    private interface Truth {
        double of(int row);
    }

    private List<int[]> best(Truth truth, int most) {
        float[] target = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            target[row] = (float) (truth.of(row) + random.nextGaussian());
        }
        float[] weights = new float[ROWS];
        Arrays.fill(weights, 1);
        return new Combinations(
                        matrix, List.of(target), weights, new SplittableRandom(1), new Workers(1), Deadline.never())
                .best(List.of(0, 1, 2, 3, 4), most);
    }

    private int code(int row, int feature) {
        return (int) matrix.at(row, feature);
    }

    /** Neither of the two tells anything alone. */
    @Test
    void twoThatMatterTogetherAreFoundFirst() {
        List<int[]> found = best(row -> (code(row, 1) + code(row, 3)) % 2, 4);
        assertThat(found.get(0)).containsExactly(1, 3);
    }

    @Test
    void threeThatMatterTogetherAreFoundByWayOfPairs() {
        List<int[]> found =
                best(row -> code(row, 0) % 2 == 1 && code(row, 2) % 2 == 1 && code(row, 4) % 2 == 1 ? 3 : 0, 12);
        assertThat(found).anySatisfy(features -> assertThat(features).containsExactly(0, 2, 4));
    }

    @Test
    void sumsOfTheirPartsAndChanceAreLeftOut() {
        List<int[]> ofNothing = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ofNothing.addAll(best(row -> 0, 20));
        }
        // 5 times 10 pairs and at most 10 triples, each passing by chance once in some hundred times
        assertThat(ofNothing).hasSizeLessThan(6);
    }

    /** Of 1 and 3 not the sum matters, but one question about each of their statistics tells it; of 0 and 2 none does. */
    @Test
    void whatATreeFindsByAskingForBothPartsCountsLittle() {
        List<int[]> found = best(
                row -> (2 * code(row, 1) >= LEVELS && 2 * code(row, 3) >= LEVELS ? 1 : 0)
                        + 0.4 * ((code(row, 0) + code(row, 2)) % 2),
                10);
        assertThat(found.get(0)).containsExactly(0, 2);
    }

    @Test
    void noneIsAskedForNoneIsFound() {
        assertThat(best(row -> code(row, 0), 0)).isEmpty();
    }
}
