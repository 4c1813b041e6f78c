package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.autotuner.budget.Budget;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.data.Table;
import org.autotuner.error.OptionException;
import org.autotuner.fakes.FakeFamily;
import org.autotuner.fakes.Fits;
import org.autotuner.fakes.Samples;
import org.autotuner.model.AutoModel;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Preparation;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fits of models that a person can follow, with the real families. */
@Timeout(120)
class InterpretableFitTest {

    private static final Table TABLE = Samples.binary(200, 3);

    private static AutoTuner.Builder tuner() {
        return AutoTuner.builder()
                .target("y")
                .budget(Budget.ofTrials(6).withThreads(2))
                .interpretable();
    }

    @Test
    void oneModelOfAnInterpretableFamilyIsDeliveredFittedOnAllRows() {
        FitJob job = tuner().maxMembers(5).build().submit(TABLE);
        AutoModel model = job.await();
        assertThat(model.members()).singleElement().satisfies(member -> {
            assertThat(member.parts()).hasSize(1);
            assertThat(member.name()).matches("(linear|small-tree|additive)-\\d+");
        });
        Map<String, String> families = job.report().families();
        assertThat(families.entrySet().stream()
                        .filter(family -> !family.getValue().startsWith("skipped"))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("prior", "linear", "small-tree", "additive");
        assertThat(families.get("lightgbm")).contains("only interpretable");
        assertThat(job.report().notes())
                .contains("only interpretable families competed, and one model of them is delivered")
                .anyMatch(note -> note.contains("1 fitted once more on all rows"))
                .contains("the score is that of the fold models");
        assertThat(job.report().warnings()).noneMatch(warning -> warning.contains("first fold"));
    }

    @Test
    void otherFamiliesDoNotGoWithIt() {
        assertThatThrownBy(() -> tuner().families("linear", "lightgbm", "xgboost")
                        .build()
                        .fit(TABLE))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("lightgbm, xgboost")
                .hasMessageContaining("Leave out either")
                .hasMessageContaining("linear, additive");
        AutoModel model = tuner().families("small-tree").build().fit(TABLE);
        assertThat(model.members()).hasSize(1);
        assertThat(model.members().get(0).name()).startsWith("small-tree");
    }

    @Test
    void withoutTimeForARefitOneModelOfAFoldIsDeliveredAndSaidSo() {
        FakeFamily slow = FakeFamily.of("slow", (data, configuration, context) -> {
            if (data.rows() == TABLE.rowCount()) {
                throw new DeadlineExceededException("The time is up.");
            }
            return Fits.threshold(data, configuration, context);
        });
        FitJob job = tuner().family(new Followed(slow))
                .families("slow")
                .budget(Budget.ofTrials(1).withThreads(1))
                .build()
                .submit(TABLE);
        assertThat(job.await().members()).singleElement().satisfies(member -> assertThat(member.parts())
                .hasSize(1));
        assertThat(job.report().warnings()).anyMatch(warning -> warning.contains("the first fold is delivered"));
        assertThat(job.report().notes()).doesNotContain("the delivered model is the scored one");
    }

    /** The same family, said to be interpretable. */
    private record Followed(ModelFamily family) implements ModelFamily {

        @Override
        public boolean isInterpretable() {
            return true;
        }

        @Override
        public String id() {
            return family.id();
        }

        @Override
        public boolean supports(Task task) {
            return family.supports(task);
        }

        @Override
        public SearchSpace space(DataShape shape) {
            return family.space(shape);
        }

        @Override
        public List<Configuration> startingPoints(DataShape shape) {
            return family.startingPoints(shape);
        }

        @Override
        public Preparation preparation(Configuration configuration, DataShape shape) {
            return family.preparation(configuration, shape);
        }

        @Override
        public CostEstimate cost(Configuration configuration, DataShape shape) {
            return family.cost(configuration, shape);
        }

        @Override
        public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
            return family.fit(data, configuration, context);
        }
    }
}
