package org.autotuner.models.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.metric.Metrics;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.models.torch.NetworkGoal;
import org.autotuner.models.torch.ScriptLearner;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.prepare.ImageSize;
import org.autotuner.score.Scorer;
import org.autotuner.space.Configuration;
import org.autotuner.train.EpochListener;
import org.autotuner.train.TorchLibrary;
import org.autotuner.train.TrainingLoop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageFamiliesTest {

    private static final FitContext CONTEXT = FitContext.of(Metrics.logLoss(), 7);

    @BeforeEach
    void needsTheEngine() {
        assumeThat(TorchLibrary.here().problem()).isEmpty();
    }

    static Stream<ImageFamily> families() {
        return Stream.of(new CnnFamily(), new ResNetFamily());
    }

    /** Each starting point on colour images, trained a little so that no statistic is as it began. */
    @ParameterizedTest
    @MethodSource("families")
    void plainJavaAgreesWithTheEngine(ImageFamily family) {
        TrainingData data = MadeImages.of(40, 14, 3, 1);
        NetworkGoal goal = NetworkGoal.of(data, Metrics.logLoss());
        for (Configuration start : family.startingPoints(shape(40, 14, 3))) {
            Configuration quick = start.with(ImageFamily.EPOCHS, 3).with(ImageFamily.BATCH, 16);
            ImageDesign design =
                    family.design(quick, data.features(), data.rows(), goal).withSeed(3);
            try (ScriptLearner learner = ScriptLearner.of(
                    design.plan(),
                    design.rows(data.features()),
                    goal.targets(data),
                    design.rows(data.features()),
                    design.settings(),
                    design.augmentation())) {
                new TrainingLoop(design.settings()).run(learner, null, EpochListener.NONE, Deadline.never());
                Predictions engine = goal.predictions(learner.outputs(), 1);
                Scorer plain = ImageExport.of(design, goal, learner.named(learner.weights(), 0));
                assertClose(score(plain, data), engine, 1e-4);
            }
        }
    }

    private static void assertClose(Predictions got, Predictions expected, double tolerance) {
        for (int row = 0; row < expected.size(); row++) {
            for (int label = 0; label < 3; label++) {
                assertThat(got.probability(row, label))
                        .as("row %d, label %d", row, label)
                        .isCloseTo(expected.probability(row, label), within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void aFewEpochsTellStripesApart(ImageFamily family) {
        TrainingData held = MadeImages.of(100, 14, 1, 2);
        TrainingData data = MadeImages.of(240, 14, 1, 1).withValidation(held);
        Configuration point = family.startingPoints(shape(240, 14, 1)).get(0).with(ImageFamily.EPOCHS, 12);
        FittedModel model = family.fit(data, point, CONTEXT);
        assertThat(model.curve().steps()).containsExactly(6, 9, 12);
        double accuracy = Metrics.accuracy().score(held.target(), score(model.scorer(), held), held.weights());
        assertThat(accuracy).isGreaterThan(0.9);
        assertThat(Metrics.logLoss().error(held.target(), score(model.scorer(9), held), held.weights()))
                .isCloseTo(model.curve().at(9), within(1e-4));
    }

    @Test
    void everyWayToChangeImagesTrains() {
        CnnFamily family = new CnnFamily();
        TrainingData data = MadeImages.of(64, 12, 3, 1);
        Configuration base = family.startingPoints(shape(64, 12, 3)).get(0).with(ImageFamily.EPOCHS, 3);
        for (String name : List.of("none", "basic", "trivial", "rand", "auto-cifar10", "auto-svhn", "auto-imagenet")) {
            for (String mix : List.of("none", "mixup", "cutmix")) {
                Configuration point = base.with(ImageFamily.AUGMENTATION, name)
                        .with(ImageFamily.MIX, mix)
                        .with(ImageFamily.FLIP, "yes");
                double[] one =
                        score(family.fit(data, point, CONTEXT).scorer(), data).toArray();
                double[] two =
                        score(family.fit(data, point, CONTEXT).scorer(), data).toArray();
                assertThat(one).as("%s, %s", name, mix).isEqualTo(two).doesNotContain(Double.NaN);
            }
        }
    }

    @Test
    void aShareTooShortForChangesHasNone() {
        CnnFamily family = new CnnFamily();
        TrainingData data = MadeImages.of(600, 28, 1, 1).withValidation(MadeImages.of(20, 28, 1, 2));
        Configuration point = family.startingPoints(shape(600, 28, 1)).get(3);
        Configuration rich = family.adapt(point, data, CONTEXT.withSecondsShare(10_000));
        assertThat(rich).isEqualTo(point);
        Configuration poor = family.adapt(point.with(ImageFamily.EPOCHS, 9), data, CONTEXT.withSecondsShare(10_000));
        assertThat(poor.getOrDefault(ImageFamily.AUGMENTATION)).isEqualTo("none");
        assertThat(poor.getOrDefault(ImageFamily.MIX)).isEqualTo("none");
        assertThatThrownBy(() -> family.adapt(point, data, CONTEXT.withSecondsShare(1e-3)))
                .isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void theDeadlineIsAskedBetweenAFewSteps() {
        ResNetFamily family = new ResNetFamily();
        TrainingData data = MadeImages.of(400, 28, 3, 1);
        Configuration point = family.startingPoints(shape(400, 28, 3)).get(0).with(ResNetFamily.LAYERS, 20);
        family.fit(MadeImages.of(16, 28, 3, 1), point.with(ImageFamily.EPOCHS, 3), CONTEXT); // the engine is warm
        long start = System.nanoTime();
        assertThatThrownBy(() -> family.fit(data, point, CONTEXT.withDeadline(Deadline.after(Duration.ofMillis(300)))))
                .isInstanceOf(DeadlineExceededException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void withoutImagesTheyAreNotSuitable() {
        DataShape plain = new DataShape(MadeImages.TASK, 100, 3, 0, 0, 0);
        assertThat(new CnnFamily().unsuitable(plain))
                .hasValueSatisfying(reason -> assertThat(reason).contains("no image"));
        assertThat(new CnnFamily().unsuitable(plain.withImage(new ImageSize(8, 8, 1))))
                .isEmpty();
    }

    private static DataShape shape(int rows, int side, int channels) {
        return new DataShape(MadeImages.TASK, rows, 100, 0, 0, 0).withImage(new ImageSize(side, side, channels));
    }

    private static Predictions score(Scorer scorer, TrainingData data) {
        double[] all = new double[data.rows() * 3];
        double[] one = new double[3];
        FeatureRow row = data.features().cursor();
        for (int i = 0; i < data.rows(); i++) {
            scorer.score(row.to(i), one);
            System.arraycopy(one, 0, all, i * 3, 3);
        }
        return Predictions.of(MadeImages.TASK, all);
    }
}
