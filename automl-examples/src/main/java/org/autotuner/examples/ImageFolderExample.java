package org.autotuner.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.autotuner.AutoTuner;
import org.autotuner.FitJob;
import org.autotuner.budget.Budget;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.evaluate.Evaluation;
import org.autotuner.listen.ProgressListener;
import org.autotuner.metric.Metrics;
import org.autotuner.model.AutoModel;
import org.autotuner.predict.Prediction;
import org.autotuner.split.TrainTest;

/**
 * Images in a folder, healthy and ill: a ResNet beside quicker models, and how far the verdicts can be trusted. Arguments: seconds
 * to search (120), and a folder with a folder for each class; without one, images are made.
 */
public final class ImageFolderExample {

    private static final int IMAGES = 600;

    private ImageFolderExample() {}

    /** Runs the program. */
    public static void main(String[] arguments) throws IOException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 120;
        Path own = Files.createTempDirectory("autotuner-scans");
        try {
            Path folder = arguments.length > 1 ? Path.of(arguments[1]) : MadeScans.write(own, IMAGES, 7);
            run(folder, seconds, own);
        } finally {
            delete(own);
        }
    }

    private static void run(Path folder, int seconds, Path scratch) throws IOException {
        heading("1. The images");
        Table images = Table.images(folder);
        System.out.println(images);
        System.out.println(images.schema().field("image").reason());
        TrainTest data = TrainTest.stratified(images, "label", 0.25, 7);
        System.out.printf(
                "%d to learn from, %d to check with%n",
                data.train().rowCount(), data.test().rowCount());

        heading("2. Search for %d seconds".formatted(seconds));
        AutoTuner.Builder builder = AutoTuner.builder()
                .target("label")
                .metric(Metrics.rocAuc())
                .families("resnet", "cnn", "svm", "linear")
                .budget(Budget.ofSeconds(seconds))
                .listener(ProgressListener.to(System.out))
                .seed(7);
        boolean isMedical = images.column("label").levels().contains("ill");
        FitJob job = (isMedical ? builder.positive("ill") : builder).build().submit(data.train());
        AutoModel model = job.await();
        System.out.println(job.report());

        heading("3. Leaderboard");
        System.out.println(model.leaderboard());

        heading("4. On the images that were kept apart");
        Evaluation evaluation = model.evaluate(data.test());
        if (isMedical) {
            System.out.println("sensitivity (ill ones found)        " + evaluation.interval(Metrics.recall()));
            System.out.println("specificity (healthy ones let go)   " + evaluation.interval(Metrics.specificity()));
        }
        System.out.println(evaluation.report());

        heading("5. Save, load, and look at one new image");
        Path file = scratch.resolve("scans.automl");
        model.save(file);
        AutoModel again = AutoModel.load(file);
        Path image = folder.resolve(String.valueOf(data.test().column("file").value(0)));
        Prediction prediction = again.predict(Row.of("image", Files.readAllBytes(image)));
        System.out.printf(
                "%s: %s with probability %.3f (model file: %,d bytes, plain Java)%n",
                data.test().column("file").value(0),
                prediction.label(),
                prediction.probability(prediction.label()),
                Files.size(file));
    }

    private static void heading(String text) {
        System.out.printf("%n== %s%n", text);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> inside = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : inside) {
                Files.delete(path);
            }
        }
    }
}
