package org.autotuner.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.data.Table;
import org.autotuner.error.BundleException;
import org.autotuner.metric.Metrics;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.prepare.PrepareContext;
import org.autotuner.prepare.Prepared;
import org.autotuner.prepare.SentenceVectors;
import org.autotuner.prepare.TextEncoders;
import org.autotuner.score.Compression;
import org.autotuner.score.Scorer;
import org.autotuner.score.Scorers;
import org.autotuner.space.Configuration;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fine-tuning of a small made encoder, whose own vectors know nothing. */
class TransformerFamilyTest {

    private static final int ROWS = 240;

    @TempDir
    private Path folder;

    private Table texts;
    private SentenceVectors vectors;
    private ModelFamily family;
    private int[] count;

    @BeforeEach
    void makesAnEncoderAndTexts() throws IOException {
        MadeFolder.write(folder, MadeFolder.SMALL, MadeFolder.weights(MadeFolder.SMALL), MadeFolder.tokenizer());
        SplittableRandom random = new SplittableRandom(2);
        String[] made = new String[ROWS];
        count = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(2, 9);
            for (int w = 0; w < length; w++) {
                char c = (char) ('a' + random.nextInt(8));
                text.append(c).append(' ');
                count[i] += c == 'a' || c == 'c' ? 1 : 0;
            }
            made[i] = text.toString();
        }
        texts = Table.builder().text("t", made).build();
        vectors = SentenceVectors.of(TextEncoders.open(folder), texts);
        family = new TransformerFamily().withSentences(vectors);
    }

    private Target target(Task task) {
        return task.isClassification()
                ? Target.ofLabels(Arrays.stream(count)
                        .map(n -> Math.min(n, task.labels().size() - 1))
                        .toArray())
                : Target.ofValues(
                        Arrays.stream(count).mapToDouble(n -> 100 + 10 * n).toArray());
    }

    private static Task classes(int labels) {
        String[] cells = IntStream.range(0, 10 * labels)
                .mapToObj(i -> "label" + i % labels)
                .toArray(String[]::new);
        return Tasks.classification(Table.builder().categorical("y", cells).build(), "y");
    }

    private TrainingData data(Task task, boolean isValidated) {
        int[] train = IntStream.range(0, 180).toArray();
        int[] rest = IntStream.range(180, ROWS).toArray();
        Target target = target(task);
        Prepared prepared = family.preparation(configuration(2), shape(task))
                .fit(
                        texts.rows(train),
                        target.select(train),
                        Weights.none(),
                        new PrepareContext(task, 1, Deadline.never()));
        TrainingData held = new TrainingData(
                task, prepared.preparation().transform(texts.rows(rest)), target.select(rest), Weights.none(), null);
        return new TrainingData(
                task, prepared.features(), target.select(train), Weights.none(), isValidated ? held : null);
    }

    private static DataShape shape(Task task) {
        return new DataShape(task, 180, 0, 0, 0, 1);
    }

    private Configuration configuration(int layers) {
        return family.startingPoints(shape(classes(2)))
                .get(0)
                .with(TransformerFamily.LAYERS, layers)
                .with(TransformerFamily.RATE, 2e-3)
                .with(TransformerFamily.BATCH, 16)
                .with(TransformerFamily.EPOCHS, 12)
                .with(TransformerFamily.LAYER_DECAY, 1.0)
                .with(TransformerFamily.TOKEN_DROPOUT, 0.0);
    }

    private static FitContext context(Task task, long seed) {
        return FitContext.of(Metrics.defaultFor(task), seed);
    }

    private static double[] outputs(Scorer scorer, TrainingData data) {
        double[] all = new double[data.rows() * scorer.outputs()];
        double[] row = new double[scorer.outputs()];
        FeatureRow cursor = data.features().cursor();
        for (int i = 0; i < data.rows(); i++) {
            scorer.score(cursor.to(i), row);
            System.arraycopy(row, 0, all, i * row.length, row.length);
        }
        return all;
    }

    @Test
    void itLearnsWhatTheEncoderDoesNotKnow() {
        for (Task task : new Task[] {classes(2), classes(3), Tasks.regression("y")}) {
            TrainingData data = data(task, true);
            TrainingData held = java.util.Objects.requireNonNull(data.validation());
            FittedModel model = family.fit(data, configuration(2), context(task, 1));
            assertThat(model.curve().steps()).isNotEmpty();
            int last = model.curve().lastStep();
            double[] out = outputs(model.scorer(last), held);
            // What the script measured is what plain Java predicts.
            double error = Metrics.defaultFor(task)
                    .error(held.target(), org.autotuner.predict.Predictions.of(task, out), held.weights());
            assertThat(error)
                    .isCloseTo(
                            model.curve().at(last),
                            org.assertj.core.api.Assertions.within(1e-4 * (1 + Math.abs(error))));
            double prior = task.isClassification() ? 0 : 12;
            double least =
                    model.curve().errors().stream().mapToDouble(e -> e).min().orElseThrow();
            if (task.kind().contains("binary")) {
                assertThat(least).isLessThan(0.3);
            } else if (task.isClassification()) {
                assertThat(least).isLessThan(1.0);
            } else {
                assertThat(least).isLessThan(prior);
            }
        }
    }

    @Test
    void equalSeedsGiveEqualModels() {
        Task task = classes(2);
        TrainingData data = data(task, true);
        Configuration some =
                configuration(1).with(TransformerFamily.EPOCHS, 2).with(TransformerFamily.TOKEN_DROPOUT, 0.1);
        double[] one = outputs(family.fit(data, some, context(task, 1)).scorer(), data);
        double[] same = outputs(family.fit(data, some, context(task, 1)).scorer(), data);
        double[] other = outputs(family.fit(data, some, context(task, 2)).scorer(), data);
        assertThat(same).isEqualTo(one);
        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void droppedAndSwappedTokensChangeTheTraining() {
        Task task = classes(2);
        TrainingData data = data(task, true);
        Configuration plain = configuration(2).with(TransformerFamily.EPOCHS, 1);
        double[] without = outputs(family.fit(data, plain, context(task, 1)).scorer(), data);
        for (Configuration augmented : new Configuration[] {
            plain.with(TransformerFamily.TOKEN_DROPOUT, 0.2), plain.with(TransformerFamily.TOKEN_SWAP, 0.1)
        }) {
            assertThat(outputs(family.fit(data, augmented, context(task, 1)).scorer(), data))
                    .isNotEqualTo(without);
        }
    }

    @Test
    void theStepsOfAnEarlierEpochAreKept() {
        Task task = classes(2);
        TrainingData data = data(task, true);
        FittedModel model = family.fit(data, configuration(1).with(TransformerFamily.EPOCHS, 3), context(task, 1));
        assertThat(outputs(model.scorer(1), data)).isNotEqualTo(outputs(model.scorer(3), data));
        FittedModel two = family.fit(
                data.withValidation(null),
                configuration(1).with(TransformerFamily.EPOCHS, 3),
                context(task, 1).withSteps(1));
        assertThat(outputs(two.scorer(), data)).isEqualTo(outputs(model.scorer(1), data));
    }

    @Test
    void aFileHoldsTheTrainedLayersAndAsBytesAQuarter() {
        Task task = classes(3);
        TrainingData data = data(task, true);
        Scorer scorer = family.fit(data, configuration(1), context(task, 1)).scorer();
        double[] out = outputs(scorer, data);
        Node node = Node.root();
        Scorers.write(scorer, node);
        Node back = Bundle.fromBytes(Bundle.toBytes(node));
        Scorer read = Scorers.read(back, id -> vectors);
        assertThat(outputs(read, data)).isEqualTo(out);
        assertThatThrownBy(() -> Scorers.read(back)).isInstanceOf(BundleException.class);

        Scorer small = scorer.compressed(Compression.ofBytes());
        Node bytes = Node.root();
        Scorers.write(small, bytes);
        assertThat(bytes.bytes()).isLessThan(node.bytes() * 6 / 10); // rows of 8 need a scale each
        double[] rounded = outputs(small, data);
        assertThat(rounded).isNotEqualTo(out);
        for (int i = 0; i < out.length; i++) {
            assertThat(rounded[i]).isCloseTo(out[i], org.assertj.core.api.Assertions.within(0.05));
        }
        Scorer again = Scorers.read(Bundle.fromBytes(Bundle.toBytes(bytes)), id -> vectors);
        assertThat(outputs(again, data)).isEqualTo(rounded);

        back.node("scorer").put("layers", 2);
        assertThatThrownBy(() -> Scorers.read(back, id -> vectors)).isInstanceOf(BundleException.class);
        back.node("scorer").put("layers", 3);
        assertThatThrownBy(() -> Scorers.read(back, id -> vectors)).isInstanceOf(BundleException.class);
    }

    @Test
    void theTimeIsAskedWithinAnEpoch() {
        Task task = classes(2);
        TrainingData data = data(task, true);
        FitContext over = context(task, 1).withDeadline(Deadline.after(Duration.ZERO));
        assertThatThrownBy(() -> family.fit(data, configuration(2), over))
                .isInstanceOf(DeadlineExceededException.class);
        FitContext none = context(task, 1).withSecondsShare(1e-6);
        assertThatThrownBy(() -> family.adapt(configuration(2), data, none))
                .isInstanceOf(DeadlineExceededException.class);
        // What is left of the deadline, not the share alone, pays for the vectors out of the lower layers.
        FitContext short1 = context(task, 1).withSecondsShare(1000).withDeadline(Deadline.after(Duration.ofNanos(1)));
        assertThatThrownBy(() -> family.adapt(configuration(2), data, short1))
                .isInstanceOf(DeadlineExceededException.class);
        FitContext enough = context(task, 1).withSecondsShare(1000);
        assertThat(family.adapt(configuration(2), data, enough)).isEqualTo(configuration(2));
    }

    @Test
    void inLittleTimeAnEpochSeesSomeOfTheRows() {
        Task task = classes(2);
        TrainingData data = data(task, true);
        Configuration wanted = configuration(2).with(TransformerFamily.EPOCHS, 2);
        double seconds = 10;
        Configuration adapted = wanted;
        while (adapted.get(TransformerFamily.EPOCH_SHARE) == 1 && seconds > 1e-9) {
            seconds *= 0.9;
            adapted = family.adapt(wanted, data, context(task, 1).withSecondsShare(seconds));
        }
        assertThat(adapted.get(TransformerFamily.EPOCH_SHARE)).isEqualTo(0.5);
        assertThat(adapted.get(TransformerFamily.LAYERS)).isEqualTo(1);
        assertThat(adapted.get(TransformerFamily.EPOCHS)).isEqualTo(2);
        // An eighth of the rows in eight epochs is about one epoch of all: both learn something.
        Configuration eighth = configuration(1).with(TransformerFamily.EPOCH_SHARE, 0.125);
        FittedModel model = family.fit(data, eighth, context(task, 1));
        assertThat(outputs(model.scorer(1), data)).isNotEqualTo(outputs(model.scorer(2), data));
        double[] all =
                outputs(family.fit(data, configuration(1), context(task, 1)).scorer(1), data);
        assertThat(outputs(model.scorer(1), data)).isNotEqualTo(all);
    }

    @Test
    void threadsShareTheVectorsOfTheLowerLayers() {
        Task task = classes(2);
        TrainingData data = data(task, true);
        SentenceEncoder encoder = TransformerCodec.bert(vectors).orElseThrow();
        LowerVectors lower = new LowerVectors(encoder);
        int[][] ids = TransformerScorer.ids(data.features(), encoder);
        assertThat(lower.missingTokens(ids, 1)).isPositive();
        assertThat(lower.missingTokens(ids, 0)).isZero();
        assertThatThrownBy(() -> lower.warm(ids, 1, Deadline.after(Duration.ZERO)))
                .isInstanceOf(DeadlineExceededException.class);
        lower.warm(ids, 1, Deadline.never());
        assertThat(lower.missingTokens(ids, 1))
                .as("also those that a thread claimed and left")
                .isZero();
    }

    @Test
    void withoutATextOrAnEncoderItIsUnsuitable() {
        Task task = classes(2);
        assertThat(new TransformerFamily().unsuitable(shape(task))).isPresent();
        assertThat(family.unsuitable(new DataShape(task, 10, 1, 0, 0, 0))).isPresent();
        assertThat(family.unsuitable(shape(task))).isEqualTo(family.unavailable());
    }

    @Test
    void strangeTokensAreScoredAsToken0() {
        Task task = classes(2);
        TrainingData data = data(task, true);
        Scorer scorer = family.fit(data, configuration(1).with(TransformerFamily.EPOCHS, 1), context(task, 1))
                .scorer();
        float[] row = new float[scorer.width()];
        Arrays.fill(row, -1);
        double[] out = new double[1];
        scorer.score(
                org.autotuner.prepare.FeatureMatrix.dense(data.features().features(), 1, row)
                        .cursor(),
                out);
        assertThat(out[0]).isBetween(0.0, 1.0);
        Arrays.fill(row, 1e9f);
        scorer.score(
                org.autotuner.prepare.FeatureMatrix.dense(data.features().features(), 1, row)
                        .cursor(),
                out);
        assertThat(out[0]).isBetween(0.0, 1.0);
        Arrays.fill(row, Float.NaN);
        scorer.score(
                org.autotuner.prepare.FeatureMatrix.dense(data.features().features(), 1, row)
                        .cursor(),
                out);
        assertThat(out[0]).isBetween(0.0, 1.0);
    }
}
