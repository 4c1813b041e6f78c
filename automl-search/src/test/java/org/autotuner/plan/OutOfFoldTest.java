package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.budget.Deadline;
import org.autotuner.execute.FoldOutcome;
import org.autotuner.execute.StudyData;
import org.autotuner.fakes.Fits;
import org.autotuner.fakes.Samples;
import org.autotuner.metric.Metrics;
import org.autotuner.model.FittedModel;
import org.autotuner.score.ConstantScorer;
import org.autotuner.split.Fold;
import org.junit.jupiter.api.Test;

class OutOfFoldTest {

    private static final List<Integer> STEPS = List.of(10, 20, 30);

    private final StudyData data = Samples.study(30, 3);
    private final EvaluationRows rows = EvaluationRows.of(data.folds(), 30, 1);

    @Test
    void aFoldsStepsAreChosenByTheOtherFoldsOnly() {
        List<FoldOutcome.Fitted> folds = List.of(
                fitted(0, Fits.iterative(STEPS, List.of(0.0, 0.9, 0.9))),
                fitted(1, Fits.iterative(STEPS, List.of(0.6, 0.5, 0.2))),
                fitted(2, Fits.iterative(STEPS, List.of(0.6, 0.5, 0.3))));
        assertThat(OutOfFold.stepsFor(0, folds)).as("its own best is 10").isEqualTo(30);
        assertThat(OutOfFold.stepsFor(1, folds)).as("means 0.30, 0.70, 0.60").isEqualTo(10);
    }

    @Test
    void changingAFoldsOwnErrorsNeverChangesItsSteps() {
        List<FoldOutcome.Fitted> folds = new ArrayList<>(List.of(
                fitted(0, Fits.iterative(STEPS, List.of(0.1, 0.9, 0.9))),
                fitted(1, Fits.iterative(STEPS, List.of(0.6, 0.2, 0.5))),
                fitted(2, Fits.iterative(STEPS, List.of(0.6, 0.2, 0.3)))));
        int before = OutOfFold.stepsFor(0, folds);
        folds.set(0, fitted(0, Fits.iterative(STEPS, List.of(0.9, 0.9, 0.0))));
        assertThat(OutOfFold.stepsFor(0, folds)).isEqualTo(before).isEqualTo(20);
    }

    @Test
    void aSingleFoldHasOnlyItsOwnCurve() {
        assertThat(OutOfFold.stepsFor(0, List.of(fitted(0, Fits.iterative(STEPS, List.of(0.5, 0.1, 0.2))))))
                .isEqualTo(20);
    }

    @Test
    void familiesWithoutStepsAreNotCut() {
        assertThat(OutOfFold.stepsFor(0, List.of(fitted(0, constant(0.5))))).isZero();
    }

    @Test
    void aFoldThatStoppedEarlyIsCutWithinItsOwnSteps() {
        List<FoldOutcome.Fitted> folds = List.of(
                fitted(0, Fits.iterative(List.of(10, 20), List.of(0.5, 0.6))),
                fitted(1, Fits.iterative(STEPS, List.of(0.6, 0.5, 0.1))));
        assertThat(OutOfFold.stepsFor(0, folds)).isEqualTo(20);
    }

    @Test
    void everyRowIsPredictedByTheModelOfItsFoldCutToItsSteps() {
        List<FoldOutcome.Fitted> folds = List.of(
                fitted(0, Fits.iterative(STEPS, List.of(0.0, 0.9, 0.9))),
                fitted(1, Fits.iterative(STEPS, List.of(0.6, 0.5, 0.2))),
                fitted(2, Fits.iterative(STEPS, List.of(0.6, 0.5, 0.3))));
        OutOfFold.Joined joined = new OutOfFold(data, rows).join(folds, Deadline.never());
        assertThat(joined.predictions().output(0, 0)).isEqualTo(0.30);
        assertThat(joined.predictions().output(1, 0)).isEqualTo(0.10);
        assertThat(joined.parts()).extracting(FoldPart::steps).containsExactly(30, 10, 10);
        assertThat(joined.error()).isEqualTo(new OutOfFold(data, rows).error(joined.predictions()));
        assertThat(joined.foldErrors()).hasSize(3);
    }

    @Test
    void aRowThatIsValidatedTwiceGetsTheMean() {
        List<Fold> folds = new ArrayList<>(Samples.folds(30, 2));
        folds.addAll(Samples.folds(30, 2));
        StudyData twice =
                new StudyData(data.features(), data.task(), data.target(), data.weights(), data.metric(), folds, 1);
        EvaluationRows positions = EvaluationRows.of(folds, 30, 1);
        List<FoldOutcome.Fitted> outcomes = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            outcomes.add(Trials.fitted(twice, k, constant(0.2 * (k + 1)), 0));
        }
        OutOfFold.Joined joined = new OutOfFold(twice, positions).join(outcomes, Deadline.never());
        assertThat(joined.predictions().output(0, 0)).isCloseTo(0.4, within(1e-12));
        assertThat(joined.predictions().output(1, 0)).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void anUndefinedErrorCountsAsInfinite() {
        StudyData auc = Samples.study(Samples.binary(30, 7), 3, Metrics.rocAuc());
        int[] ones = java.util.stream.IntStream.range(0, 30)
                .filter(row -> auc.target().label(row) == 1)
                .toArray();
        Fold oneClass = new Fold(new int[] {0}, ones);
        StudyData data = new StudyData(
                auc.features(), auc.task(), auc.target(), auc.weights(), auc.metric(), List.of(oneClass), 1);
        OutOfFold outOfFold = new OutOfFold(data, EvaluationRows.of(data.folds(), 30, 1));
        assertThat(outOfFold.error(Trials.predictions(data.task(), new double[ones.length])))
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    private FoldOutcome.Fitted fitted(int fold, FittedModel model) {
        return Trials.fitted(data, fold, model, 0);
    }

    private static FittedModel constant(double value) {
        return FittedModel.of(ConstantScorer.of(value));
    }
}
