package org.autotuner.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.autotuner.AutoTuner;
import org.autotuner.FitJob;
import org.autotuner.budget.Budget;
import org.autotuner.data.Image;
import org.autotuner.data.ImageColumn;
import org.autotuner.data.Pixels;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.metric.Metrics;
import org.autotuner.model.AutoModel;
import org.autotuner.predict.Prediction;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images through the facade: fit, predict, save, load. */
class ImageFitTest {

    private static final Budget FEW = Budget.ofTrials(4).withThreads(2);

    @TempDir
    Path folder;

    /** A bright spot in the upper or the lower half. */
    private static BufferedImage spot(boolean isUpper, int width, int height, SplittableRandom random) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        double x = width * (0.2 + 0.6 * random.nextDouble());
        double y = height * ((isUpper ? 0.1 : 0.6) + 0.3 * random.nextDouble());
        for (int i = 0; i < width * height; i++) {
            double distance = Math.hypot((i % width - x) / width, (i / width - y) / height);
            double value = 40 + 180 * Math.exp(-60 * distance * distance) + 12 * random.nextDouble();
            image.getRaster().setSample(i % width, i / width, 0, (int) value);
        }
        return image;
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private Path scans(int count) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < count; i++) {
            boolean isIll = i % 2 == 0;
            Path own = Files.createDirectories(folder.resolve(isIll ? "ill" : "healthy"));
            int width = 20 + 4 * random.nextInt(3); // of different sizes
            Files.write(own.resolve("%03d.png".formatted(i)), png(spot(isIll, width, 24, random)));
        }
        Files.write(folder.resolve("ill/broken.png"), new byte[] {1, 2, 3});
        Files.write(folder.resolve("healthy/empty.png"), new byte[0]);
        return folder;
    }

    @Test
    void aFolderIsLearnedSavedAndServed() throws IOException {
        Table images = Table.images(scans(90));
        FitJob job = AutoTuner.builder()
                .target("label")
                .positive("ill")
                .families("svm", "cnn")
                .folds(2)
                .budget(FEW)
                .build()
                .submit(images);
        AutoModel model = job.await();
        Path file = folder.resolve("model.automl");
        model.save(file);
        AutoModel again = AutoModel.load(file);
        assertThat(again.predict(images).toArray())
                .containsExactly(model.predict(images).toArray());
        SplittableRandom random = new SplittableRandom(9);
        int right = 0;
        for (int i = 0; i < 40; i++) {
            boolean isIll = i % 2 == 0;
            Prediction prediction = again.predict(Row.of("image", png(spot(isIll, 30, 30, random))));
            right += prediction.label().equals(isIll ? "ill" : "healthy") ? 1 : 0;
        }
        assertThat(right).isGreaterThanOrEqualTo(37);
        assertThat(model.evaluate(images).scores()).containsKeys("recall", "specificity");
        assertThat(again.predict(Row.of()).probability("ill")).isBetween(0.0, 1.0); // a missing image
        assertThatThrownBy(() -> again.predict(Row.of("image", new byte[0])))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Column 'image'");
        assertThat(model.leaderboard().toString()).contains("cnn").contains("svm");
    }

    @Test
    void imagesStandBesideNumbersAndCategories() {
        Table table = mixed(240, 4);
        Table held = mixed(120, 5);
        AutoModel model = AutoTuner.builder()
                .target("label")
                .families("histogram-boosting")
                .folds(2)
                .budget(FEW)
                .build()
                .fit(table);
        double accuracy = Metrics.accuracy()
                .score(Tasks.encode(model.task(), held), model.predict(held.without("label")), Weights.none());
        assertThat(accuracy).isGreaterThan(0.9); // the number alone tells at most 0.85, the image alone 0.85
    }

    /** Yes above 1 where the spot is low, above -1 where it is high. */
    private static Table mixed(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Image> images = new ArrayList<>();
        double[] numbers = new double[rows];
        String[] labels = new String[rows];
        for (int i = 0; i < rows; i++) {
            boolean isUpper = random.nextBoolean();
            images.add(Image.of(spot(isUpper, 16, 16, random)));
            numbers[i] = random.nextGaussian();
            labels[i] = numbers[i] > (isUpper ? -1 : 1) ? "yes" : "no";
        }
        return Table.builder()
                .column("photo", ImageColumn.of(images))
                .numeric("size", numbers)
                .categorical("label", labels)
                .build();
    }

    private static Table pixels(int rows) {
        SplittableRandom random = new SplittableRandom(6);
        double[][] cells = new double[144][rows];
        String[] labels = new String[rows];
        for (int row = 0; row < rows; row++) {
            boolean isUpper = random.nextBoolean();
            BufferedImage image = spot(isUpper, 12, 12, random);
            for (int i = 0; i < 144; i++) {
                cells[i][row] = image.getRaster().getSample(i % 12, i / 12, 0);
            }
            labels[row] = isUpper ? "upper" : "lower";
        }
        Table.Builder builder = Table.builder();
        for (int i = 0; i < 144; i++) {
            builder.numeric("p" + i, cells[i]);
        }
        return builder.categorical("label", labels).build();
    }

    @Test
    void pixelColumnsAreFoundReportedAndServed() {
        Table table = pixels(150);
        FitJob job = AutoTuner.builder()
                .target("label")
                .families("svm")
                .folds(2)
                .budget(FEW)
                .build()
                .submit(table);
        AutoModel model = job.await();
        assertThat(job.report().toString()).contains("144 numeric columns are read as the pixels of images of 12 x 12");
        assertThat(model.features().names()).containsExactly("image");
        Predictions all = model.predict(table.without("label"));
        assertThat(all.size()).isEqualTo(150);
        assertThat(model.predict(table.row(3)).probability("upper"))
                .isEqualTo(all.row(3).probability("upper"));
        assertThat(model.features().align(table).column(0).value(5))
                .isEqualTo(Pixels.infer(table.without("label"))
                        .orElseThrow()
                        .combine(table, "image")
                        .column("image")
                        .value(5));
    }

    @Test
    void pixelsMayBeGivenOrDenied() {
        Table table = pixels(60);
        AutoTuner.Builder builder =
                AutoTuner.builder().target("label").families("svm").folds(2).budget(Budget.ofTrials(1));
        assertThat(builder.pixels(Pixels.of("p", 12, 12, 1, 255))
                        .build()
                        .fit(table)
                        .features()
                        .names())
                .containsExactly("image");
        assertThat(builder.withoutPixels().build().fit(table).features().names())
                .hasSize(144);
        assertThatThrownBy(() ->
                        builder.pixels(Pixels.of("q", 12, 12, 1, 255)).build().fit(table))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("q0");
    }
}
