package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.autotuner.metric.Metrics;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FittedPreparations;
import org.autotuner.score.ConstantScorer;
import org.autotuner.score.Scorer;
import org.autotuner.score.TransformedScorer;
import org.autotuner.task.LogTarget;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;
import org.junit.jupiter.api.Test;

class SmearingTest {

    private static final Task TASK = Tasks.regression("y");
    private static final double SPREAD = 0.8;

    private final List<Target> truths = List.of(logNormal(4_000, 1), logNormal(4_000, 2), logNormal(4_000, 3));
    private final List<Scorer> medians = List.of(median(), median(), median());

    /** The mean of a log-normal variable is exp(half its variance) times its median. */
    @Test
    void aModelOfLogarithmsPredictsMeans() {
        Smearing smearing = Smearing.of(Metrics.rmse(), medians, ones(), truths);
        assertThat(smearing.predictions(0).output(7, 0)).isCloseTo(Math.exp(SPREAD * SPREAD / 2), within(0.06));
        TransformedScorer scorer = (TransformedScorer) smearing.scorer(0);
        assertThat(scorer.undo(0)).isEqualTo(smearing.predictions(0).output(7, 0));
    }

    @Test
    void medianSeekingMetricsKeepMedians() {
        Smearing smearing = Smearing.of(Metrics.mae(), medians, ones(), truths);
        assertThat(smearing.predictions(0).output(7, 0)).isEqualTo(1);
        assertThat(smearing.scorer(0)).isSameAs(medians.get(0));
    }

    @Test
    void modelsOfTheTargetItselfStay() {
        List<Scorer> plain = List.of(ConstantScorer.of(1), ConstantScorer.of(1), ConstantScorer.of(1));
        Smearing smearing = Smearing.of(Metrics.rmse(), plain, ones(), truths);
        assertThat(smearing.scorer(1)).isSameAs(plain.get(1));
        assertThat(smearing.predictions(1).output(0, 0)).isEqualTo(1);
    }

    @Test
    void theTruthOfAFoldNeverChangesItsOwnPredictions() {
        Smearing before = Smearing.of(Metrics.rmse(), medians, ones(), truths);
        List<Target> changed = new ArrayList<>(truths);
        double[] others = new double[4_000];
        Arrays.fill(others, 90);
        changed.set(0, Target.ofValues(others));
        Smearing after = Smearing.of(Metrics.rmse(), medians, ones(), changed);
        assertThat(after.predictions(0).output(0, 0))
                .isEqualTo(before.predictions(0).output(0, 0));
        assertThat(after.predictions(1).output(0, 0))
                .isGreaterThan(before.predictions(1).output(0, 0));
    }

    @Test
    void aModelOfAllRowsTakesTheMeansOfItsFoldsResiduals() {
        List<FoldPart> parts = List.of(
                new FoldPart(FittedPreparations.none(), median().withResiduals(-1, 1), 0),
                new FoldPart(FittedPreparations.none(), median().withResiduals(0, 3), 0));
        assertThat(Smearing.residuals(parts)).containsExactly(-0.5, 2);
        assertThat(Smearing.residuals(List.of(new FoldPart(FittedPreparations.none(), median(), 0))))
                .isEmpty();
    }

    private static TransformedScorer median() {
        return TransformedScorer.of(ConstantScorer.of(0), new LogTarget(0, 1e-6), -20, 20);
    }

    private static List<Predictions> ones() {
        double[] ones = new double[4_000];
        Arrays.fill(ones, 1);
        return List.of(Predictions.of(TASK, ones), Predictions.of(TASK, ones), Predictions.of(TASK, ones));
    }

    private static Target logNormal(int count, long seed) {
        Random random = new Random(seed);
        double[] values = new double[count];
        Arrays.setAll(values, i -> Math.exp(SPREAD * random.nextGaussian()));
        return Target.ofValues(values);
    }
}
