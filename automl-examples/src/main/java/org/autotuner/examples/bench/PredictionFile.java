package org.autotuner.examples.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.data.ColumnType;
import org.autotuner.data.ReadOptions;
import org.autotuner.data.Table;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Task;

/** Predictions as CSV: a column {@code prediction} with the label or value, then one column of probabilities per label. */
final class PredictionFile {

    private static final String PREDICTION = "prediction";

    /** What a file says: label or value of each row, and probabilities by label (none for a regression). */
    static final class Content {

        private final String[] values;
        private final Map<String, double[]> probabilities;

        Content(String[] values, Map<String, double[]> probabilities) {
            this.values = values;
            this.probabilities = probabilities;
        }

        String[] values() {
            return values;
        }

        Map<String, double[]> probabilities() {
            return probabilities;
        }

        double[] probabilities(String label) {
            double[] column = probabilities.get(label);
            if (column == null) {
                throw new Options.UsageException(
                        "The predictions have no column '%s', only %s.".formatted(label, probabilities.keySet()));
            }
            return column;
        }

        static Content of(Predictions predictions) {
            Task task = predictions.task();
            String[] values = new String[predictions.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = task.isClassification()
                        ? task.labels().get(predictions.mostProbable(row))
                        : Double.toString(predictions.value(row));
            }
            Map<String, double[]> probabilities = new LinkedHashMap<>();
            for (int label = 0; label < task.labels().size(); label++) {
                double[] column = new double[values.length];
                for (int row = 0; row < values.length; row++) {
                    column[row] = predictions.probability(row, label);
                }
                probabilities.put(task.labels().get(label), column);
            }
            return new Content(values, probabilities);
        }
    }

    private PredictionFile() {}

    static void write(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            List<String> header = new ArrayList<>(List.of(PREDICTION));
            header.addAll(content.probabilities().keySet());
            writer.write(
                    String.join(",", header.stream().map(PredictionFile::quoted).toList()));
            writer.write('\n');
            for (int row = 0; row < content.values().length; row++) {
                writer.write(quoted(content.values()[row]));
                for (double[] column : content.probabilities().values()) {
                    writer.write(',');
                    writer.write(Double.toString(column[row]));
                }
                writer.write('\n');
            }
        }
    }

    /** Reads a file of this form; names that end in {@code .gz} too. */
    static Content read(Path file) {
        Table table = Table.read(file, ReadOptions.defaults().withType(PREDICTION, ColumnType.CATEGORICAL));
        Map<String, double[]> probabilities = new LinkedHashMap<>();
        for (String name : table.schema().names()) {
            if (!name.equals(PREDICTION)) {
                double[] column = new double[table.rowCount()];
                for (int row = 0; row < column.length; row++) {
                    column[row] = table.column(name).value(row) instanceof Double number ? number : Double.NaN;
                }
                probabilities.put(name, column);
            }
        }
        return new Content(texts(table, PREDICTION), probabilities);
    }

    /** A column's cells as text; a missing one is empty. */
    static String[] texts(Table table, String name) {
        String[] texts = new String[table.rowCount()];
        for (int row = 0; row < texts.length; row++) {
            Object value = table.column(name).value(row);
            texts[row] = value == null ? "" : value.toString();
        }
        return texts;
    }

    private static String quoted(String text) {
        return text.matches("[^,\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
