package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.Budget;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.autotuner.fakes.Samples;
import org.autotuner.model.AutoModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages to classes, by the families that read texts. */
class TextFitTest {

    private static final String[] OPENERS = {"please", "hello,", "can you", "I want to", "how do I", "hi, I need to"};
    private static final String[][] INTENTS = {
        {"card", "block my lost card", "my card was stolen", "freeze the card", "replace a broken card"},
        {"transfer", "send money abroad", "transfer to another account", "pay a friend", "wire some euros"},
        {"balance", "see my balance", "how much is left", "check what I have got", "know the account total"},
    };

    private static AutoModel model;

    private static Table messages(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> texts = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            String[] intent = INTENTS[row % 3];
            labels.add(intent[0]);
            texts.add(OPENERS[random.nextInt(6)] + " " + intent[1 + random.nextInt(4)]
                    + (random.nextInt(2) == 0 ? " today" : " now, thanks"));
        }
        return Table.builder()
                .column("message", TextColumn.of(texts))
                .categorical("intent", labels.toArray(String[]::new))
                .build();
    }

    @BeforeAll
    static void fit() {
        model = AutoTuner.builder()
                .target("intent")
                .families("naive-bayes", "linear", "svm", "extra-trees")
                .budget(Budget.ofTrials(6))
                .seed(3)
                .build()
                .fit(messages(240, 1));
    }

    @Test
    void messagesGetTheirIntent(@TempDir Path folder) {
        Table test = messages(90, 2);
        int right = 0;
        for (int row = 0; row < 90; row++) {
            right += model.predict(test)
                            .row(row)
                            .label()
                            .equals(test.column("intent").value(row))
                    ? 1
                    : 0;
        }
        assertThat(right).isGreaterThan(86);
        Path file = folder.resolve("intents.automl");
        model.save(file);
        assertThat(AutoModel.load(file).predict(test).toArray())
                .isEqualTo(model.predict(test).toArray());
        assertThat(AutoModel.load(file).confidence(test)).isEqualTo(model.confidence(test));
    }

    @Test
    void whatResemblesNoIntentIsHandedOn() {
        Table test = messages(90, 4);
        int kept = 0;
        for (double confidence : model.confidence(test)) {
            kept += confidence >= 0.05 ? 1 : 0;
        }
        assertThat(kept).isGreaterThan(75);
        Row known = Row.of("message", "hello, my card was stolen now, thanks");
        assertThat(model.label(known, 0.95)).contains("card");
        assertThat(model.confidence(known)).isGreaterThan(0.05);
        for (String odd : List.of("", "\uD83D\uDE00\uD83D\uDE00", "\u0634\u0643\u0631\u0627")) {
            assertThat(model.label(Row.of("message", odd), 0.95))
                    .as("<%s>", odd)
                    .isEmpty();
        }
        assertThatThrownBy(() -> model.label(known, 1.5)).hasMessageContaining("0..1");
        AutoModel numbers = AutoTuner.builder()
                .target("y")
                .families("linear")
                .budget(Budget.ofTrials(1))
                .build()
                .fit(Samples.regression(60, 1));
        assertThatThrownBy(() -> numbers.confidence(Row.of("x", 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("regression");
    }

    @Test
    void oddTextsArePredictedLikeAnyOther() {
        for (String odd : List.of(
                "", " ", "word ".repeat(20_000), "\u05E9\u05DC\u05D5\u05DD \u05E2\u05D5\u05DC\u05DD", "\uD83D\uDE00")) {
            assertThat(model.predict(Row.of("message", odd)).probabilities().values())
                    .as("%.20s", odd)
                    .allSatisfy(p -> assertThat(p).isBetween(0.0, 1.0));
        }
        assertThat(model.predict(Row.of()).label()).isIn("card", "transfer", "balance");
    }
}
