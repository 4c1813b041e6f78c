package org.autotuner.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TestScoreTest {

    private static final String[] TRUTH = {"no", "no", "yes", "yes"};

    private static TestScore score(String metric, double... positive) {
        double[] negative = new double[positive.length];
        for (int i = 0; i < positive.length; i++) {
            negative[i] = 1 - positive[i];
        }
        return TestScore.of(
                metric, TRUTH, new PredictionFile.Content(TRUTH, Map.of("no", negative, "yes", positive)), "yes");
    }

    @Test
    void aucCountsPairsInTheRightOrder() {
        // The example of scikit-learn's roc_auc_score: 3 of 4 pairs.
        assertThat(score("roc_auc", 0.1, 0.4, 0.35, 0.8).error()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void tiesCountHalf() {
        assertThat(score("roc_auc", 0.5, 0.5, 0.5, 0.5).error()).isCloseTo(0.5, within(1e-12));
        assertThat(score("roc_auc", 0.1, 0.5, 0.5, 0.9).error()).isCloseTo(0.125, within(1e-12));
    }

    @Test
    void aRowThatCountsTwiceIsTwoRows() {
        assertThat(score("roc_auc", 0.1, 0.4, 0.35, 0.8).error(new int[] {1, 2, 1, 1}))
                .isCloseTo(1 - 4.0 / 6, within(1e-12));
        assertThat(score("log_loss", 0.1, 0.4, 0.35, 0.8).error(new int[] {0, 0, 2, 0}))
                .isCloseTo(-Math.log(0.35), within(1e-12));
    }

    @Test
    void withoutOneOfTheClassesAucIsNotDefined() {
        assertThat(score("roc_auc", 0.1, 0.4, 0.35, 0.8).error(new int[] {1, 1, 0, 0}))
                .isNaN();
    }

    @Test
    void rmseIsTheRootOfTheMeanSquare() {
        TestScore score = TestScore.of(
                "rmse",
                new String[] {"3", "-0.5", "2", "7"},
                new PredictionFile.Content(new String[] {"2.5", "0.0", "2", "8"}, Map.of()),
                "");
        // scikit-learn's example of mean_squared_error: 0.375.
        assertThat(score.error()).isCloseTo(Math.sqrt(0.375), within(1e-12));
    }

    @Test
    void thePriorKnowsTrainingFrequenciesAndMeans() {
        String[] train = {"a", "a", "a", "b"};
        assertThat(PriorError.of("roc_auc", TRUTH, TRUTH)).isEqualTo(0.5);
        assertThat(PriorError.of("log_loss", new String[] {"a", "b"}, train))
                .isCloseTo(-(Math.log(0.75) + Math.log(0.25)) / 2, within(1e-12));
        assertThat(PriorError.of("rmse", new String[] {"1", "3"}, new String[] {"0", "2"}))
                .isCloseTo(Math.sqrt(2), within(1e-12));
    }

    @Test
    void aClearDifferenceIsSignificantAndNoneIsNot() {
        assertThat(RowBootstrap.pValue(200, 999, 1, counts -> 1)).isLessThan(0.01);
        double[] noise = new java.util.SplittableRandom(3).doubles(200, -1, 1).toArray();
        assertThat(RowBootstrap.pValue(200, 999, 1, counts -> {
                    double sum = 0;
                    for (int i = 0; i < counts.length; i++) {
                        sum += counts[i] * noise[i];
                    }
                    return sum;
                }))
                .isGreaterThan(0.05);
    }
}
