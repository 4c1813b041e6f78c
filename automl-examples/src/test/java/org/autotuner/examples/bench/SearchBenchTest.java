package org.autotuner.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SearchBenchTest {

    private static final String OBJECTIVES =
            """
            {"objectives": [
              {"name": "bowl", "fn": "bowl", "dim": 1, "weights": [1], "fstar": 0,
               "space": [{"name": "x0", "type": "float", "low": -1, "high": 1}],
               "checks": [{"config": {"x0": 0.5}, "value": %s}]},
              {"name": "outside", "fn": "exec", "command": ["sh", "loss.sh"], "fstar": 1,
               "space": [{"name": "kind", "type": "cat", "choices": ["a", "b"]},
                         {"name": "x", "type": "float", "low": 1, "high": 10, "log": true,
                          "when": {"param": "kind", "in": ["b"]}}]}
            ]}
            """;

    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinePerObjectiveAndSeedThenTheSummary() throws IOException {
        write("0.25");
        Files.writeString(
                folder.resolve("peers.json"),
                """
                {"regret": {"bowl": {"random": {"50": {"regrets": [1e-9]}}, "optuna50_tpe": {"50": {"regrets": [1, 0]}}}}}
                """);
        List<JsonObject> lines =
                run("--objectives", folder.toString(), "--optimizer", "random", "--trials", "60", "--seeds", "0-1,7");
        assertThat(lines).hasSize(7);
        assertThat(lines.subList(0, 6))
                .extracting(line -> line.get("objective").getAsString() + line.get("seed"))
                .containsExactly("bowl0", "bowl1", "bowl7", "outside0", "outside1", "outside7");
        assertThat(lines.get(0).keySet())
                .containsExactly("objective", "optimizer", "seed", "regret", "cpu_ms_per_trial");
        assertThat(lines.get(0).getAsJsonObject("regret").keySet()).containsExactly("50");
        assertThat(lines.get(4).getAsJsonObject("regret").get("50").getAsDouble())
                .isEqualTo(2.5);
        assertThat(lines.get(6))
                .as("2 against the file's random search, 1 against one of our own; half of all pairs won")
                .isEqualTo(
                        JsonParser.parseString(
                                "{\"summary\": {\"optimizer\": \"random\", \"nr\": {\"50\": 1.50000}, \"win\": {\"50\": 0.500000}}}"));
    }

    @Test
    void withoutAFileOfPeersThereIsNoWin() throws IOException {
        write("0.25");
        List<JsonObject> lines =
                run("--objectives", folder.toString(), "--optimizer", "random", "--seeds", "3", "--only", "bowl");
        assertThat(lines.get(1))
                .hasToString("{\"summary\":{\"optimizer\":\"random\",\"nr\":{\"50\":1,\"100\":1,\"200\":1}}}");
    }

    @Test
    void checksFailAboveTheirLimit() throws IOException {
        write("0.25");
        assertThat(run("--check", "--objectives", folder.toString(), "--only", "bowl"))
                .hasToString("[{\"objective\":\"bowl\",\"checks\":1,\"max_relative_error\":0}]");
        write("0.2500000005");
        assertThatThrownBy(() -> run("--check", "--objectives", folder.toString(), "--only", "bowl"))
                .hasMessage("Not within 1.0E-9 of their checks: bowl.");
    }

    @Test
    void recommendingIsALinePerNoisyObjectiveAndBudget() throws IOException {
        Files.writeString(
                folder.resolve("objectives.json"),
                """
                {"objectives": [
                  {"name": "exact", "fn": "bowl", "dim": 1, "weights": [1], "fstar": 0,
                   "space": [{"name": "x0", "type": "float", "low": -1, "high": 1}]},
                  {"name": "noisy", "fn": "bowl", "dim": 1, "weights": [1], "fstar": 0, "noise": 0.5,
                   "space": [{"name": "x0", "type": "float", "low": -1, "high": 1}]}
                ]}
                """);
        String[] arguments = {
            "--recommend",
            "--objectives",
            folder.toString(),
            "--optimizer",
            "random",
            "--trials",
            "60",
            "--seeds",
            "0-3"
        };
        List<JsonObject> lines = run(arguments);
        assertThat(lines)
                .extracting(line -> line.get("objective").getAsString() + line.get("trials"))
                .containsExactly("noisy50", "noisy60");
        for (JsonObject line : lines) {
            int compared = line.get("better").getAsInt()
                    + line.get("equal").getAsInt()
                    + line.get("worse").getAsInt();
            assertThat(compared).isEqualTo(4);
            assertThat(line.get("recommended_median").getAsDouble()).isBetween(0.0, 1.0);
        }
        String[] exact = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        exact[arguments.length] = "--only";
        exact[arguments.length + 1] = "exact";
        assertThat(run(exact)).allSatisfy(line -> {
            assertThat(line.get("equal").getAsInt()).isEqualTo(4);
            assertThat(line.get("recommended_median")).isEqualTo(line.get("observed_median"));
        });
    }

    @Test
    void overheadIsOneLine() throws IOException {
        List<JsonObject> lines = run("--overhead", "--optimizer", "random", "--trials", "20");
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).keySet()).containsExactly("optimizer", "trials", "cpu_ms_per_trial");
    }

    @Test
    void seedsAreNumbersAndRanges() {
        assertThat(SearchBench.seeds("0-2")).containsExactly(0L, 1L, 2L);
        assertThat(SearchBench.seeds("5,1-2")).containsExactly(5L, 1L, 2L);
        for (String wrong : List.of("", "3-1", "1-2-3", "a")) {
            assertThatThrownBy(() -> SearchBench.seeds(wrong)).isInstanceOf(Options.UsageException.class);
        }
    }

    @Test
    void mistakesInTheArgumentsAreTold() throws IOException {
        write("0.25");
        assertThatThrownBy(() -> run("--objectives", folder.toString(), "--optimizer", "psychic"))
                .isInstanceOf(Options.UsageException.class)
                .hasMessageContaining("There is no optimizer 'psychic'");
        assertThatThrownBy(() -> run("--objectives", folder.toString(), "--optimizer", "random", "--parallel", "0"))
                .isInstanceOf(Options.UsageException.class);
    }

    private void write(String check) throws IOException {
        Files.writeString(folder.resolve("objectives.json"), OBJECTIVES.formatted(check));
        Files.writeString(folder.resolve("loss.sh"), "while read -r line; do echo 3.5; done\n");
    }

    /** The lines on standard output; tests of this module run one after another. */
    private static List<JsonObject> run(String... arguments) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            SearchBench.run(List.of(arguments));
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }
}
