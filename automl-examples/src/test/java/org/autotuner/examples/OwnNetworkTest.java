package org.autotuner.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OwnNetworkTest {

    @Test
    void printsTrialsTheBestAndItsScores() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            OwnNetwork.main("3", "4", "300");
        } finally {
            System.setOut(before);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("trial  0: accuracy", "trial  2: accuracy", "learning_rate", "hidden")
                .contains("best: {", "held-out rows: accuracy 0.", "F1 (mean over the classes)", "is \\ taken")
                .containsPattern("blue +\\d+ +\\d+ +\\d+");
    }
}
