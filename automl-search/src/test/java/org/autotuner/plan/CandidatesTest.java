package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CandidatesTest {

    @Test
    void theLowestErrorComesFirstAndTheEarlierTrialAmongEquals() {
        Candidates candidates = new Candidates();
        candidates.add(Trials.of(3, "a", 0.2));
        candidates.add(Trials.of(1, "a", 0.3));
        candidates.add(Trials.of(2, "a", 0.2));
        assertThat(candidates.all()).extracting(FinishedTrial::number).containsExactly(2, 3, 1);
        assertThat(candidates.best()).get().extracting(FinishedTrial::number).isEqualTo(2);
    }

    @Test
    void onlyTheBestTrialsAndTheBestOfEachFamilyKeepTheirModels() {
        Candidates candidates = new Candidates();
        for (int i = 0; i < Candidates.KEPT + 5; i++) {
            candidates.add(Trials.of(i, "good", 0.1 + i * 0.001));
        }
        candidates.add(Trials.of(100, "poor", 0.8));
        candidates.add(Trials.of(101, "poor", 0.9));
        assertThat(candidates.selectable())
                .extracting(FinishedTrial::number)
                .hasSize(Candidates.KEPT + 1)
                .contains(0, 24, 100)
                .doesNotContain(25, 101);
        assertThat(candidates.all()).hasSize(Candidates.KEPT + 7);
    }

    @Test
    void whatIsKeptDoesNotDependOnTheOrderOfArrival() {
        List<FinishedTrial> trials = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            trials.add(Trials.of(i, i % 7 == 0 ? "b" : "a", (i * 37 % 61) / 100.0));
        }
        List<Integer> inOrder = kept(trials);
        for (long seed = 0; seed < 20; seed++) {
            Collections.shuffle(trials, new Random(seed));
            assertThat(kept(trials)).as("seed %d", seed).isEqualTo(inOrder);
        }
    }

    @Test
    void infiniteErrorsComeLast() {
        Candidates candidates = new Candidates();
        candidates.add(Trials.of(1, "a", Double.POSITIVE_INFINITY));
        candidates.add(Trials.of(2, "a", 5.0));
        assertThat(candidates.best()).get().extracting(FinishedTrial::number).isEqualTo(2);
    }

    private static List<Integer> kept(List<FinishedTrial> trials) {
        Candidates candidates = new Candidates();
        trials.forEach(candidates::add);
        return candidates.selectable().stream().map(FinishedTrial::number).toList();
    }
}
