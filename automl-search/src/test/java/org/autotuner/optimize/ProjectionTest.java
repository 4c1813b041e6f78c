package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.autotuner.optimize.Observations.Observation;
import org.autotuner.optimize.Observations.State;
import org.autotuner.study.Trial.Report;
import org.junit.jupiter.api.Test;

class ProjectionTest {

    private static Observation trial(State state, double value, Report... reports) {
        return new Observation(0, new double[0], state, value, 1, List.of(reports));
    }

    private static Observation completed(double first, double third, double end) {
        return trial(State.COMPLETED, end, new Report(1, first), new Report(3, third));
    }

    private final Projection projection =
            new Projection(List.of(completed(5, 4, 2), completed(8, 5, 4), completed(6, 2, 1)));

    @Test
    void aCutTrialChangesAsTheMedianCompletedOneDidFromThatStepOn() {
        assertThat(projection.value(trial(State.PRUNED, 9, new Report(1, 9)))).isEqualTo(9 - 4);
        assertThat(projection.value(trial(State.PAUSED, 9, new Report(3, 9)))).isEqualTo(9 - 1);
    }

    @Test
    void aStepBetweenReportsCountsAsTheOneBefore() {
        assertThat(projection.value(trial(State.PRUNED, 7, new Report(2, 7)))).isEqualTo(7 - 4);
    }

    @Test
    void aCompletedTrialKeepsItsValue() {
        assertThat(projection.value(completed(5, 4, 2))).isEqualTo(2);
    }

    @Test
    void aStepThatNoCompletedTrialReportedIsNoBetterThanTheirMedian() {
        assertThat(projection.value(trial(State.PRUNED, 1, new Report(0, 1)))).isEqualTo(2);
        assertThat(projection.value(trial(State.PRUNED, 3, new Report(0, 3)))).isEqualTo(3);
        assertThat(projection.value(trial(State.PRUNED, 1))).isEqualTo(2);
    }
}
