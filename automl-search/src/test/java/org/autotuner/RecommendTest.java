package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.autotuner.budget.Budget;
import org.autotuner.optimize.AutoOptimizer;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.OptimizerSession;
import org.autotuner.optimize.RandomOptimizer;
import org.autotuner.optimize.Recommendation;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.JournalStorage;
import org.autotuner.study.RunningTrial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecommendTest {

    private static final ChoiceParameter<String> KIND = Parameter.choice("kind", "a", "b", "c");
    private static final SearchSpace KINDS = SearchSpace.of(KIND);
    private static final RealParameter X = Parameter.reals("x", -1, 1);
    private static final RealParameter Y = Parameter.reals("y", -1, 1);
    private static final SearchSpace PLANE = SearchSpace.of(X, Y);

    @TempDir
    Path folder;

    /** Tells ten values per option with a deviation of 0.5: of a around 3, of b around 2 but once 4.6, of c around 0. */
    private static void tellNoisyPeaks(Study study) {
        Random random = new Random(5);
        for (int i = 0; i < 30; i++) {
            RunningTrial trial = study.ask().orElseThrow();
            String kind = trial.get(KIND);
            double noise = 0.5 * random.nextGaussian();
            study.tell(trial, kind.equals("a") ? 3 + noise : kind.equals("c") ? noise : i == 7 ? 4.6 : 2 + noise);
        }
    }

    /** Proposes a, b and c in turn. */
    private static ObjectiveSearch inTurn(ObjectiveSearch search) {
        return search.withoutDefaults().optimizer(new InTurn());
    }

    private static final class InTurn implements Optimizer {
        @Override
        public String name() {
            return "in-turn";
        }

        @Override
        public OptimizerSession open(SearchSpace space, long seed) {
            return (number, history) -> Optional.of(Configuration.builder()
                    .set(KIND, KIND.options().get(number % 3))
                    .build());
        }
    }

    @Test
    void aMaximisedStudyRecommendsInTheSignOfTheCaller() {
        try (Study study = inTurn(ObjectiveSearch.maximize(KINDS)).open()) {
            assertThat(study.recommend()).isEmpty();
            tellNoisyPeaks(study);
            Recommendation answer = study.recommend().orElseThrow();
            assertThat(study.bestValue()).contains(4.6);
            assertThat(answer.observedBest().value()).contains(4.6);
            assertThat(answer.observedBest().configuration().get(KIND)).isEqualTo("b");
            assertThat(answer.configuration().get(KIND)).isEqualTo("a");
            assertThat(answer.expectedValue()).isEqualTo(3, within(0.5));
        }
    }

    @Test
    void theSameStudyReadFromItsJournalRecommendsTheSame() {
        Path file = folder.resolve("noisy.study");
        Recommendation before;
        try (Study study = inTurn(ObjectiveSearch.maximize(KINDS))
                .storage(JournalStorage.at(file))
                .open()) {
            tellNoisyPeaks(study);
            before = study.recommend().orElseThrow();
        }
        try (Study study = inTurn(ObjectiveSearch.maximize(KINDS))
                .storage(JournalStorage.at(file))
                .open()) {
            assertThat(study.recommend()).contains(before);
        }
    }

    private static double bowl(Configuration at) {
        return Math.pow(at.get(X) - 0.3, 2) + Math.pow(at.get(Y) + 0.4, 2);
    }

    @Test
    void aResultTellsBothWhereNoiseMakesThemDiffer() {
        Random random = new Random(2);
        StudyResult result = ObjectiveSearch.minimize(PLANE)
                .optimizer(new RandomOptimizer())
                .budget(Budget.ofTrials(80))
                .run(trial -> bowl(trial.configuration()) + 0.4 * random.nextGaussian());
        Recommendation answer = result.recommended().orElseThrow();
        assertThat(answer.observedBest()).isEqualTo(result.bestTrial().orElseThrow());
        assertThat(answer.differs()).isTrue();
        assertThat(bowl(answer.configuration())).isLessThan(bowl(result.bestConfiguration()));
        assertThat(result.toString())
                .contains("best: " + result.value())
                .contains("recommended: " + answer.expectedValue() + " expected of " + answer.configuration());
        assertThat(result.insight().toHtml())
                .contains("recommended under noise: trial")
                .contains("<b>" + answer.trial().number() + "</b>");
    }

    @Test
    void withoutNoiseAResultHasOneBest() {
        StudyResult result = ObjectiveSearch.minimize(PLANE)
                .optimizer(new AutoOptimizer())
                .budget(Budget.ofTrials(60))
                .run(trial -> bowl(trial.configuration()));
        assertThat(result.recommended().orElseThrow().trial())
                .isEqualTo(result.bestTrial().orElseThrow());
        assertThat(result.toString()).doesNotContain("recommended");
        assertThat(result.insight().toHtml()).doesNotContain("recommended");
    }

    @Test
    void aResultWithoutCompletedTrialsRecommendsNothing() {
        StudyResult result =
                ObjectiveSearch.minimize(PLANE).budget(Budget.ofTrials(12)).run(trial -> Double.NaN);
        assertThat(result.recommended()).isEmpty();
        assertThat(result.toString()).contains("best: none").doesNotContain("recommended");
    }

    /** Values without order look like noise to a process; two repetitions show that they are none. */
    @Test
    void autoMeasuresTheBestAgainToTellARoughFunctionFromANoisyOne() {
        StudyResult rough = ObjectiveSearch.minimize(PLANE)
                .optimizer(new AutoOptimizer())
                .budget(Budget.ofTrials(90))
                .run(trial -> bowl(trial.configuration())
                        + 0.5 * Math.sin(4000 * trial.get(X)) * Math.sin(5000 * trial.get(Y)));
        Recommendation answer = rough.recommended().orElseThrow();
        assertThat(answer.isNoisy()).isFalse();
        assertThat(answer.trial()).isEqualTo(rough.bestTrial().orElseThrow());
    }
}
