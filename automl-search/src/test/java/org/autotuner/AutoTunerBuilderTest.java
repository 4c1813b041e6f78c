package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.autotuner.budget.Budget;
import org.autotuner.error.DataException;
import org.autotuner.error.OptionException;
import org.autotuner.fakes.FakeFamily;
import org.autotuner.fakes.Fits;
import org.autotuner.fakes.Samples;
import org.autotuner.metric.Metrics;
import org.autotuner.model.AutoModel;
import org.autotuner.prune.Pruner;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;
import org.junit.jupiter.api.Test;

class AutoTunerBuilderTest {

    @Test
    void everyFaultIsReportedAtOnce() {
        AutoTuner.Builder builder =
                AutoTuner.builder().folds(1).maxMembers(0).quantiles(0.9, 0.1).classWeights(Map.of("a", -1.0));
        assertThatThrownBy(builder::build)
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("5 option(s)")
                .hasMessageContaining("target is missing")
                .hasMessageContaining("folds must be at least 2, but was 1")
                .hasMessageContaining("maxMembers must be at least 1, but was 0")
                .hasMessageContaining("quantiles must increase")
                .hasMessageContaining("weight of 'a' is -1.0");
    }

    @Test
    void aTargetWithAnotherRoleIsRefused() {
        assertThatThrownBy(() -> AutoTuner.builder().target("y").ignore("y").build())
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("'y'")
                .hasMessageContaining("IGNORED");
    }

    @Test
    void quantilesNeedALevel() {
        assertThatThrownBy(() -> AutoTuner.builder().target("y").quantiles().build())
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("at least one level");
    }

    @Test
    void aTargetThatDoesNotExistIsNamed() {
        AutoTuner tuner = fake().target("why").build();
        assertThatThrownBy(() -> tuner.fit(Samples.binary(30, 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("why");
    }

    @Test
    void aColumnWithARoleThatDoesNotExistIsNamed() {
        AutoTuner tuner = fake().weights("mass").build();
        assertThatThrownBy(() -> tuner.fit(Samples.binary(30, 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("mass");
    }

    @Test
    void anUnknownFamilyIsRefusedWithTheKnownOnes() {
        AutoTuner tuner = AutoTuner.builder().target("y").families("catboost").build();
        assertThatThrownBy(() -> tuner.fit(Samples.binary(30, 1)))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("catboost")
                .hasMessageContaining("lightgbm");
    }

    @Test
    void aMetricOfAnotherTaskIsRefusedWithThoseThatFit() {
        AutoTuner tuner = fake().metric(Metrics.rmse()).build();
        assertThatThrownBy(() -> tuner.fit(Samples.binary(30, 1)))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("rmse")
                .hasMessageContaining("roc_auc");
    }

    @Test
    void aGivenPositiveLabelIsKept() {
        AutoModel model = fake().positive("no").build().fit(Samples.binary(60, 1));
        assertThat(model.task().labels()).containsExactly("yes", "no");
    }

    @Test
    void twoClassesAskedForAsClassificationAreABinaryTask() {
        AutoModel model = fake().classification().build().fit(Samples.binary(60, 1));
        assertThat(model.task().kind()).isEqualTo("binary");
        assertThat(model.metric()).isEqualTo("roc_auc");
    }

    @Test
    void aTunerMayFitSeveralTables() {
        AutoTuner tuner = fake().build();
        assertThat(tuner.fit(Samples.binary(60, 1)).members()).isNotEmpty();
        assertThat(tuner.fit(Samples.binary(80, 2)).members()).isNotEmpty();
    }

    @Test
    void ignoredColumnsAreNotAskedForAtPrediction() {
        AutoModel model = fake().ignore("noise").build().fit(Samples.binary(60, 1));
        assertThat(model.features().names()).containsExactly("x", "kind");
    }

    @Test
    void aLimitOnMembersIsKept() {
        AutoModel model = AutoTuner.builder()
                .target("y")
                .family(FakeFamily.of("fake", Fits::threshold).startingAt(2, 3, 5, 8))
                .families("fake")
                .budget(Budget.ofTrials(4))
                .maxMembers(1)
                .build()
                .fit(Samples.binary(60, 1));
        assertThat(model.members()).hasSize(1);
    }

    /** Fails a trial if it is asked for values of single folds. */
    private static final class ByFold implements Pruner {

        private final AtomicInteger askedByMeans = new AtomicInteger();

        @Override
        public String name() {
            return "by-fold";
        }

        @Override
        public Pruner forRunningMeans() {
            return new Pruner() {
                @Override
                public String name() {
                    return "by-mean";
                }

                @Override
                public boolean shouldPrune(Trial trial, StudyHistory history) {
                    askedByMeans.incrementAndGet();
                    return false;
                }
            };
        }

        @Override
        public boolean shouldPrune(Trial trial, StudyHistory history) {
            throw new IllegalStateException("a fit reports means");
        }
    }

    @Test
    void aPrunerIsToldThatFitsReportMeansOfTheFoldsSoFar() {
        ByFold pruner = new ByFold();
        AutoTuner.builder()
                .target("y")
                .family(FakeFamily.of("fake", Fits::threshold).startingAt(2, 3, 5, 8))
                .families("fake")
                .budget(Budget.ofTrials(4))
                .pruner(pruner)
                .build()
                .fit(Samples.binary(60, 1));
        assertThat(pruner.askedByMeans).hasPositiveValue();
    }

    private static AutoTuner.Builder fake() {
        return AutoTuner.builder()
                .target("y")
                .family(FakeFamily.of("fake", Fits::threshold))
                .families("fake")
                .budget(Budget.ofTrials(2));
    }
}
