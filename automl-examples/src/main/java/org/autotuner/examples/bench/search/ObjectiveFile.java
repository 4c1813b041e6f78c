package org.autotuner.examples.bench.search;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The objectives of a folder. */
public final class ObjectiveFile {

    private ObjectiveFile() {}

    /**
     * Reads {@code objectives.json} of a folder.
     *
     * @param only names to read, in any order; all if empty
     * @throws IllegalArgumentException if there is no such file, a name is not in it, or an entry cannot be used
     */
    public static List<BenchObjective> read(Path folder, List<String> only) throws IOException {
        Path file = folder.resolve("objectives.json");
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("There is no objectives.json in '%s'.".formatted(folder));
        }
        List<String> names = new ArrayList<>();
        List<BenchObjective> objectives = new ArrayList<>();
        JsonObject root = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        for (JsonElement element : root.getAsJsonArray("objectives")) {
            JsonObject entry = element.getAsJsonObject();
            String name = entry.get("name").getAsString();
            names.add(name);
            if (only.isEmpty() || only.contains(name)) {
                objectives.add(BenchObjective.read(entry, folder));
            }
        }
        for (String name : only) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "objectives.json names no '%s', only: %s.".formatted(name, String.join(", ", names)));
            }
        }
        return objectives;
    }
}
