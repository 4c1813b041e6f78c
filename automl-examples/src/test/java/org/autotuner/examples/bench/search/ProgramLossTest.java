package org.autotuner.examples.bench.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ProgramLossTest {

    private static final Configuration AT = Configuration.builder()
            .set(Parameter.choice("kind", "a"), "a")
            .set(Parameter.reals("x", 0, 1), 0.25)
            .build();

    @TempDir
    Path folder;

    @Test
    void oneProgramAnswersEachConfigurationWithALine() throws IOException {
        script(
                """
                echo started >> starts
                count=0
                while read -r line; do
                  count=$((count + 1))
                  echo "$line" >> lines
                  echo "$count.5"
                done
                echo ended >> starts
                """);
        try (ProgramLoss loss = new ProgramLoss(List.of("sh", "loss.sh"), folder)) {
            assertThat(loss.of(AT)).isEqualTo(1.5);
            assertThat(loss.of(AT.with(Parameter.reals("x", 0, 1), 1e-5))).isEqualTo(2.5);
        }
        assertThat(folder.resolve("starts")).hasContent("started\nended\n");
        assertThat(folder.resolve("lines")).hasContent("{\"kind\":\"a\",\"x\":0.25}\n{\"kind\":\"a\",\"x\":1.0E-5}\n");
    }

    @Test
    void theCommandMayBeAFileOfTheFolder() throws IOException {
        Path script = script("while read -r line; do echo nan; echo inf; done\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        try (ProgramLoss loss = new ProgramLoss(List.of("./loss.sh"), folder)) {
            assertThat(loss.of(AT)).isNaN();
            assertThat(loss.of(AT)).isInfinite();
        }
    }

    @Test
    void anAnswerThatIsNoNumberAndAnEndAreTold() throws IOException {
        script("read -r line; echo hello; read -r line\n");
        try (ProgramLoss loss = new ProgramLoss(List.of("sh", "loss.sh"), folder)) {
            assertThatThrownBy(() -> loss.of(AT)).hasMessageContaining("answered 'hello'");
            assertThatThrownBy(() -> loss.of(AT)).hasMessageContaining("ended without an answer");
        }
    }

    @Test
    void whatWasClosedDoesNotStartAgain() throws IOException {
        script("touch started; read -r line; echo 1\n");
        ProgramLoss loss = new ProgramLoss(List.of("sh", "loss.sh"), folder);
        loss.close();
        assertThatThrownBy(() -> loss.of(AT)).hasMessageContaining("was ended");
        assertThat(folder.resolve("started")).doesNotExist();
    }

    private Path script(String lines) throws IOException {
        return Files.writeString(folder.resolve("loss.sh"), "#!/bin/sh\n" + lines);
    }
}
