package org.autotuner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values by hand from the formulas in PyTorch's documentation of torch.optim.lr_scheduler, and of the papers. */
class ScheduleTest {

    private static final Offset<Double> CLOSE = within(1e-12);

    @Test
    void constantIsOne() {
        assertThat(Schedule.constant().at(0)).isEqualTo(1);
        assertThat(Schedule.constant().at(1)).isEqualTo(1);
    }

    @Test
    void stepsFollowStepLr() {
        // StepLR: gamma^(epoch // step_size); 90 epochs, step_size 30, gamma 0.1
        Schedule schedule = new Schedule.Step(3, 0.1);
        for (int epoch = 0; epoch < 90; epoch++) {
            assertThat(schedule.at(epoch / 90.0)).as("epoch %d", epoch).isCloseTo(Math.pow(0.1, epoch / 30), CLOSE);
        }
        assertThat(schedule.at(1)).isCloseTo(0.01, CLOSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 10, 30, 49, 100})
    void aStepFallsOnItsEpochForAnyNumberOfParts(int parts) {
        Schedule schedule = new Schedule.Step(parts, 0.5);
        IntStream.range(0, parts)
                .forEach(part -> assertThat(schedule.at((double) part / parts)).isEqualTo(Math.pow(0.5, part)));
    }

    @Test
    void cosineFollowsWarmRestarts() {
        // CosineAnnealingWarmRestarts(T_0 = 10, T_mult = 2): cycles of 10, 20 and 40 epochs, 70 in all; eta_min 0
        Schedule schedule = new Schedule.Cosine(3, 2);
        assertThat(schedule.at(0)).isCloseTo(1, CLOSE);
        assertThat(schedule.at(5 / 70.0)).isCloseTo(0.5, CLOSE);
        assertThat(schedule.at(10 / 70.0)).isCloseTo(1, CLOSE);
        assertThat(schedule.at(15 / 70.0)).isCloseTo(0.5 * (1 + Math.cos(Math.PI / 4)), CLOSE);
        assertThat(schedule.at(30 / 70.0)).isCloseTo(1, CLOSE);
        assertThat(schedule.at(50 / 70.0)).isCloseTo(0.5, CLOSE);
        assertThat(schedule.at(1)).isCloseTo(0, CLOSE);
    }

    @Test
    void cyclesOfEqualLengthRestartOnTheirEpoch() {
        Schedule schedule = new Schedule.Cosine(7, 1);
        IntStream.range(0, 7)
                .forEach(cycle -> assertThat(schedule.at(cycle / 7.0)).isCloseTo(1, CLOSE));
    }

    @Test
    void oneCycleFollowsOneCycleLr() {
        // OneCycleLR: initial_lr = max_lr / div_factor, min_lr = initial_lr / final_div_factor, both ways by cosine
        Schedule schedule = new Schedule.OneCycle(0.3, 25, 1e4);
        assertThat(schedule.at(0)).isCloseTo(1 / 25.0, CLOSE);
        assertThat(schedule.at(0.15)).isCloseTo((1 + 1 / 25.0) / 2, CLOSE);
        assertThat(schedule.at(0.3)).isCloseTo(1, CLOSE);
        assertThat(schedule.at(0.65)).isCloseTo((1 + 1 / 25e4) / 2, CLOSE);
        assertThat(schedule.at(1)).isCloseTo(1 / 25e4, CLOSE);
    }

    @Test
    void warmUpRisesLinearlyAndThenHandsOver() {
        Schedule schedule = new Schedule.WarmUp(0.1, Schedule.cosine());
        assertThat(schedule.at(0.05)).isCloseTo(0.5, CLOSE);
        assertThat(schedule.at(0.1)).isCloseTo(1, CLOSE);
        assertThat(schedule.at(0.55)).isCloseTo(0.5, CLOSE);
    }

    @Test
    void cosLog4HasFourCyclesOfDoublingLength() {
        // arXiv 2407.04491: zero at t = 0, 1/15, 3/15, 7/15, 1; one where log2(1 + 15 t) is half-way between
        Schedule schedule = Schedule.cosLog4();
        for (double zero : new double[] {0, 1 / 15.0, 3 / 15.0, 7 / 15.0, 1}) {
            assertThat(schedule.at(zero)).isCloseTo(0, CLOSE);
        }
        assertThat(schedule.at((Math.pow(2, 2.5) - 1) / 15)).isCloseTo(1, CLOSE);
    }

    @Test
    void flatCosineIsFlatForHalf() {
        assertThat(Schedule.flatCosine().at(0.49)).isEqualTo(1);
        assertThat(Schedule.flatCosine().at(0.75)).isCloseTo(0.5, CLOSE);
        assertThat(Schedule.flatCosine().at(1)).isCloseTo(0, CLOSE);
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        assertThatThrownBy(() -> new Schedule.Step(0, 0.1))
                .hasMessageContaining("'drops' must be at least 1, but is 0");
        assertThatThrownBy(() -> new Schedule.Step(3, Double.NaN)).hasMessageContaining("'factor'");
        assertThatThrownBy(() -> new Schedule.Cosine(0, 1)).hasMessageContaining("'cycles'");
        assertThatThrownBy(() -> new Schedule.Cosine(2, 0)).hasMessageContaining("'growth'");
        assertThatThrownBy(() -> new Schedule.OneCycle(1, 25, 1e4)).hasMessageContaining("'rise'");
        assertThatThrownBy(() -> new Schedule.OneCycle(0.3, 0.5, 1e4)).hasMessageContaining("'start'");
        assertThatThrownBy(() -> new Schedule.OneCycle(0.3, 25, 0)).hasMessageContaining("'end'");
        assertThatThrownBy(() -> new Schedule.WarmUp(1, Schedule.cosine())).hasMessageContaining("'share'");
    }
}
