package org.autotuner.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

    @TempDir
    Path folder;

    @Test
    void linesOfOneDataSetAreItsSeeds() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.jsonl"),
                """
                {"dataset":"iris","value":0.1}
                building ...
                {"dataset":"adult","value":0.9}
                {"dataset":"iris","value":0.2}
                {"dataset":"failed","value":null}
                """);
        assertThat(Results.read(file, "value").values())
                .isEqualTo(Map.of("iris", List.of(0.1, 0.2), "adult", List.of(0.9)));
    }

    @Test
    void aMarkdownTableGivesTheNamedColumn() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.md"),
                """
                | data set | metric | forest |
                |---|---|---|
                | iris | log_loss | 0.2 |
                | kc | rmse | 1.1965e+05 |
                | letter | log_loss | - |
                """);
        assertThat(Results.read(file, "forest").values())
                .isEqualTo(Map.of("iris", List.of(0.2), "kc", List.of(119650.0)));
        assertThatThrownBy(() -> Results.read(file, "tree"))
                .isInstanceOf(Options.UsageException.class)
                .hasMessageContaining("tree");
    }

    @Test
    void predictionsComeBackFromTheirFile() throws IOException {
        Path file = folder.resolve("p.csv");
        PredictionFile.Content written = new PredictionFile.Content(
                new String[] {"<=50K", "a,b", "<=50K"},
                new java.util.LinkedHashMap<>(
                        Map.of("<=50K", new double[] {0.75, 0.1, 1}, "a,b", new double[] {0.25, 0.9, 0})));
        PredictionFile.write(file, written);
        PredictionFile.Content read = PredictionFile.read(file);
        assertThat(read.values()).isEqualTo(written.values());
        assertThat(read.probabilities("a,b")).containsExactly(0.25, 0.9, 0);
    }

    @Test
    void anUnknownOptionIsNamed() {
        assertThatThrownBy(() -> new Options(List.of("--buget", "3"), Set.of("budget")))
                .isInstanceOf(Options.UsageException.class)
                .hasMessageContaining("--buget")
                .hasMessageContaining("budget");
    }
}
