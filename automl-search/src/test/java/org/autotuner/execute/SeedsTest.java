package org.autotuner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {

    @Test
    void equalPartsGiveEqualSeeds() {
        assertThat(Seeds.of(1, 2, 3)).isEqualTo(Seeds.of(1, 2, 3));
    }

    @Test
    void everyTrialAndFoldHasItsOwnSeed() {
        Set<Long> seeds = new HashSet<>();
        for (int master = 0; master < 5; master++) {
            for (int trial = 0; trial < 200; trial++) {
                for (int fold = 0; fold < 10; fold++) {
                    seeds.add(Seeds.of(master, trial, fold));
                }
            }
        }
        assertThat(seeds).hasSize(5 * 200 * 10);
    }

    @Test
    void theOrderOfPartsMatters() {
        assertThat(Seeds.of(1, 2, 3)).isNotEqualTo(Seeds.of(1, 3, 2));
    }
}
