package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class CostModelTest {

    @Test
    void withoutMeasurementsTheEstimateStands() {
        assertThat(new CostModel().predict("a", 3)).isEqualTo(3);
    }

    @Test
    void itConvergesToTheMeasuredRatioPerFamily() {
        CostModel costs = new CostModel();
        for (int i = 0; i < 30; i++) {
            costs.learn("slow", 10, 40);
            costs.learn("fast", 10, 1);
        }
        assertThat(costs.predict("slow", 2)).isCloseTo(8, offset(0.3));
        assertThat(costs.predict("fast", 2)).isCloseTo(0.2, offset(0.05));
    }

    @Test
    void oneOddMeasurementOfATinyFitDoesNotDecide() {
        CostModel costs = new CostModel();
        costs.learn("a", 0.001, 0.3); // class loading, for example
        assertThat(costs.predict("a", 1)).isLessThan(3);
    }
}
