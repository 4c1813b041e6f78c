package org.autotuner.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.junit.jupiter.api.Test;

class TextProgramsTest {

    private static String printed(Runnable program) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void spamIsToldFromHamAndWordsAreNamed() {
        String text = printed(() ->
                SpamExample.run(Budget.ofTrials(3), MadeMessages.of(400, false, 1), MadeMessages.of(200, true, 2)));
        assertThat(text)
                .contains("area under the curve", "precision (caught is spam)", "recall (spam is caught)")
                .containsPattern("decides for spam from a probability of 0\\.\\d\\d on")
                .containsPattern("spam +\\d+\\.\\d %  'Congratulations!")
                .containsPattern("ham +\\d+\\.\\d %  'can you call me")
                .contains("what words added: ");
    }

    @Test
    void fineTuningStandsBesideTheEncoderAsItIs() {
        String text = printed(() -> SentimentExample.run(
                Budget.ofTrials(2), Budget.ofTrials(1), MadeReviews.of(60, false, 1), MadeReviews.of(30, true, 2)));
        assertThat(text)
                .contains("searching with 'linear-sentences'", "searching with 'transformer'")
                .contains("used: weight 1.00")
                .containsPattern("the encoder fine-tuned +accuracy [01]")
                .containsPattern("fine-tuning changed the accuracy by [+-]")
                .containsPattern("\\d %  +\\d+\\.\\d %  'What a delightful evening!'");
    }

    @Test
    void theSameWordsStandInBothKinds() {
        Table messages = MadeMessages.of(2000, false, 1);
        for (String word : new String[] {"prize", "account", "money", "tickets", "loan"}) {
            for (String kind : new String[] {"spam", "ham"}) {
                assertThat(holding(messages, word, kind))
                        .as(word + " in " + kind)
                        .isPositive();
            }
        }
    }

    private static int holding(Table messages, String word, String kind) {
        int count = 0;
        for (int row = 0; row < messages.rowCount(); row++) {
            var cells = messages.row(row);
            count += String.valueOf(cells.value("message")).contains(word)
                            && String.valueOf(cells.value("kind")).equals(kind)
                    ? 1
                    : 0;
        }
        return count;
    }
}
