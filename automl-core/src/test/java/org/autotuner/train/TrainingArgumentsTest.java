package org.autotuner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingArgumentsTest {

    private static final TrainingSettings SETTINGS = TrainingSettings.of(Loss.crossEntropy());

    @Test
    void settingsRefuseWhatMakesNoSense() {
        assertThatThrownBy(() -> SETTINGS.withEpochs(0)).hasMessage("'epochs' must be at least 1, but is 0.");
        assertThatThrownBy(() -> SETTINGS.withBatch(0)).hasMessageContaining("'batch'");
        assertThatThrownBy(() -> SETTINGS.withRate(0)).hasMessageContaining("'rate'");
        assertThatThrownBy(() -> SETTINGS.withRate(Double.NaN)).hasMessageContaining("'rate'");
        assertThatThrownBy(() -> SETTINGS.withClipNorm(-1)).hasMessageContaining("'clipNorm'");
        assertThatThrownBy(() -> SETTINGS.withAveraging(1)).hasMessageContaining("'averaging'");
        assertThatThrownBy(() -> SETTINGS.withPatience(-1)).hasMessageContaining("'patience'");
        assertThatThrownBy(() -> SETTINGS.withMixup(Double.POSITIVE_INFINITY)).hasMessageContaining("'mixup'");
        assertThatThrownBy(() -> SETTINGS.withNoise(-0.1)).hasMessageContaining("'noise'");
    }

    @Test
    void eachChangeChangesOneThing() {
        TrainingSettings changed = SETTINGS.withEpochs(7)
                .withBatch(3)
                .withRate(0.5)
                .withSchedule(Schedule.cosine())
                .withUpdate(UpdateRule.sgd(0.9))
                .withGroups(List.of(new ParameterGroup("bias", 2, 0)))
                .withClipNorm(1)
                .withAveraging(0.99)
                .withPatience(4)
                .withPlateau(new Plateau(0.5, 2))
                .withMixup(0.2)
                .withNoise(0.1)
                .withRegularization(Schedule.flatCosine())
                .withMixedPrecision(true)
                .withDevice(DeviceChoice.AUTO)
                .withSeed(9)
                .withLoss(new Loss.Squared());

        assertThat(changed)
                .isEqualTo(new TrainingSettings(
                        new Loss.Squared(),
                        7,
                        3,
                        0.5,
                        Schedule.cosine(),
                        UpdateRule.sgd(0.9),
                        Schedule.flatCosine(),
                        List.of(new ParameterGroup("bias", 2, 0)),
                        1,
                        0.99,
                        4,
                        new Plateau(0.5, 2),
                        0.2,
                        0.1,
                        true,
                        DeviceChoice.AUTO,
                        9));
    }

    @Test
    void lossesRefuseWhatMakesNoSense() {
        assertThatThrownBy(() -> new Loss.CrossEntropy(1, List.of()))
                .hasMessage("'smoothing' must be in [0, 1), but is 1.0.");
        assertThatThrownBy(() -> new Loss.CrossEntropy(0, List.of(1.0, -1.0))).hasMessageContaining("'classWeights'");
        assertThatThrownBy(() -> new Loss.CrossEntropy(0, List.of(0.0, 0.0))).hasMessageContaining("'classWeights'");
        assertThatThrownBy(() -> new Loss.BinaryCrossEntropy(0, List.of(1.0))).hasMessageContaining("of two classes");
        assertThatThrownBy(() -> new Loss.Focal(-1)).hasMessageContaining("'gamma'");
        assertThatThrownBy(() -> new Loss.Huber(0)).hasMessageContaining("'delta'");
        assertThatThrownBy(() -> new Loss.Pinball(List.of())).hasMessageContaining("'levels'");
        assertThatThrownBy(() -> new Loss.Pinball(List.of(0.5, 1.0))).hasMessageContaining("'levels'");
    }

    @Test
    void updateRulesRefuseWhatMakesNoSense() {
        assertThatThrownBy(() -> new UpdateRule.Sgd(1, false, 0)).hasMessageContaining("'momentum'");
        assertThatThrownBy(() -> new UpdateRule.Sgd(0, true, 0)).hasMessageContaining("Nesterov");
        assertThatThrownBy(() -> new UpdateRule.Adam(1, 0.999, 1e-8, 0)).hasMessageContaining("'beta1'");
        assertThatThrownBy(() -> new UpdateRule.AdamW(0.9, 1, 1e-8, 0)).hasMessageContaining("'beta2'");
        assertThatThrownBy(() -> new UpdateRule.AdamW(0.9, 0.999, 0, 0)).hasMessageContaining("'epsilon'");
        assertThatThrownBy(() -> UpdateRule.adamW(-1)).hasMessageContaining("'decay'");
        assertThatThrownBy(() -> new ParameterGroup("", 1, 1)).hasMessageContaining("'name'");
        assertThatThrownBy(() -> new ParameterGroup("bias", -1, 1)).hasMessageContaining("'rateFactor'");
        assertThatThrownBy(() -> new Plateau(1, 1)).hasMessageContaining("factor");
    }

    @Test
    void plansRefuseWhatDoesNotFitTogether() {
        assertThatThrownBy(() -> new StepPlan(new int[][] {{0, 1, 2}}, 2, new double[1], new double[0], 0))
                .hasMessageContaining("1 rates do not fit 3 rows in batches of 2");
        assertThatThrownBy(() -> new StepPlan(new int[][] {{0, 1}, {0}}, 2, new double[1], new double[0], 0))
                .hasMessageContaining("all of one length");
        assertThatThrownBy(() -> new StepPlan(new int[][] {{0, 1}}, 2, new double[1], new double[2], 0))
                .hasMessageContaining("2 shares for 1 steps");
    }

    @Test
    void aPlateauReducesAfterEachStretchWithoutImprovement() {
        Plateau plateau = new Plateau(0.5, 2);
        assertThat(plateau.reductions(errors(3, 2, 1))).isZero();
        assertThat(plateau.reductions(errors(1, 2))).isZero();
        assertThat(plateau.reductions(errors(1, 2, 2))).isEqualTo(1);
        assertThat(plateau.reductions(errors(1, 2, 2, 0.5, 2, 2, 2, 2))).isEqualTo(3);
    }

    private static List<Epoch> errors(double... errors) {
        return java.util.stream.IntStream.range(0, errors.length)
                .mapToObj(i -> new Epoch(i + 1, 0, errors[i], 1, 0))
                .toList();
    }
}
