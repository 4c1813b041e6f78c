package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.error.OptionException;
import org.autotuner.model.AutoModel;
import org.autotuner.predict.Predictions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Constraints of the facade, with the real families. */
@Timeout(120)
class FitConstraintsTest {

    /** A price that waves around its rise along the size and has nothing to do with the noise. */
    private static Table flats(int rows) {
        SplittableRandom random = new SplittableRandom(4);
        double[] size = new double[rows];
        double[] noise = new double[rows];
        String[] town = new String[rows];
        double[] price = new double[rows];
        for (int row = 0; row < rows; row++) {
            size[row] = 20 + random.nextInt(100);
            noise[row] = random.nextDouble();
            town[row] = "t" + random.nextInt(5);
            price[row] =
                    size[row] + 25 * Math.sin(size[row] / 6) + 10 * (town[row].charAt(1) - '0') + random.nextGaussian();
        }
        return Table.builder()
                .numeric("size", size)
                .numeric("noise", noise)
                .categorical("town", town)
                .numeric("price", price)
                .build();
    }

    private static AutoTuner.Builder tuner() {
        return AutoTuner.builder()
                .target("price")
                .regression()
                .budget(Budget.ofTrials(4).withThreads(2));
    }

    private static double steepestFall(AutoModel model) {
        int rows = 100;
        double fall = 0;
        for (String town : new String[] {"t0", "t3"}) {
            double[] size = new double[rows];
            String[] towns = new String[rows];
            for (int row = 0; row < rows; row++) {
                size[row] = 20 + row;
                towns[row] = town;
            }
            Predictions predictions = model.predict(Table.builder()
                    .numeric("size", size)
                    .numeric("noise", new double[rows])
                    .categorical("town", towns)
                    .build());
            for (int row = 1; row < rows; row++) {
                fall = Math.max(fall, predictions.value(row - 1) - predictions.value(row));
            }
        }
        return fall;
    }

    @Test
    void theWholeEnsembleKeepsToADirection() {
        Table table = flats(400);
        assertThat(steepestFall(tuner().families("lightgbm").build().fit(table)))
                .isGreaterThan(1);
        FitJob job = tuner().increasing("size").build().submit(table);
        AutoModel model = job.await();
        assertThat(steepestFall(model)).isLessThanOrEqualTo(1e-9);
        assertThat(model.validationScore())
                .as("far better than the deviation of prices")
                .isLessThan(25);
        assertThat(job.report().families().get("lightgbm")).contains("constraints");
        assertThat(job.report().families().get("histogram-boosting")).doesNotContain("skipped");
        assertThat(job.report().families().get("ordered-boosting")).doesNotContain("skipped");
    }

    @Test
    void wrongConstraintsAreToldAllAtOnce() {
        assertThatThrownBy(() -> tuner().increasing("siz", "town")
                        .interaction("size", "nois")
                        .build()
                        .fit(flats(50)))
                .isInstanceOf(OptionException.class)
                .hasMessageContainingAll("'siz'", "size, noise, town", "'town' is categorical", "'nois'");
    }

    @Test
    void directionsNeedAValueOrTwoClasses() {
        assertThatThrownBy(() -> AutoTuner.builder()
                        .target("town")
                        .increasing("size")
                        .budget(Budget.ofTrials(1))
                        .build()
                        .fit(flats(50)))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("multiclass");
    }
}
