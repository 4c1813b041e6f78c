package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Deadline;
import org.autotuner.ensemble.Ensembler;
import org.autotuner.execute.StudyData;
import org.autotuner.fakes.Samples;
import org.autotuner.metric.Metrics;
import org.autotuner.predict.Predictions;
import org.junit.jupiter.api.Test;

/** Three candidates whose errors (+1, -1, +1 on other rows) partly cancel each other out. */
class DeliveryTest {

    private static final Budget TIMED = Budget.ofSeconds(10);

    private final StudyData data = Samples.study(Samples.regression(40, 3), 2, Metrics.rmse());
    private final EvaluationRows rows = EvaluationRows.of(data.folds(), 40, 1);
    private final OutOfFold outOfFold = new OutOfFold(data, rows);

    @Test
    void membersAreHeaviestFirstWithWeightsThatSumToOne() {
        Delivery.Chosen chosen = delivery(TIMED, 0.2, 0.5, 0.3).choose(candidates(1, 1, 1), 12, Deadline.never());
        assertThat(chosen.members())
                .extracting(member -> member.trial().number())
                .containsExactly(2, 3, 1);
        assertThat(chosen.members().stream()
                        .mapToDouble(Delivery.Member::weight)
                        .sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void theReportedErrorIsThatOfTheBlendedPredictions() {
        Delivery.Chosen chosen = delivery(TIMED, 0.5, 0.5, 0).choose(candidates(1, 1, 1), 12, Deadline.never());
        assertThat(chosen.error()).isCloseTo(0, within(1e-9));
        for (int row = 0; row < 40; row++) {
            assertThat(chosen.outOfFold().value(row)).isCloseTo(data.target().value(row), within(1e-9));
        }
    }

    @Test
    void weightsTooSmallToMatterAreDropped() {
        Delivery.Chosen chosen = delivery(TIMED, 0.5, 0.49, 0.01).choose(candidates(1, 1, 1), 12, Deadline.never());
        assertThat(chosen.members())
                .extracting(member -> member.trial().number())
                .containsExactly(1, 2);
    }

    @Test
    void noMoreMembersAreKeptThanAskedFor() {
        Delivery.Chosen chosen = delivery(TIMED, 0.4, 0.4, 0.2).choose(candidates(1, 1, 1), 2, Deadline.never());
        assertThat(chosen.members())
                .extracting(member -> member.trial().number())
                .containsExactly(1, 2);
        assertThat(delivery(TIMED, 0.4, 0.4, 0.2)
                        .choose(candidates(1, 1, 1), 1, Deadline.never())
                        .members())
                .hasSize(1);
    }

    @Test
    void theSlowestMembersGoUntilTheLatencyIsMet() {
        Budget fast = TIMED.withLatency(Duration.ofNanos(100_000));
        Delivery.Chosen chosen = delivery(fast, 0.3, 0.3, 0.4).choose(candidates(40, 40, 90), 12, Deadline.never());
        assertThat(chosen.members())
                .extracting(member -> member.trial().number())
                .containsExactly(1, 2);
    }

    @Test
    void oneMemberIsDeliveredEvenIfItIsTooSlow() {
        Budget fast = TIMED.withLatency(Duration.ofNanos(1_000));
        assertThat(delivery(fast, 0.3, 0.3, 0.4)
                        .choose(candidates(40, 40, 5_000), 12, Deadline.never())
                        .members())
                .hasSize(1);
    }

    @Test
    void inATrialBudgetMeasuredTimesDoNotDecideWhatIsDelivered() {
        Budget trials = Budget.ofTrials(5);
        Delivery.Chosen quick = delivery(trials, 0.4, 0.4, 0.2).choose(candidates(1, 1, 1), 12, Deadline.never());
        Delivery.Chosen slow = delivery(trials, 0.4, 0.4, 0.2).choose(candidates(900, 900, 900), 12, Deadline.never());
        assertThat(slow.members())
                .extracting(member -> member.trial().number())
                .isEqualTo(quick.members().stream()
                        .map(member -> member.trial().number())
                        .toList());
    }

    @Test
    void theBestTrialAloneIsKeptWhereTheEnsembleIsNotBetter() {
        Predictions right = Predictions.of(data.task(), shifted(0.1, i -> 1));
        FinishedTrial best = Trials.of(1, "a", outOfFold.error(right), right, 1);
        Predictions wrong = Predictions.of(data.task(), shifted(5, i -> 1));
        FinishedTrial other = Trials.of(2, "b", outOfFold.error(wrong), wrong, 1);
        Delivery.Chosen chosen = delivery(TIMED, 0.5, 0.5).choose(List.of(best, other), 12, Deadline.never());
        assertThat(chosen.members())
                .extracting(member -> member.trial().number())
                .containsExactly(1);
        assertThat(chosen.error()).isEqualTo(best.error());
    }

    @Test
    void oneCandidateIsDeliveredAsItIs() {
        List<FinishedTrial> one = candidates(1, 1, 1).subList(0, 1);
        assertThat(delivery(TIMED, 1).choose(one, 12, Deadline.never()).members())
                .singleElement()
                .satisfies(member -> assertThat(member.weight()).isEqualTo(1));
    }

    private Delivery delivery(Budget budget, double... weights) {
        Ensembler fixed = choice -> weights.clone();
        return new Delivery(data, rows, outOfFold, fixed, budget);
    }

    private List<FinishedTrial> candidates(double... micros) {
        List<double[]> outputs =
                List.of(shifted(1, i -> 1), shifted(-1, i -> 1), shifted(1.5, i -> i % 2 == 0 ? 1 : -1));
        return java.util.stream.IntStream.range(0, 3)
                .mapToObj(i -> {
                    Predictions predictions = Predictions.of(data.task(), outputs.get(i));
                    return Trials.of(i + 1, "family" + i, outOfFold.error(predictions), predictions, micros[i]);
                })
                .toList();
    }

    private double[] shifted(double by, java.util.function.IntUnaryOperator sign) {
        double[] values = new double[40];
        Arrays.setAll(values, i -> data.target().value(i) + by * sign.applyAsInt(i));
        return values;
    }
}
