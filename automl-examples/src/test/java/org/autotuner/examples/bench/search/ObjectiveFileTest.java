package org.autotuner.examples.bench.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectiveFileTest {

    @TempDir
    Path empty;

    /** The values in the file were computed from the formulas by another program. */
    @Test
    void theProjectsOwnNoisyObjectivesHaveTheValuesThatTheirFileTells() throws IOException {
        assertThat(ObjectiveFile.read(Path.of("objectives"), List.of()))
                .hasSize(4)
                .allSatisfy(objective -> {
                    assertThat(objective.noise()).isPositive();
                    assertThat(objective.checks()).isNotEmpty();
                    assertThat(objective.checkError()).isLessThan(1e-9);
                });
    }

    @Test
    void allObjectivesMeetTheirChecks() throws Exception {
        List<BenchObjective> objectives = ObjectiveFile.read(shipped(), List.of());
        assertThat(objectives).extracting(BenchObjective::name).containsExactly("valley", "loud", "rows");
        for (BenchObjective objective : objectives) {
            assertThat(objective.checks()).isNotEmpty();
            assertThat(objective.checkError()).as(objective.name()).isLessThan(1e-14);
        }
    }

    @Test
    void aValueOrAnObservationThatDiffersIsSeen() throws Exception {
        BenchObjective loud = ObjectiveFile.read(shipped(), List.of("loud")).get(0);
        Configuration at = loud.checks().get(0).configuration();
        assertThat(with(loud, new BenchObjective.Check(at, 4.0, java.util.Optional.empty()))
                        .checkError())
                .isEqualTo(0.0625);
        BenchObjective.Observed observed = new BenchObjective.Observed(0, 1, 3.3029252331276644);
        assertThat(with(loud, new BenchObjective.Check(at, 4.25, java.util.Optional.of(observed)))
                        .checkError())
                .isGreaterThan(0.01);
        assertThat(with(loud, new BenchObjective.Check(at, Double.NaN, java.util.Optional.empty()))
                        .checkError())
                .isInfinite();
    }

    @Test
    void aConfigurationThatTheTableLacksIsTold() throws Exception {
        Loss rows = ObjectiveFile.read(shipped(), List.of("rows")).get(0).loss();
        Configuration outside = Configuration.builder()
                .set(Parameter.choice("kind", "a"), "a")
                .set(Parameter.ints("i_size", 0, 3), 3)
                .build();
        assertThatThrownBy(() -> rows.of(outside)).hasMessageContaining("no row for");
    }

    @Test
    void mistakesAreTold() throws Exception {
        assertThatThrownBy(() -> ObjectiveFile.read(empty, List.of())).hasMessageContaining("no objectives.json");
        Path shipped = shipped();
        assertThatThrownBy(() -> ObjectiveFile.read(shipped, List.of("hill")))
                .hasMessage("objectives.json names no 'hill', only: valley, loud, rows.");
        assertThatThrownBy(() -> read("\"fn\": \"bowl\", \"dim\": 1")).hasMessageContaining("'a' has no fstar");
        assertThatThrownBy(() -> read("\"fn\": \"hill\", \"fstar\": 0"))
                .hasMessageContaining("'a' needs the function 'hill'");
    }

    private List<BenchObjective> read(String fields) throws IOException {
        Files.writeString(
                empty.resolve("objectives.json"),
                "{\"objectives\": [{\"name\": \"a\", \"space\": [], %s}]}".formatted(fields));
        return ObjectiveFile.read(empty, List.of());
    }

    private static BenchObjective with(BenchObjective objective, BenchObjective.Check check) {
        return new BenchObjective(
                objective.name(),
                objective.space(),
                objective.loss(),
                objective.noise(),
                objective.lowest(),
                List.of(check),
                false);
    }

    static Path shipped() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ObjectiveFileTest.class.getResource("objectives.json"))
                        .toURI())
                .getParent();
    }
}
