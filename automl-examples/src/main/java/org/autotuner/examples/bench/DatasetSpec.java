package org.autotuner.examples.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Field;
import org.autotuner.data.Pixels;
import org.autotuner.data.ReadOptions;
import org.autotuner.data.Table;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;

/**
 * What a user would know of a data set: target, task, positive class, metric, which columns are free text and which are pixels. The other
 * facts of {@code datasets.json}, column types above all, are the library's business and not read.
 */
record DatasetSpec(
        Path folder,
        String name,
        String task,
        String target,
        Optional<String> positive,
        String metric,
        List<String> textColumns,
        Optional<Pixels> pixels,
        List<String> raters) {

    /** The kind of data sets that rate: their categorical columns are user and item, in this order. */
    private static final String RATINGS = "ranking-rating";

    static DatasetSpec read(Path data, String name) throws IOException {
        Path index = data.resolve("datasets.json");
        if (!Files.exists(index)) {
            throw new Options.UsageException("There is no datasets.json in '%s'.".formatted(data));
        }
        JsonElement root = JsonParser.parseString(Files.readString(index));
        JsonArray entries = root.isJsonArray()
                ? root.getAsJsonArray()
                : root.getAsJsonObject().getAsJsonArray("datasets");
        List<String> names = new ArrayList<>();
        for (JsonElement element : entries) {
            JsonObject entry = element.getAsJsonObject();
            names.add(entry.get("name").getAsString());
            if (entry.get("name").getAsString().equals(name)) {
                return of(data.resolve(name), entry);
            }
        }
        throw new Options.UsageException(
                "datasets.json names no '%s', only: %s.".formatted(name, String.join(", ", names)));
    }

    private static DatasetSpec of(Path folder, JsonObject entry) {
        List<String> text = new ArrayList<>();
        if (entry.has("text_columns")) {
            entry.getAsJsonArray("text_columns").forEach(column -> text.add(column.getAsString()));
        }
        return new DatasetSpec(
                folder,
                entry.get("name").getAsString(),
                entry.get("task").getAsString(),
                entry.get("target").getAsString(),
                entry.has("positive_label")
                        ? Optional.of(entry.get("positive_label").getAsString())
                        : Optional.empty(),
                entry.get("metric").getAsString(),
                List.copyOf(text),
                entry.has("image") ? Optional.of(pixels(entry.getAsJsonObject("image"))) : Optional.empty(),
                entry.get("task").getAsString().equals(RATINGS)
                        ? entry.getAsJsonArray("categorical_columns").asList().stream()
                                .map(JsonElement::getAsString)
                                .toList()
                        : List.of());
    }

    /** Columns such as p0..p783. */
    private static Pixels pixels(JsonObject image) {
        String columns = image.get("pixel_columns").getAsString();
        return Pixels.of(
                columns.substring(0, columns.indexOf("0..")),
                image.get("width").getAsInt(),
                image.get("height").getAsInt(),
                image.get("channels").getAsInt(),
                image.get("max_value").getAsDouble());
    }

    boolean isClassification() {
        return task.endsWith("binary") || task.endsWith("multiclass");
    }

    /** What is to be learned from these rows. */
    Task task(Table train) {
        return isClassification() ? Tasks.classification(train, target) : Tasks.regression(train, target);
    }

    Metric metricObject() {
        return Metrics.byName(metric);
    }

    /** The training rows; a target of classes is read as text, so that labels stay as they are written. */
    Table train() {
        ReadOptions options = ReadOptions.defaults();
        for (String column : textColumns) {
            options = options.withType(column, ColumnType.TEXT);
        }
        return Table.read(file("train"), withTarget(options));
    }

    /** The test rows, with the types that the training file was found to have. */
    Table test(Table train) {
        ReadOptions options = ReadOptions.defaults();
        for (Field field : train.schema().fields()) {
            options = options.withType(field.name(), field.type());
        }
        return Table.read(file("test"), options);
    }

    /** One part with only the target's type given. */
    Table part(String part) {
        return Table.read(file(part), withTarget(ReadOptions.defaults()));
    }

    private ReadOptions withTarget(ReadOptions options) {
        return options.withType(target, isClassification() ? ColumnType.CATEGORICAL : ColumnType.NUMERIC);
    }

    Path file(String part) {
        Path plain = folder.resolve(part + ".csv");
        return Files.exists(plain) ? plain : folder.resolve(part + ".csv.gz");
    }
}
