package org.autotuner.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedTrialsTest {

    private static final Task TASK = Tasks.regression("y");

    @TempDir
    private Path folder;

    @Test
    void aFileGivesTheTrialsBack() {
        CachedTrials cached = new CachedTrials("made", 3, "rmse", 2, TASK, List.of(trial("mlp", "{}")));
        cached.write(folder);
        CachedTrials read = CachedTrials.read(CachedTrials.file(folder, "made", 3));
        assertThat(read.dataset()).isEqualTo("made");
        assertThat(read.trials()).hasSize(1);
        CachedTrials.Trial trial = read.trials().get(0);
        assertThat(trial.seconds()).isEqualTo(1.5);
        assertThat(trial.outOfFold().toArray()).containsExactly(1, 2);
        assertThat(trial.test().toArray()).containsExactly(3);
        assertThat(trial.testOfOne().toArray()).containsExactly(4);
    }

    @Test
    void anAblationLeavesOutWhatItsNameSays() {
        assertThat(ablation("networks").isTried().test(trial("mlp", "{}"))).isFalse();
        assertThat(ablation("networks").isTried().test(trial("linear", "{}"))).isTrue();
        assertThat(ablation("target statistics").isTried().test(trial("lightgbm", "{\"encoding\":\"pairs\"}")))
                .isFalse();
        assertThat(ablation("target statistics").isTried().test(trial("lightgbm", "{\"encoding\":\"codes\"}")))
                .isTrue();
        assertThat(ablation("target transforms").isTried().test(trial("svm", "{\"target_transform\":\"log\"}")))
                .isFalse();
        assertThat(ablation("target transforms").isTried().test(trial("svm", "{\"target_transform\":\"none\"}")))
                .isTrue();
        assertThat(ablation("generated features").isTried().test(trial("xgboost", "{\"arithmetic\":true}")))
                .isFalse();
    }

    private static Ablation ablation(String name) {
        return Ablation.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static CachedTrials.Trial trial(String family, String configuration) {
        return new CachedTrials.Trial(
                1,
                family,
                configuration,
                0.5,
                1.5,
                Predictions.of(TASK, new double[] {1, 2}),
                Predictions.of(TASK, new double[] {3}),
                Predictions.of(TASK, new double[] {4}));
    }
}
