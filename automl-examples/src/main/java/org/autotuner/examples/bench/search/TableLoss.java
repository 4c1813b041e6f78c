package org.autotuner.examples.bench.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.space.Configuration;

/**
 * Losses measured beforehand, one row per configuration.
 *
 * @param names columns that hold the configuration, which are the names of the parameters
 * @param losses by the values of these columns
 */
record TableLoss(List<String> names, Map<List<String>, Double> losses) implements Loss {

    /**
     * Reads a CSV file without quotes, with a column per parameter and the column {@code loss}.
     *
     * @throws IllegalArgumentException if a column is missing
     */
    static TableLoss read(Path file, List<String> names) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> header = List.of(lines.get(0).split(",", -1));
        int loss = position(header, "loss", file);
        int[] positions =
                names.stream().mapToInt(name -> position(header, name, file)).toArray();
        Map<List<String>, Double> losses = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            if (!line.isBlank()) {
                String[] cells = line.split(",", -1);
                String[] key = new String[positions.length];
                for (int i = 0; i < key.length; i++) {
                    key[i] = cells[positions[i]].strip();
                }
                losses.put(List.of(key), Double.parseDouble(cells[loss]));
            }
        }
        return new TableLoss(names, losses);
    }

    @Override
    public double of(Configuration configuration) {
        List<String> key =
                names.stream().map(name -> Values.text(configuration, name)).toList();
        Double loss = losses.get(key);
        if (loss == null) {
            throw new IllegalArgumentException("The table has no row for %s.".formatted(configuration));
        }
        return loss;
    }

    private static int position(List<String> header, String name, Path file) {
        int position = header.indexOf(name);
        if (position < 0) {
            throw new IllegalArgumentException("'%s' has no column '%s', only %s.".formatted(file, name, header));
        }
        return position;
    }
}
