package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParetoTest {

    private static double[] point(double... values) {
        return values;
    }

    /** The generator of C's old rand, which the script behind the reference values has too. */
    private static List<double[]> points(int count, int objectives) {
        long state = 42 + objectives;
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] point = new double[objectives];
            for (int j = 0; j < objectives; j++) {
                state = (state * 1103515245L + 12345) % 2147483648L;
                point[j] = state / 2147483648.0;
            }
            points.add(point);
        }
        return points;
    }

    private static double[] reference(int objectives, double value) {
        double[] reference = new double[objectives];
        java.util.Arrays.fill(reference, value);
        return reference;
    }

    @Test
    void onePointDominatesABox() {
        assertThat(Pareto.hypervolume(List.of(point(3)), point(5))).isEqualTo(2);
        assertThat(Pareto.hypervolume(List.of(point(1, 2)), point(4, 4))).isEqualTo(6);
        assertThat(Pareto.hypervolume(List.of(point(0, 0, 0, 0, 0)), point(2, 2, 2, 2, 2)))
                .isEqualTo(32);
    }

    /** n steps of width 1/n below the diagonal leave out n squares under it: (n - 1) / (2 n). */
    @Test
    void stairsUnderTheDiagonalHaveTheAreaOfTheirSteps() {
        int n = 10;
        List<double[]> stairs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            stairs.add(point((double) i / n, 1 - (i + 1.0) / n));
        }
        double expected = (n + 1.0) / (2 * n);
        assertThat(Pareto.hypervolume(stairs, point(1, 1))).isCloseTo(expected, within(1e-12));
    }

    /** Of n unit boxes along a diagonal of three objectives: by inclusion and exclusion, worked out by hand for two. */
    @Test
    void whatTwoBoxesShareCountsOnce() {
        assertThat(Pareto.hypervolume(List.of(point(0, 1, 1), point(1, 0, 0)), point(3, 3, 3)))
                .isEqualTo(12 + 18 - 8);
    }

    @Test
    void pointsThatAreDominatedEqualOrBeyondTheReferenceAddNothing() {
        List<double[]> points = List.of(point(1, 2), point(1, 2), point(2, 3), point(4, 0), point(0, 9));
        assertThat(Pareto.hypervolume(points, point(4, 4))).isEqualTo(6);
        assertThat(Pareto.hypervolume(List.of(), point(1, 1))).isZero();
        assertThatThrownBy(() -> Pareto.hypervolume(points, point(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as many values");
    }

    /** From moocore.hypervolume of moocore 0.3.2 (Python) for the same 30 points. */
    @ParameterizedTest
    @CsvSource({
        "2, 1, 0.8649643700166791",
        "2, 0.9, 0.6821086889567972",
        "3, 1, 0.7658820251659088",
        "3, 0.9, 0.5324524346529457",
        "4, 1, 0.44463096104465916",
        "4, 0.9, 0.2331517598165922",
        "5, 1, 0.40518569817977773",
        "5, 0.9, 0.1807679566951558",
    })
    void agreesWithMoocore(int objectives, double reference, double expected) {
        List<double[]> points = points(30, objectives);
        for (int seed = 0; seed < 3; seed++) {
            Collections.shuffle(points, new Random(seed));
            assertThat(Pareto.hypervolume(points, reference(objectives, reference)))
                    .isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void ranksPeelFrontAfterFront() {
        List<double[]> points =
                List.of(point(1, 4), point(4, 1), point(2, 5), point(5, 5), point(1, 4), point(3, 3), point(6, 6));
        assertThat(Pareto.ranks(points, points.size())).containsExactly(0, 0, 1, 2, 0, 0, 3);
        assertThat(Pareto.ranks(points, 1)).containsExactly(0, 0, 1, 1, 0, 0, 1);
        assertThat(Pareto.ranks(List.of(), 1)).isEmpty();
    }

    @Test
    void dominationNeedsToBeBetterSomewhereAndWorseNowhere() {
        assertThat(Pareto.dominates(point(1, 2), point(1, 3))).isTrue();
        assertThat(Pareto.dominates(point(1, 2), point(1, 2))).isFalse();
        assertThat(Pareto.dominates(point(1, 2), point(0, 3))).isFalse();
    }
}
