package org.autotuner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.autotuner.budget.Deadline;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.error.BundleException;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.prepare.LetterEncoders;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.prepare.PrepareContext;
import org.autotuner.prepare.SentencePreparation;
import org.autotuner.score.LinearScorer;
import org.autotuner.score.Link;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models whose preparations need an encoder of texts. */
class SentenceModelTest {

    private static final Table TABLE =
            Table.builder().text("t", "a", "bb", "abc").build();
    private static final Task TASK = Tasks.regression("y");

    @TempDir
    private Path folder;

    private static AutoModel model() {
        AutoModelBuilder builder = AutoModel.builder(TABLE.schema(), TASK, "rmse");
        for (int fold = 0; fold < 2; fold++) {
            FittedPreparation preparation = new SentencePreparation(
                            PreparationPlan.forLinear(), new LetterEncoders.Letters(9))
                    .fit(TABLE, Target.ofValues(0, 0, 0), Weights.none(), new PrepareContext(TASK, 1, Deadline.never()))
                    .preparation();
            builder.member(
                    "m" + fold,
                    1,
                    preparation,
                    LinearScorer.of(3, 0, new double[] {1}, new double[] {1, 10, 100}, Link.IDENTITY));
        }
        return builder.build();
    }

    @Test
    void aFileHoldsTheEncoderOnceAndPredictsTheSame() {
        AutoModel model = model();
        Path file = folder.resolve("model");
        model.save(file);
        Node root = Bundle.read(file);
        assertThat(root.nodes("encoders")).hasSize(1);
        AutoModel read = AutoModel.load(file);
        Row row = Row.of("t", "abca");
        assertThat(read.predict(row).value())
                .isEqualTo(model.predict(row).value())
                .isCloseTo(1 + (float) Math.sqrt(3) * (2 + 10 + 100), within(1e-4));
    }

    @Test
    void aFileWithoutTheEncoderIsRefused() {
        Node root = model().toNode();
        root.list("encoders");
        Path file = folder.resolve("damaged");
        Bundle.write(file, root);
        assertThatThrownBy(() -> AutoModel.load(file))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("letters-9");
    }
}
