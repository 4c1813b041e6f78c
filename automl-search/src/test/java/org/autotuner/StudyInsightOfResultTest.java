package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;

import org.autotuner.budget.Budget;
import org.autotuner.insight.StudyInsight;
import org.autotuner.optimize.RandomOptimizer;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.RunningTrial;
import org.junit.jupiter.api.Test;

class StudyInsightOfResultTest {

    private static final RealParameter X = Parameter.reals("x", -1, 1);
    private static final RealParameter Y = Parameter.reals("y", -1, 1);
    private static final SearchSpace SPACE = SearchSpace.of(Y, X);

    private static double peak(RunningTrial trial) {
        return 7 - Math.pow(trial.get(X), 2) - 0.01 * trial.get(Y);
    }

    @Test
    void aResultTellsWhatMatteredInTheSignOfTheCaller() {
        StudyResult result = ObjectiveSearch.maximize(SPACE)
                .optimizer(new RandomOptimizer())
                .budget(Budget.ofTrials(60))
                .run(StudyInsightOfResultTest::peak);
        StudyInsight insight = result.insight();
        assertThat(insight.isMaximised()).isTrue();
        assertThat(insight.importance().get(0).axes().get(0).parameter()).isEqualTo(X);
        assertThat(insight.bestSoFar().points().get(59).best()).isEqualTo(result.value());
        assertThat(insight.toHtml("Peak")).contains("<h1>Peak</h1>", "higher is better");
    }

    @Test
    void anOpenStudyTellsItTooWithTrialsThatRun() {
        try (Study study = ObjectiveSearch.maximize(SPACE).open()) {
            for (int i = 0; i < 20; i++) {
                RunningTrial trial = study.ask().orElseThrow();
                study.tell(trial, peak(trial));
            }
            study.ask().orElseThrow();
            assertThat(study.insight().bestSoFar().points().get(19).best())
                    .isEqualTo(study.bestValue().orElseThrow());
            assertThat(study.insight().toHtml()).contains("21 trials: 20 completed, 1 running");
        }
    }
}
