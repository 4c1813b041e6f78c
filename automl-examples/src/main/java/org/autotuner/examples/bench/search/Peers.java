package org.autotuner.examples.bench.search;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Regrets that other samplers reached, as {@code peers.json} keeps them. */
public final class Peers {

    private final JsonObject regret;

    private Peers(JsonObject regret) {
        this.regret = regret;
    }

    /** Reads {@code peers.json} of a folder; empty if there is none. */
    public static Optional<Peers> read(Path folder) throws IOException {
        Path file = folder.resolve("peers.json");
        return Files.exists(file)
                ? Optional.of(new Peers(JsonParser.parseString(Files.readString(file))
                        .getAsJsonObject()
                        .getAsJsonObject("regret")))
                : Optional.empty();
    }

    /** The regrets of a sampler, one per seed; empty if they are not known. */
    public List<Double> regrets(String objective, String sampler, int budget) {
        JsonElement found = regret;
        for (String name : List.of(objective, sampler, String.valueOf(budget), "regrets")) {
            found = found.getAsJsonObject().get(name);
            if (found == null) {
                return List.of();
            }
        }
        List<Double> regrets = new ArrayList<>();
        found.getAsJsonArray().forEach(value -> regrets.add(value.getAsDouble()));
        return regrets;
    }
}
