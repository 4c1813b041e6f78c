package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.autotuner.optimize.Observations.Observation;
import org.autotuner.optimize.Observations.State;
import org.autotuner.study.Trial.Report;
import org.junit.jupiter.api.Test;

class CutTrialsTest {

    /** Leaves values as they are. */
    private static final PowerTransform IDENTITY = new PowerTransform(0, 1, 1, 0, 1);

    private static Observation trial(State state, double value, Report... reports) {
        return new Observation(0, new double[0], state, value, 1, List.of(reports));
    }

    private static Observation completed(double first, double end) {
        return trial(State.COMPLETED, end, new Report(1, first), new Report(2, end));
    }

    private static double uncertaintyAfterOne(Observation... completed) {
        return new CutTrials(new Projection(List.of(completed)), IDENTITY)
                .uncertainty(trial(State.PRUNED, 5, new Report(1, 5)));
    }

    @Test
    void completedTrialsAreKnown() {
        CutTrials cut = new CutTrials(new Projection(List.of(completed(1, 2))), IDENTITY);
        assertThat(cut.uncertainty(completed(1, 2))).isZero();
        assertThat(cut.uncertainties(List.of(completed(3, 4), completed(1, 2)))).containsExactly(0, 0);
    }

    /** Changes of 1, 2, 4, 0, 3 from the first step: guessed as 2, so off by 1, 0, 2, 2, 1, of which the median is 1. */
    @Test
    void cutOnesAreAsUncertainAsTheCompletedOnesWouldHaveBeenThen() {
        double variance = uncertaintyAfterOne(
                completed(1, 2), completed(1, 3), completed(1, 5), completed(2, 2), completed(2, 5));
        assertThat(variance).isEqualTo(1.4826 * 1.4826 + 0.04 / 5, within(1e-9));
    }

    @Test
    void fewCompletedTrialsLeaveDoubt() {
        assertThat(uncertaintyAfterOne(completed(1, 2))).isEqualTo(0.04, within(1e-12));
        assertThat(uncertaintyAfterOne(completed(1, 2), completed(3, 4), completed(2, 3), completed(5, 6)))
                .as("all changed alike")
                .isEqualTo(0.01, within(1e-12));
    }

    @Test
    void withoutReportsTheDoubtIsThatOfOneTrial() {
        CutTrials cut = new CutTrials(new Projection(List.of(completed(1, 2), completed(1, 9))), IDENTITY);
        assertThat(cut.uncertainty(trial(State.PRUNED, 5))).isEqualTo(0.04, within(1e-12));
    }
}
