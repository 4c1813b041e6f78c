package org.autotuner.examples.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.autotuner.budget.Deadline;
import org.autotuner.data.Table;
import org.autotuner.execute.FoldCache;
import org.autotuner.execute.PreparedFold;
import org.autotuner.execute.Scoring;
import org.autotuner.execute.StudyData;
import org.autotuner.metric.Metrics;
import org.autotuner.model.FitContext;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.predict.Predictions;
import org.autotuner.space.Configuration;
import org.autotuner.split.Fold;
import org.autotuner.split.Splits;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;

/** Compares ways to augment images: one network, trained for a fixed number of epochs on each of some folds of all rows. */
final class AugmentBench {

    private static final long CACHE_BYTES = 1L << 29;

    private AugmentBench() {}

    static void run(List<String> arguments) throws IOException {
        Options options = new Options(
                arguments,
                Set.of("data", "dataset", "family", "epochs", "policies", "mix", "flip", "folds", "seed", "depth"));
        DatasetSpec spec = DatasetSpec.read(Path.of(options.required("data")), options.required("dataset"));
        Table train = spec.train();
        Table all = train.append(spec.test(train));
        Table images = spec.pixels()
                .orElseThrow(() -> new Options.UsageException("'%s' holds no pixels.".formatted(spec.name())))
                .combine(all, "image");
        Task task = spec.task(images);
        long seed = options.whole("seed", 1);
        List<Fold> folds =
                Splits.stratifiedKFold(options.whole("folds", 5)).split(images, task, Tasks.encode(task, images), seed);
        StudyData data = new StudyData(
                images.without(spec.target()),
                task,
                Tasks.encode(task, images),
                Weights.none(),
                Metrics.logLoss(),
                folds,
                seed);
        String id = options.text("family").orElse("cnn");
        ModelFamily family = ServiceLoader.load(ModelFamily.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Options.UsageException("There is no family '%s'.".formatted(id)));
        FoldCache cache = new FoldCache(data, CACHE_BYTES);
        for (String policy :
                options.text("policies").isPresent() ? options.list("policies") : List.of("none", "trivial")) {
            JsonObject json = JsonParser.parseString(
                            family.startingPoints(data.shape()).get(0).toJson())
                    .getAsJsonObject();
            json.addProperty("augmentation", policy);
            json.addProperty("epochs", options.whole("epochs", 40));
            options.text("mix").ifPresent(mix -> json.addProperty("mix", mix));
            options.text("flip").ifPresent(flip -> json.addProperty("flip", flip));
            options.text("depth").ifPresent(depth -> json.addProperty("depth", depth));
            measure(family, family.space(data.shape()).parse(json.toString()), policy, data, cache);
        }
    }

    private static void measure(
            ModelFamily family, Configuration configuration, String policy, StudyData data, FoldCache cache) {
        int right = 0;
        double loss = 0;
        int rows = 0;
        long start = System.nanoTime();
        for (int fold = 0; fold < data.folds().size(); fold++) {
            PreparedFold prepared = cache.get(family.preparation(configuration, data.shape()), fold, Deadline.never());
            TrainingData held =
                    java.util.Objects.requireNonNull(prepared.training().validation());
            Predictions predictions = Scoring.predict(
                            data.task(),
                            family.fit(
                                            prepared.training(),
                                            configuration,
                                            FitContext.of(data.metric(), data.seed() + fold))
                                    .scorer(),
                            held.features(),
                            Deadline.never())
                    .predictions();
            for (int row = 0; row < held.rows(); row++) {
                right += isRight(predictions, row, held.target().label(row)) ? 1 : 0;
            }
            loss += held.rows() * data.metric().error(held.target(), predictions, held.weights());
            rows += held.rows();
        }
        new ResultLine()
                .put("family", family.id())
                .put("augmentation", policy)
                .put("configuration", configuration.toJson())
                .put("rows", rows)
                .put("accuracy", (double) right / rows)
                .put("log_loss", loss / rows)
                .put("wall_s", (System.nanoTime() - start) * 1e-9)
                .print();
    }

    private static boolean isRight(Predictions predictions, int row, int truth) {
        for (int label = 0; label < predictions.task().labels().size(); label++) {
            if (predictions.probability(row, label) > predictions.probability(row, truth)) {
                return false;
            }
        }
        return true;
    }
}
