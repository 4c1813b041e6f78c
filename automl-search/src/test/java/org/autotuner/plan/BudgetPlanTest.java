package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.autotuner.budget.Budget;
import org.junit.jupiter.api.Test;

class BudgetPlanTest {

    @Test
    void smallDataGetsFiveFoldsAndAllRows() {
        BudgetPlan plan = BudgetPlan.of(Budget.ofSeconds(60).withThreads(2), 750, 20, 1, 0);
        assertThat(plan.folds()).isEqualTo(5);
        assertThat(plan.rows()).isEqualTo(750);
        assertThat(BudgetPlan.sample(plan.rows(), 750, 1)).isNull();
    }

    @Test
    void aMillionRowsInOneSecondAreSampledAndHeldOutOnce() {
        BudgetPlan plan = BudgetPlan.of(Budget.ofSeconds(1).withThreads(2), 1_000_000, 30, 1, 0);
        assertThat(plan.folds()).isEqualTo(1);
        assertThat(plan.rows()).isBetween(2_000, 100_000);
        int[] sample = BudgetPlan.sample(plan.rows(), 1_000_000, 7);
        assertThat(sample).hasSize(plan.rows()).isSorted().doesNotHaveDuplicates();
        assertThat(sample[sample.length - 1]).isGreaterThan(900_000);
    }

    @Test
    void moreTimeMeansMoreRows() {
        int before = 0;
        for (int seconds : new int[] {1, 5, 30, 300}) {
            int rows = BudgetPlan.of(Budget.ofSeconds(seconds), 1_000_000, 30, 1, 0)
                    .rows();
            assertThat(rows).isGreaterThanOrEqualTo(before);
            before = rows;
        }
        assertThat(before).isEqualTo(1_000_000);
    }

    @Test
    void aTrialBudgetDependsOnNoClock() {
        BudgetPlan plan = BudgetPlan.of(Budget.ofTrials(17), 5_000, 10, 1, 0);
        assertThat(plan.trials()).isEqualTo(17);
        assertThat(plan.folds()).isEqualTo(5);
        assertThat(plan.rows()).isEqualTo(5_000);
    }

    @Test
    void equalSeedsDrawEqualSamples() {
        BudgetPlan plan = BudgetPlan.of(Budget.ofSeconds(1), 1_000_000, 30, 1, 0);
        assertThat(Arrays.equals(
                        BudgetPlan.sample(plan.rows(), 1_000_000, 3), BudgetPlan.sample(plan.rows(), 1_000_000, 3)))
                .isTrue();
        assertThat(Arrays.equals(
                        BudgetPlan.sample(plan.rows(), 1_000_000, 3), BudgetPlan.sample(plan.rows(), 1_000_000, 4)))
                .isFalse();
    }

    @Test
    void askedTrialsShareTheTimeOut() {
        Budget minute = Budget.ofSeconds(60).withThreads(2);
        BudgetPlan free = BudgetPlan.of(minute, 50_000, 20, 1, 0);
        BudgetPlan asked = BudgetPlan.of(minute.withTrials(300), 50_000, 20, 1, 0);
        assertThat(free.trialShare(0)).isEqualTo(free.trialShare(200)).isEqualTo(free.trialShare());
        assertThat(asked.trialShare(0)).isEqualTo(1.0 / 300);
        assertThat(asked.trialShare(295)).isEqualTo(free.trialShare());
        assertThat(asked.trialShare(300)).isEqualTo(free.trialShare());
    }
}
