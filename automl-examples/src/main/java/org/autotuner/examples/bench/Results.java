package org.autotuner.examples.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of the metric by data set, in the order of the file; several values are several seeds. */
record Results(Map<String, List<Double>> values) {

    /**
     * Reads result lines in JSON, or of a Markdown table the named column.
     *
     * @param column heading in a Markdown table; cells that are not numbers are left out
     */
    static Results read(Path file, String column) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return file.toString().endsWith(".md") ? ofMarkdown(lines, column) : ofJson(lines);
    }

    private static Results ofJson(List<String> lines) {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (String line : lines) {
            if (line.startsWith("{")) {
                JsonObject result = JsonParser.parseString(line).getAsJsonObject();
                if (result.has("dataset")
                        && result.has("value")
                        && !result.get("value").isJsonNull()) {
                    values.computeIfAbsent(result.get("dataset").getAsString(), name -> new ArrayList<>())
                            .add(result.get("value").getAsDouble());
                }
            }
        }
        return new Results(values);
    }

    private static Results ofMarkdown(List<String> lines, String column) {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        int position = -1;
        for (String line : lines) {
            if (!line.startsWith("|")) {
                continue;
            }
            List<String> cells = Arrays.stream(line.substring(1).split("\\|"))
                    .map(String::strip)
                    .toList();
            if (position < 0) {
                position = cells.indexOf(column);
                if (position < 0) {
                    throw new Options.UsageException("The table has no column '%s', only %s.".formatted(column, cells));
                }
            } else if (cells.size() > position && cells.get(position).matches("[0-9.][0-9.eE+-]*")) {
                values.put(cells.get(0), List.of(Double.parseDouble(cells.get(position))));
            }
        }
        return new Results(values);
    }
}
