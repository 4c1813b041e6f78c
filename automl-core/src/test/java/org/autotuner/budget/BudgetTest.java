package org.autotuner.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetTest {

    @Test
    void eachLimitIsKeptBesideTheOthers() {
        Budget budget = Budget.ofMinutes(2)
                .withTrials(7)
                .withThreads(3)
                .withMemoryMegabytes(512)
                .withLatency(Duration.ofMillis(1))
                .withModelBytes(1_000_000);
        assertThat(budget.time()).contains(Duration.ofMinutes(2));
        assertThat(budget.trials()).hasValue(7);
        assertThat(budget.threads()).isEqualTo(3);
        assertThat(budget.memoryMegabytes()).hasValue(512);
        assertThat(budget.latency()).contains(Duration.ofMillis(1));
        assertThat(budget.modelBytes()).hasValue(1_000_000);
    }

    @Test
    void whatIsNotGrantedIsAbsent() {
        Budget budget = Budget.ofTrials(5);
        assertThat(budget.time()).isEmpty();
        assertThat(budget.memoryMegabytes()).isEmpty();
        assertThat(budget.latency()).isEmpty();
        assertThat(budget.modelBytes()).isEmpty();
        assertThat(budget.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void changesLeaveTheOriginalAlone() {
        Budget budget = Budget.ofSeconds(5);
        budget.withThreads(1);
        assertThat(budget.withTime(Duration.ofSeconds(9)).time()).contains(Duration.ofSeconds(9));
        assertThat(budget.time()).contains(Duration.ofSeconds(5));
    }

    @Test
    void nonsenseIsRefusedWithTheValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Budget.ofSeconds(0))
                .withMessageContaining("time");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Budget.ofTrials(0))
                .withMessageContaining("trials");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Budget.ofTrials(1).withThreads(-2))
                .withMessageContaining("-2");
        assertThatIllegalArgumentException().isThrownBy(() -> Budget.ofTrials(1).withMemoryMegabytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Budget.ofTrials(1).withModelBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Budget.ofTrials(1).withLatency(Duration.ZERO));
    }
}
