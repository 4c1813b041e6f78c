package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;

import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.fakes.FakeFamily;
import org.autotuner.fakes.Fits;
import org.autotuner.fakes.Samples;
import org.autotuner.model.AutoModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReproducibilityTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void equalSeedsTrialsAndWorkersGiveBitEqualPredictionsOfTheRealFamilies(int workers) {
        Table table = Samples.binary(300, 8);
        Budget budget = Budget.ofTrials(8).withThreads(workers);
        double[] first = fit(table, 5, budget).predict(table).toArray();
        double[] second = fit(table, 5, budget).predict(table).toArray();
        assertThat(second).isEqualTo(first);
    }

    @Test
    void anotherSeedGivesAnotherModel() {
        Table table = Samples.binary(300, 8);
        Budget budget = Budget.ofTrials(4).withThreads(2);
        assertThat(fit(table, 6, budget).predict(table).toArray())
                .isNotEqualTo(fit(table, 5, budget).predict(table).toArray());
    }

    @Test
    void theOrderInWhichFoldsEndDoesNotMatter() {
        Table table = Samples.binary(200, 8);
        double[] first = withDelays(table, 0);
        for (int delay = 1; delay < 4; delay++) {
            assertThat(withDelays(table, delay)).as("delay %d", delay).isEqualTo(first);
        }
    }

    /** Burns time in fits by configuration and by what is given, so that trials end in another order each time. */
    private static double[] withDelays(Table table, int kind) {
        FakeFamily family = FakeFamily.of("fake", (data, configuration, context) -> {
            long turns = (Math.abs(configuration.hashCode() * 31L + context.seed()) >> kind) % 400;
            double sum = 0;
            for (long i = 0; i < turns * 1_000; i++) {
                sum += Math.sqrt(i);
            }
            if (sum < 0) {
                throw new IllegalStateException("not reached");
            }
            return Fits.threshold(data, configuration, context);
        });
        AutoModel model = AutoTuner.builder()
                .target("y")
                .family(family.startingAt(1, 2, 5, 9))
                .families("fake")
                .budget(Budget.ofTrials(20).withThreads(4))
                .build()
                .fit(table);
        return model.predict(table).toArray();
    }

    private static AutoModel fit(Table table, long seed, Budget budget) {
        return AutoTuner.builder().target("y").seed(seed).budget(budget).build().fit(table);
    }
}
