package org.autotuner.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.RegressionTask;
import org.junit.jupiter.api.Test;

class PredictionTest {

    @Test
    void aBinaryRowHasLabelAndProbabilities() {
        Predictions all = Predictions.of(new BinaryTask("y", "no", "yes"), new double[] {.25, .75, .5});
        assertThat(all.row(1).label()).isEqualTo("yes");
        assertThat(all.row(0).probability("no")).isEqualTo(.75);
        assertThat(all.row(0).probabilities()).containsEntry("yes", .25).hasSize(2);
        assertThat(all.row(2).label()).isEqualTo("no");
        assertThatThrownBy(() -> all.row(0).probability("maybe"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maybe");
        assertThatThrownBy(() -> all.row(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aThresholdDecidesAndSurvivesSelection() {
        Predictions all = Predictions.of(new BinaryTask("y", "no", "yes"), new double[] {.25, .2})
                .withThreshold(.25);
        assertThat(all.row(0).label()).isEqualTo("yes");
        assertThat(all.row(1).label()).isEqualTo("no");
        assertThat(all.select(new int[] {1, 0}).row(1).label()).isEqualTo("yes");
        assertThatThrownBy(() -> all.withThreshold(1.5)).isInstanceOf(IllegalArgumentException.class);
        Predictions three = Predictions.of(new MulticlassTask("y", List.of("a", "b", "c")), new double[] {.2, .5, .3});
        assertThat(three.row(0).label()).isEqualTo("b");
        assertThatThrownBy(() -> three.withThreshold(.5)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void realValuesAndQuantilesAreReadByTheirOwnMethods() {
        Predictions real = Predictions.of(new RegressionTask("price"), new double[] {3.5});
        assertThat(real.row(0).value()).isEqualTo(3.5);
        assertThatThrownBy(() -> real.row(0).label())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("regression");
        Predictions quantiles = Predictions.of(new QuantileTask("y", List.of(.1, .9)), new double[] {1, 2});
        assertThat(quantiles.row(0).quantile(.9)).isEqualTo(2);
        assertThatThrownBy(() -> quantiles.row(0).value()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> quantiles.row(0).quantile(.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> real.row(0).quantile(.5)).isInstanceOf(IllegalStateException.class);
    }
}
