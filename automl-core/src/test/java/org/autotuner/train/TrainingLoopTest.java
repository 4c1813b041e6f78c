package org.autotuner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.budget.MutableClock;
import org.autotuner.error.TrainingDivergedException;
import org.junit.jupiter.api.Test;

class TrainingLoopTest {

    private static final float[] VALUES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    private static final TrainingSettings SETTINGS = TrainingSettings.of(new Loss.Squared())
            .withEpochs(6)
            .withBatch(3)
            .withRate(0.05)
            .withSeed(3);

    private final PlainLearner learner = new PlainLearner(2, VALUES);

    @Test
    void anEpochTakesEachRowOnceInAnOrderOfItsOwn() {
        run(SETTINGS.withEpochs(2), null);
        List<Integer> first = rows(learner.plans.subList(0, 2));
        List<Integer> second = rows(learner.plans.subList(2, 4));
        assertThat(first).hasSize(10).doesNotHaveDuplicates();
        assertThat(second).hasSize(10).doesNotHaveDuplicates().isNotEqualTo(first);
    }

    @Test
    void ratesFollowTheScheduleOverAllSteps() {
        run(SETTINGS.withEpochs(2).withSchedule(Schedule.cosine()), null);
        List<Double> rates = perStep(StepPlan::rates);
        assertThat(rates).hasSize(8);
        for (int step = 0; step < 8; step++) {
            assertThat(rates.get(step)).isCloseTo(0.05 * 0.5 * (1 + Math.cos(Math.PI * step / 8)), within(1e-12));
        }
    }

    @Test
    void regularizationFollowsItsScheduleOverAllSteps() {
        run(SETTINGS.withEpochs(2).withRegularization(Schedule.flatCosine()), null);
        List<Double> shares = perStep(StepPlan::regularization);
        assertThat(shares).hasSize(8);
        for (int step = 0; step < 8; step++) {
            double expected = step < 4 ? 1 : 0.5 * (1 + Math.cos(Math.PI * (step - 4) / 4));
            assertThat(shares.get(step)).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void theBestEpochsWeightsComeBack() {
        List<Float> seen = new ArrayList<>();
        double[] errors = {3, 1, 2, 5, 4, 6};
        TrainingResult result = run(SETTINGS, outputs -> {
            seen.add(outputs[0]);
            return errors[seen.size() - 1];
        });

        assertThat(result.best()).isEqualTo(2);
        assertThat(result.epochs()).hasSize(6).extracting(Epoch::error).containsExactly(3.0, 1.0, 2.0, 5.0, 4.0, 6.0);
        assertThat(learner.outputs()).containsExactly(seen.get(1));
    }

    @Test
    void theLastEpochsWeightsStayWithoutAValidation() {
        TrainingResult result = run(SETTINGS, null);
        assertThat(result.best()).isEqualTo(6);
        assertThat(learner.outputs()[0])
                .isEqualTo(result.checkpoint().state().arrays().get(0)[0])
                .isCloseTo(5.5f, within(1f));
    }

    @Test
    void patienceCountsEpochsSinceTheBest() {
        double[] errors = {3, 1, 2, 2, 0.5, 0};
        int[] calls = new int[1];
        TrainingResult result = run(SETTINGS.withPatience(2), outputs -> errors[calls[0]++]);
        assertThat(result.epochs()).hasSize(4);
        assertThat(result.best()).isEqualTo(2);
    }

    @Test
    void undefinedErrorsNeverCountAsBest() {
        double[] errors = {Double.NaN, 4, Double.NaN, 5, Double.NaN, 4};
        int[] calls = new int[1];
        assertThat(run(SETTINGS, outputs -> errors[calls[0]++]).best()).isEqualTo(2);
    }

    @Test
    void aPlateauLowersTheRate() {
        double[] errors = {1, 1, 1, 1, 1, 1};
        int[] calls = new int[1];
        TrainingResult result = run(SETTINGS.withPlateau(new Plateau(0.1, 2)), outputs -> errors[calls[0]++]);
        assertThat(result.epochs())
                .extracting(Epoch::rate)
                .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b), Double.class)
                .containsExactly(0.05, 0.05, 0.05, 0.005, 0.005, 0.0005);
    }

    @Test
    void theListenerEndsATraining() {
        TrainingResult result =
                new TrainingLoop(SETTINGS).run(learner, null, epoch -> epoch.number() < 2, Deadline.never());
        assertThat(result.epochs()).hasSize(2);
    }

