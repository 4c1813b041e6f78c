package org.autotuner.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.metric.Metric;
import org.autotuner.predict.Predictions;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class GreedyEnsemblerTest {

    private static final Task TASK = new RegressionTask("y");

    /** Mean squared error, from its definition. */
    private static final Metric SQUARED = new Metric() {
        @Override
        public String name() {
            return "mse";
        }

        @Override
        public boolean isHigherBetter() {
            return false;
        }

        @Override
        public boolean supports(Task task) {
            return true;
        }

        @Override
        public double score(Target truth, Predictions predictions, Weights weights) {
            double sum = 0;
            double total = 0;
            for (int row = 0; row < truth.size(); row++) {
                double difference = truth.value(row) - predictions.value(row);
                sum += weights.at(row) * difference * difference;
                total += weights.at(row);
            }
            return sum / total;
        }
    };

    @Test
    void weightsAreNotNegativeAndSumToOne() {
        double[] weights = new GreedyEnsembler().weights(noisy(5_000, 7, 3));
        assertThat(Arrays.stream(weights).sum()).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(Arrays.stream(weights).min().orElseThrow()).isGreaterThanOrEqualTo(0);
    }

    @Test
    void twoOppositeErrorsCancelOut() {
        int rows = 3_000;
        double[] truth = new double[rows];
        double[] high = new double[rows];
        double[] low = new double[rows];
        double[] far = new double[rows];
        for (int i = 0; i < rows; i++) {
            truth[i] = i % 10;
            high[i] = truth[i] + 1;
            low[i] = truth[i] - 1;
            far[i] = -5;
        }
        double[] weights = new GreedyEnsembler().weights(choice(truth, List.of(high, low, far), Deadline.never()));
        assertThat(weights).containsExactly(0.5, 0.5, 0);
    }

    @Test
    void theEnsembleIsNoWorseThanTheBestCandidate() {
        Ensembler.Choice choice = noisy(4_000, 6, 11);
        double[] weights = new GreedyEnsembler().weights(choice);
        double best = choice.candidates().stream()
                .mapToDouble(one -> SQUARED.error(choice.truth(), one, Weights.none()))
                .min()
                .orElseThrow();
        assertThat(SQUARED.error(choice.truth(), blend(choice.candidates(), weights), Weights.none()))
                .isLessThanOrEqualTo(best);
    }

    @Test
    void fewRowsSpreadTheWeightsByBaggedSelection() {
        double[] weights = new GreedyEnsembler().weights(noisy(150, 8, 5));
        assertThat(Arrays.stream(weights).filter(weight -> weight > 0).count())
                .as("independent equal candidates share the weight")
                .isGreaterThanOrEqualTo(4);
    }

    @Test
    void equalSeedsGiveEqualWeights() {
        assertThat(new GreedyEnsembler().weights(noisy(500, 5, 9)))
                .isEqualTo(new GreedyEnsembler().weights(noisy(500, 5, 9)));
    }

    @Test
    void aDeadlineThatIsOverStillGivesTheBestCandidate() {
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        double[] truth = {1, 2, 3, 4};
        double[] weights = new GreedyEnsembler()
                .weights(choice(
                        truth, List.of(new double[] {9, 9, 9, 9}, truth.clone()), Deadline.unlimited(cancelled)));
        assertThat(weights).containsExactly(0, 1);
    }

    @Test
    void oneCandidateGetsAllTheWeight() {
        double[] truth = {1, 2};
        assertThat(new GreedyEnsembler().weights(choice(truth, List.of(new double[] {0, 0}), Deadline.never())))
                .containsExactly(1);
    }

    private static Predictions blend(List<Predictions> candidates, double[] weights) {
        double[] sum = new double[candidates.get(0).size()];
        for (int i = 0; i < weights.length; i++) {
            for (int row = 0; row < sum.length; row++) {
                sum[row] += weights[i] * candidates.get(i).value(row);
            }
        }
        return Predictions.of(TASK, sum);
    }

    private static Ensembler.Choice noisy(int rows, int candidates, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] truth = new double[rows];
        Arrays.setAll(truth, i -> random.nextDouble());
        List<double[]> all = new ArrayList<>();
        for (int k = 0; k < candidates; k++) {
            double[] one = new double[rows];
            for (int i = 0; i < rows; i++) {
                one[i] = truth[i] + random.nextDouble() - 0.5;
            }
            all.add(one);
        }
        return choice(truth, all, Deadline.never());
    }

    private static Ensembler.Choice choice(double[] truth, List<double[]> candidates, Deadline deadline) {
        return new Ensembler.Choice(
                candidates.stream().map(one -> Predictions.of(TASK, one)).toList(),
                Target.ofValues(truth),
                Weights.none(),
                SQUARED,
                42,
                deadline);
    }
}
