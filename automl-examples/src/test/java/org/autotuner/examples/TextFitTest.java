package org.autotuner.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.autotuner.AutoTuner;
import org.autotuner.FitJob;
import org.autotuner.budget.Budget;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.metric.Metrics;
import org.autotuner.model.AutoModel;
import org.autotuner.predict.Predictions;
import org.autotuner.score.Compression;
import org.autotuner.storage.InMemoryStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fits on texts with the encoder that the examples bring: words of the test rows were never seen in training. */
class TextFitTest {

    private static final String[][] FOOD = {
        "bread cheese soup apple salad rice".split(" "), "pasta butter banana cake stew omelette".split(" ")
    };
    private static final String[][] CARS = {
        "engine wheel brake tyre gearbox driver".split(" "), "motor clutch bumper headlight truck garage".split(" ")
    };

    @TempDir
    private Path folder;

    private static Table texts(int rows, int part, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] texts = new String[rows];
        String[] labels = new String[rows];
        double[] numbers = new double[rows];
        for (int i = 0; i < rows; i++) {
            boolean isFood = random.nextBoolean();
            String[] words = (isFood ? FOOD : CARS)[part];
            texts[i] = "The %s and the %s number %d"
                    .formatted(
                            words[random.nextInt(words.length)],
                            words[random.nextInt(words.length)],
                            random.nextInt(90));
            labels[i] = isFood ? "food" : "cars";
            numbers[i] = random.nextDouble();
        }
        return Table.builder()
                .text("message", texts)
                .numeric("noise", numbers)
                .categorical("topic", labels)
                .build();
    }

    private static AutoTuner.Builder tuner(String... families) {
        return AutoTuner.builder()
                .target("topic")
                .positive("food")
                .metric(Metrics.rocAuc())
                .folds(2)
                .families(families);
    }

    @Test
    void vectorsKnowWordsThatTrainingNeverShowed() {
        Table train = texts(120, 0, 1);
        Table test = texts(60, 1, 2);
        InMemoryStorage storage = new InMemoryStorage();
        FitJob job = tuner("linear-sentences", "svm-sentences")
                .budget(Budget.ofTrials(4))
                .storage(storage)
                .build()
                .submit(train);
        AutoModel model = job.await();
        assertThat(job.report().families().get("linear-sentences")).contains("finished trial");
        double auc = model.evaluate(test).interval(Metrics.rocAuc()).value();
        assertThat(auc).isGreaterThan(0.97);
        double words = tuner("linear")
                .budget(Budget.ofTrials(2))
                .build()
                .fit(train)
                .evaluate(test)
                .interval(Metrics.rocAuc())
                .value();
        assertThat(words).isLessThan(0.8);

        Path file = folder.resolve("model");
        model.save(file);
        AutoModel loaded = AutoModel.load(file);
        assertThat(loaded.predict(test).toArray()).isEqualTo(model.predict(test).toArray());
        assertThat(file.toFile().length())
                .as("the artifact is named, not carried")
                .isLessThan(2_000_000);
        for (String text : new String[] {"", " ", "😀", "שלום", "x".repeat(100_000)}) {
            double p = loaded.predict(Row.of("message", text, "noise", 0.5)).probability("food");
            assertThat(p).as(text.substring(0, Math.min(5, text.length()))).isBetween(0.0, 1.0);
        }
        assertThat(loaded.predict(Row.of("noise", 0.5)).probability("food")).isBetween(0.0, 1.0);

        // A journal's trials are read with the same encoder.
        AutoModel again = tuner("linear-sentences", "svm-sentences")
                .budget(Budget.ofTrials(4))
                .storage(storage)
                .build()
                .fit(train);
        assertThat(again.predict(test).toArray()).isEqualTo(model.predict(test).toArray());
    }

    @Test
    void anEncoderIsFineTunedAndSaved() {
        Table train = texts(64, 0, 1);
        Table test = texts(24, 1, 2);
        AutoModel model =
                tuner("transformer").budget(Budget.ofTrials(1)).build().fit(train);
        Predictions predictions = model.predict(test);
        assertThat(model.evaluate(test).interval(Metrics.rocAuc()).value()).isGreaterThan(0.95);
        Path file = folder.resolve("model");
        model.save(file);
        assertThat(AutoModel.load(file).predict(test).toArray()).isEqualTo(predictions.toArray());
        Path small = folder.resolve("small");
        var report = model.save(small, Compression.ofBytes(), test);
        assertThat(small.toFile().length()).isLessThan(file.toFile().length() / 2);
        assertThat(AutoModel.load(small)
                        .evaluate(test)
                        .interval(Metrics.rocAuc())
                        .value())
                .isGreaterThan(0.95);
        assertThat(report.bytesAfter()).isLessThan(report.bytesBefore());
        assertThat(model.members().get(0).name()).startsWith("transformer");
    }

    @Test
    void whereTimeIsTooShortTextsStayWords() {
        FitJob job = AutoTuner.builder()
                .target("topic")
                .budget(Budget.ofSeconds(1))
                .families("linear", "linear-sentences")
                .build()
                .submit(texts(4000, 0, 1));
        job.await();
        assertThat(job.report().families().get("linear-sentences"))
                .contains("encoding")
                .contains("thread-seconds");
    }

    @Test
    void whatResemblesNoTopicIsHandedOn() {
        AutoModel model = tuner("linear-sentences")
                .budget(Budget.ofTrials(2))
                .build()
                .fit(texts(200, 0, 1).without("noise"));
        assertThat(model.attachment("confidence").orElseThrow().names()).contains("vectors");
        Row known = Row.of("message", "The bread and the soup number 12");
        Row odd = Row.of("message", "my grandmother sings in the choir of the cathedral");
        assertThat(model.confidence(known)).isGreaterThan(0.05);
        assertThat(model.confidence(odd)).isLessThan(0.05);
        assertThat(model.label(known, 0.95)).contains("food");
        assertThat(model.label(odd, 0.95)).isEmpty();
        Path file = folder.resolve("model");
        model.save(file);
        assertThat(AutoModel.load(file).confidence(odd)).isEqualTo(model.confidence(odd));
    }
}
