package org.autotuner.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.autotuner.budget.Deadline;
import org.autotuner.model.FitContext;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.space.Configuration;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class PriorFamilyTest {

    private final ModelFamily family = new PriorFamily();

    private double[] fit(Task task, Target target, Weights weights) {
        TrainingData data = new TrainingData(task, Samples.gaussian(target.size(), 1, 1), target, weights, null);
        FitContext late = FitContext.of(Samples.LOSS, 1).withDeadline(Deadline.after(Duration.ZERO));
        return Samples.score(family.fit(data, Configuration.empty(), late).scorer(), Samples.matrix(1, Float.NaN));
    }

    @Test
    void predictsClassSharesEvenAfterTheDeadline() {
        assertThat(fit(Samples.BINARY, Target.ofLabels(1, 1, 0, 1), Weights.none()))
                .containsExactly(new double[] {3.5 / 5}, within(1e-12));
        assertThat(fit(Samples.classes(3), Target.ofLabels(0, 0, 1), Weights.none()))
                .containsExactly(new double[] {2.5 / 4.5, 1.5 / 4.5, 0.5 / 4.5}, within(1e-12));
    }

    @Test
    void predictsTheWeightedMean() {
        assertThat(fit(Samples.REAL, Target.ofValues(1, 5), Weights.of(3, 1))).containsExactly(2);
    }

    @Test
    void predictsWeightedQuantiles() {
        Task task = new QuantileTask("y", List.of(0.25, 0.5, 0.9));
        assertThat(fit(task, Target.ofValues(4, 1, 3, 2), Weights.none())).containsExactly(1, 2, 4);
        assertThat(fit(task, Target.ofValues(4, 1, 3, 2), Weights.of(1, 7, 1, 1)))
                .containsExactly(1, 1, 3);
    }
}
