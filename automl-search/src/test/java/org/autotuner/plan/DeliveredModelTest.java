package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.AutoTuner;
import org.autotuner.FitJob;
import org.autotuner.budget.Budget;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;
import org.autotuner.model.AutoModel;
import org.autotuner.model.Member;
import org.autotuner.score.TransformedScorer;
import org.junit.jupiter.api.Test;

class DeliveredModelTest {

    @Test
    void onlyALimitedModelOrAHoldoutIsRefitted() {
        Budget plain = Budget.ofTrials(3);
        assertThat(Refit.isWanted(plain, 5)).isFalse();
        assertThat(Refit.isWanted(plain, 1)).isTrue();
        assertThat(Refit.isWanted(plain.withLatency(Duration.ofMillis(1)), 5)).isTrue();
        assertThat(Refit.isWanted(plain.withModelBytes(1_000_000), 5)).isTrue();
    }

    @Test
    void aModelOfLimitedSizeHoldsOneModelPerMemberAndStillPredicts() {
        Table table = table(400, 1);
        FitJob job = AutoTuner.builder()
                .target("y")
                .families("linear", "neighbours")
                .budget(Budget.ofTrials(2).withThreads(1).withModelBytes(1_000_000))
                .build()
                .submit(table);
        AutoModel model = job.await();
        assertThat(model.members()).extracting(Member::parts).allSatisfy(parts -> assertThat(parts)
                .hasSize(1));
        assertThat(job.report().notes()).contains("the score is that of the fold models");
        Table fresh = table(300, 2);
        assertThat(model.evaluate(fresh).scores().get("r2").value())
                .as("a plane is easy")
                .isGreaterThan(0.8);
    }

    @Test
    void aFamilyWhoseTurnNeverCameHasAReason() {
        FitJob job = AutoTuner.builder()
                .target("y")
                .families("linear", "neighbours")
                .budget(Budget.ofTrials(1).withThreads(1))
                .build()
                .submit(table(100, 1));
        job.await();
        assertThat(job.report().families())
                .hasEntrySatisfying("linear", reason -> assertThat(reason).startsWith("used"))
                .hasEntrySatisfying("neighbours", reason -> assertThat(reason).contains("the search ended before"));
    }

    /** Prices around exp of a plane with much noise: the mean is exp(0.5 * 0.6 * 0.6), 1.2 times, above the median. */
    @Test
    void aModelOfLogarithmsThatIsFittedOnceMorePredictsMeans() {
        AutoModel model = AutoTuner.builder()
                .target("y")
                .families("linear")
                .budget(Budget.ofTrials(1).withThreads(1).withModelBytes(1_000_000))
                .build()
                .fit(prices(1_500, 1));
        assertThat(model.members().get(0).parts()).singleElement().satisfies(part -> assertThat(part.scorer())
                .isInstanceOfSatisfying(TransformedScorer.class, scorer -> assertThat(scorer.residuals())
                        .hasSizeGreaterThan(10)));
        Table fresh = prices(5_000, 2);
        double predicted = Arrays.stream(model.predict(fresh.without("y")).toArray())
                .average()
                .orElseThrow();
        double truth = IntStream.range(0, fresh.rowCount())
                .mapToDouble(row -> ((NumericColumn) fresh.column("y")).number(row))
                .average()
                .orElseThrow();
        assertThat(predicted / truth).isCloseTo(1, within(0.06));
    }

    private static Table prices(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] a = new double[rows];
        double[] y = new double[rows];
        for (int row = 0; row < rows; row++) {
            a[row] = random.nextDouble() * 2;
            y[row] = Math.exp(a[row] + 0.6 * random.nextGaussian());
        }
        return Table.builder().numeric("a", a).numeric("y", y).build();
    }

    private static Table table(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] a = new double[rows];
        double[] b = new double[rows];
        double[] y = new double[rows];
        for (int row = 0; row < rows; row++) {
            a[row] = random.nextDouble() * 2;
            b[row] = random.nextDouble();
            y[row] = 3 * a[row] - 2 * b[row] + 0.1 * random.nextDouble();
        }
        return Table.builder().numeric("a", a).numeric("b", b).numeric("y", y).build();
    }
}
