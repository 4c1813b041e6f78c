package org.autotuner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.Deadline;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.error.BundleException;
import org.autotuner.evaluate.Confidence;
import org.autotuner.evaluate.Familiarity;
import org.autotuner.evaluate.FamiliarityFit;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.prepare.LetterEncoders;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.prepare.PrepareContext;
import org.autotuner.prepare.SentencePreparation;
import org.autotuner.score.ConstantScorer;
import org.autotuner.score.LinearScorer;
import org.autotuner.score.Link;
import org.autotuner.task.MulticlassTask;
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

    /** Classes of texts with mostly a, b or c; a member with the encoder and a heavier one of words, which says nothing. */
    private static AutoModel classifier(int width) {
        Task task = new MulticlassTask("y", List.of("a", "b", "c"));
        LetterEncoders.Letters encoder = new LetterEncoders.Letters(9);
        FamiliarityFit fit = new FamiliarityFit(width, 3, 1);
        SplittableRandom random = new SplittableRandom(1);
        float[] vectors = new float[60 * width];
        for (int row = 0; row < 60; row++) {
            for (int i = 0; i < 3; i++) {
                vectors[row * width + i] = (i == row % 3 ? 6.5f : 0.5f) + 0.5f * random.nextInt(3);
            }
            fit.add(vectors, row * width, row % 3, 0);
        }
        Familiarity familiarity = fit.ofAll().orElseThrow();
        double[] outputs = new double[30];
        List<Familiarity.Score> scores = new ArrayList<>();
        for (int row = 0; row < 10; row++) {
            outputs[3 * row] = 0.3 + 0.03 * row;
            outputs[3 * row + 1] = 1 - outputs[3 * row];
            scores.add(familiarity.score(vectors, row * width));
        }
        Confidence confidence = Confidence.fit(Predictions.of(task, outputs), encoder.id(), familiarity, scores);
        AutoModelBuilder builder = AutoModel.builder(TABLE.schema(), task, "log_loss");
        PrepareContext context = new PrepareContext(task, 1, Deadline.never());
        Target target = Target.ofLabels(0, 1, 2);
        FittedPreparation sentences = new SentencePreparation(PreparationPlan.forLinear(), encoder)
                .fit(TABLE, target, Weights.none(), context)
                .preparation();
        builder.member("sentences", 1, sentences, ConstantScorer.of(0.6, 0.3, 0.1));
        FittedPreparation words = PreparationPlan.forLinear()
                .fit(TABLE, target, Weights.none(), context)
                .preparation();
        builder.member("words", 2, words, ConstantScorer.of(0.6, 0.3, 0.1));
        return builder.attach("confidence", confidence::write).build();
    }

    @Test
    void aTextThatResemblesNoClassGetsNoLabel() {
        AutoModel model = classifier(3);
        Row known = Row.of("t", "abbbbbbbc");
        Row odd = Row.of("t", "aaabbbccc");
        assertThat(model.predict(known).probability("a"))
                .isEqualTo(model.predict(odd).probability("a"));
        assertThat(model.confidence(known)).isGreaterThan(0.3);
        assertThat(model.confidence(odd)).isLessThan(0.3);
        assertThat(model.label(odd, 0.7)).isEmpty();
        assertThat(model.label(known, 0.7)).contains("a");
        Table both = Table.builder().text("t", "abbbbbbbc", "aaabbbccc").build();
        assertThat(model.confidence(both)).containsExactly(model.confidence(known), model.confidence(odd));

        Path file = folder.resolve("classifier");
        model.save(file);
        assertThat(AutoModel.load(file).confidence(both)).isEqualTo(model.confidence(both));
        AutoModel words = model.withoutMembersBelow(0.5);
        assertThat(words.members()).hasSize(1);
        assertThat(words.confidence(odd))
                .as("without the encoder probabilities alone count")
                .isEqualTo(words.confidence(known));
    }

    @Test
    void aConfidenceOfOtherVectorsIsRefused() {
        assertThatThrownBy(() -> classifier(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 numbers");
        Node root = classifier(3).toNode();
        root.node("attachments").node("confidence").node("vectors").put("spread", new double[] {0, 1});
        Path file = folder.resolve("damaged");
        Bundle.write(file, root);
        assertThatThrownBy(() -> AutoModel.load(file))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("spread");
    }
}
