package org.autotuner.models.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StatisticCutsTest {

    @Test
    void fewLevelsAreToldApartHoweverTheirRowsDiffer() {
        float[] ofRows = new float[10_000];
        for (int row = 0; row < ofRows.length; row++) {
            ofRows[row] = (row % 3) / 10f + (float) Math.sin(row) / 100;
        }
        assertThat(StatisticCuts.of(new float[] {0.2f, 0, 0.1f, 0.1f}, ofRows)).containsExactly(0.05f, 0.15f);
    }

    @Test
    void manyLevelsAreCutAtEqualDistances() {
        SplittableRandom random = new SplittableRandom(1);
        float[] ofRows = new float[20_000];
        for (int row = 0; row < ofRows.length; row++) {
            ofRows[row] = (float) Math.pow(random.nextDouble(), 3); // most are near 0
        }
        ofRows[7] = 1_000;
        float[] cuts = StatisticCuts.of(new float[65], ofRows);
        assertThat(cuts).hasSize(31);
        assertThat(cuts[0]).isBetween(0.028f, 0.035f);
        assertThat(cuts[30]).isBetween(0.94f, 0.98f);
        for (int i = 1; i < cuts.length; i++) {
            assertThat(cuts[i] - cuts[i - 1]).isBetween(0.0300f, 0.0325f);
        }
    }

    @Test
    void equalStatisticsAreNotCut() {
        float[] equal = new float[5_000];
        Arrays.fill(equal, 0.25f);
        assertThat(StatisticCuts.of(new float[100], equal)).isEmpty();
        assertThat(StatisticCuts.of(new float[3], equal)).isEmpty();
    }
}
