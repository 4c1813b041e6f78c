package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.autotuner.AutoTuner;
import org.autotuner.FitJob;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.model.AutoModel;
import org.autotuner.model.Member;
import org.junit.jupiter.api.Test;

class RefitTest {

    @Test
    void onlyALimitedModelOrAHoldoutIsRefitted() {
        Budget plain = Budget.ofTrials(3);
        assertThat(Refit.isWanted(plain, 5)).isFalse();
        assertThat(Refit.isWanted(plain, 1)).isTrue();
        assertThat(Refit.isWanted(plain.withLatency(Duration.ofMillis(1)), 5)).isTrue();
        assertThat(Refit.isWanted(plain.withModelBytes(1_000_000), 5)).isTrue();
    }

    @Test
    void aModelOfLimitedSizeHoldsOneModelPerMemberAndStillPredicts() {
        Table table = table(400, 1);
        FitJob job = AutoTuner.builder()
                .target("y")
                .families("linear", "neighbours")
                .budget(Budget.ofTrials(2).withThreads(1).withModelBytes(1_000_000))
                .build()
                .submit(table);
        AutoModel model = job.await();
        assertThat(model.members()).extracting(Member::parts).allSatisfy(parts -> assertThat(parts)
                .hasSize(1));
        assertThat(job.report().notes()).contains("the score is that of the fold models");
        Table fresh = table(300, 2);
        assertThat(model.evaluate(fresh).scores().get("r2").value())
                .as("a plane is easy")
                .isGreaterThan(0.8);
    }

    private static Table table(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] a = new double[rows];
        double[] b = new double[rows];
        double[] y = new double[rows];
        for (int row = 0; row < rows; row++) {
            a[row] = random.nextDouble() * 2;
            b[row] = random.nextDouble();
            y[row] = 3 * a[row] - 2 * b[row] + 0.1 * random.nextDouble();
        }
        return Table.builder().numeric("a", a).numeric("b", b).numeric("y", y).build();
    }
}