    @Test
    void theDeadlineIsAskedBetweenStepsAndACutEpochLeavesNoTrace() {
        // two calls an epoch, two seconds each: over after the first call of the second epoch
        MutableClock clock = new MutableClock();
        learner.beforeTraining = () -> clock.advance(Duration.ofSeconds(2));
        Deadline deadline = Deadline.after(Duration.ofSeconds(5), clock, new Cancellation());
        TrainingResult cut = new TrainingLoop(SETTINGS).run(learner, outputs -> 1, EpochListener.NONE, deadline);

        PlainLearner other = new PlainLearner(2, VALUES);
        TrainingResult one = new TrainingLoop(SETTINGS).run(other, outputs -> 1, epoch -> false, Deadline.never());
        assertThat(learner.plans).hasSize(3);
        assertThat(cut.epochs()).hasSize(1);
        assertEqual(cut.checkpoint(), one.checkpoint());
        assertThat(learner.outputs()).isEqualTo(other.outputs());
    }

    @Test
    void noEpochInTimeIsAnError() {
        MutableClock clock = new MutableClock();
        learner.beforeTraining = () -> clock.advance(Duration.ofSeconds(2));
        Deadline deadline = Deadline.after(Duration.ofSeconds(1), clock, new Cancellation());
        assertThatThrownBy(() -> new TrainingLoop(SETTINGS).run(learner, null, EpochListener.NONE, deadline))
                .isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void divergingWithoutAUsableEpochIsAnErrorThatSaysWhatToDo() {
        learner.divergesAt = 6;
        assertThatThrownBy(() -> run(SETTINGS, null))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageContaining("NaN in epoch 2")
                .hasMessageContaining("Lower the learning rate");
    }

    @Test
    void divergingLaterLeavesTheBestEpoch() {
        learner.divergesAt = 10;
        TrainingResult result = run(SETTINGS, outputs -> Math.abs(outputs[0] - 5.5));
        assertThat(result.epochs()).hasSize(2);
        assertThat(learner.outputs()[0]).isFinite();
        assertThat(result.checkpoint().state().arrays().get(0)[1]).isFinite();
    }

    @Test
    void aResumedTrainingIsBitEqualToOneThatDidNotStop() {
        Validation validation = outputs -> Math.abs(outputs[0] - 5.4);
        TrainingSettings settings = SETTINGS.withPatience(5).withMixup(0.4).withPlateau(new Plateau(0.5, 1));
        TrainingResult whole = run(settings, validation);

        PlainLearner first = new PlainLearner(2, VALUES);
        TrainingResult half =
                new TrainingLoop(settings).run(first, validation, epoch -> epoch.number() < 3, Deadline.never());
        PlainLearner second = new PlainLearner(2, VALUES);
        TrainingResult rest = new TrainingLoop(settings)
                .run(second, validation, EpochListener.NONE, Deadline.never(), Optional.of(half.checkpoint()));

        assertThat(half.epochs()).hasSize(3);
        assertThat(rest.best()).isEqualTo(whole.best());
        assertThat(second.outputs()).isEqualTo(learner.outputs());
        assertEqual(rest.checkpoint(), whole.checkpoint());
        assertThat(rest.epochs())
                .extracting(Epoch::loss)
                .isEqualTo(whole.epochs().stream().map(Epoch::loss).toList());
    }

    @Test
    void mixupGivesALargerShareForEachStep() {
        run(SETTINGS.withMixup(0.4), null);
        for (StepPlan plan : learner.plans) {
            assertThat(plan.mix()).hasSize(plan.steps());
            assertThat(Arrays.stream(plan.mix()).boxed()).allMatch(share -> share >= 0.5 && share <= 1);
        }
    }

    @Test
    void theSeedDecides() {
        float first = trainedWeight(3);
        assertThat(trainedWeight(3)).isEqualTo(first);
        assertThat(trainedWeight(4)).isNotEqualTo(first);
    }

    private static float trainedWeight(long seed) {
        PlainLearner learner = new PlainLearner(2, VALUES);
        new TrainingLoop(SETTINGS.withSeed(seed)).run(learner, null, EpochListener.NONE, Deadline.never());
        return learner.outputs()[0];
    }

    private TrainingResult run(TrainingSettings settings, Validation validation) {
        return new TrainingLoop(settings).run(learner, validation, EpochListener.NONE, Deadline.never());
    }

    private static void assertEqual(Checkpoint one, Checkpoint other) {
        assertThat(one.state().steps()).isEqualTo(other.state().steps());
        assertThat(one.state().arrays().get(0)).isEqualTo(other.state().arrays().get(0));
        assertThat(one.bestWeights().arrays().get(0))
                .isEqualTo(other.bestWeights().arrays().get(0));
    }

    private List<Double> perStep(Function<StepPlan, double[]> numbers) {
        return learner.plans.stream()
                .flatMapToDouble(plan -> Arrays.stream(numbers.apply(plan)))
                .boxed()
                .toList();
    }

    private static List<Integer> rows(List<StepPlan> plans) {
        return plans.stream()
                .flatMapToInt(plan -> Arrays.stream(plan.order()[0]))
                .boxed()
                .toList();
    }
}
