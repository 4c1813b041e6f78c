package org.autotuner.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.autotuner.AutoTuner;
import org.autotuner.budget.Budget;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.autotuner.model.AutoModel;

/** Recognises what customers of a bank want, and hands on what it is not sure of; on messages that it makes. */
public final class IntentExample {

    private static final String[] OPENINGS = {
        "", "", "hello, ", "hi there, ", "please ", "can you help, ", "good morning, ", "urgent: ", "one question, "
    };
    private static final String[] ENDINGS = {"", "", " please", " today", ", thanks", "?", " as soon as possible", "!!"
    };
    private static final String[] PLACES = {"in Berlin", "abroad", "at the station", "on holiday", "online", "yesterday"
    };

    /** The name of an intent, and ways to say it; {@code @} stands for a place. */
    private static final String[][] INTENTS = {
        {
            "card lost",
            "I lost my card @",
            "my card was stolen @",
            "somebody took my debit card @",
            "I cannot find my card, block it",
            "freeze the card that I left @"
        },
        {
            "transfer failed",
            "my transfer did not arrive",
            "the payment I sent @ is still pending",
            "money I wired to a friend has not come",
            "the transfer was declined @",
            "why was my payment sent back"
        },
        {
            "exchange rate",
            "which exchange rate do you use @",
            "how many dollars do I get for my euros",
            "is the rate better @",
            "what does changing money cost @",
            "tell me the rate of the pound"
        },
        {
            "new address",
            "I moved and have a new address",
            "change my address",
            "my street is wrong in your letters",
            "update where I live",
            "we moved house, where do I tell you"
        },
        {
            "cash machine",
            "the cash machine kept my card @",
            "a machine @ gave me too little cash",
            "I was charged for taking out cash @",
            "where is the nearest cash machine",
            "my withdrawal @ failed but was booked"
        },
    };

    private static final List<String> QUESTIONS = List.of(
            "hello, somebody stole my card at the airport",
            "the machine in the lobby gave me only half of the cash",
            "what rate do I get for Swiss francs?",
            "we live in another street now",
            "do you sell concert tickets for the opera?",
            "qwertz asdf",
            "");

    private IntentExample() {}

    /** Runs; the first argument is the number of seconds to search, 15 by default. */
    public static void main(String[] arguments) {
        long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 15;
        Table train = messages(600, 1);
        Table test = messages(300, 2);
        System.out.printf(
                "%d messages, such as '%s'%n%n", train.rowCount(), train.row(0).value("message"));
        AutoModel model = AutoTuner.builder()
                .target("intent")
                .budget(Budget.ofSeconds(seconds))
                .build()
                .fit(train);
        System.out.println(model.evaluate(test).report());

        int answered = 0;
        for (double confidence : model.confidence(test)) {
            answered += confidence >= 0.05 ? 1 : 0;
        }
        System.out.printf("%d of %d new messages get an answer where 95 %% shall.%n%n", answered, test.rowCount());
        for (String question : QUESTIONS) {
            Row row = Row.of("message", question);
            Optional<String> intent = model.label(row, 0.95);
            System.out.printf(
                    "%-60s %-16s (surer than of %.0f %% of known messages)%n",
                    "'" + question + "'", intent.orElse("-> a person"), 100 * model.confidence(row));
        }
    }

    private static Table messages(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> texts = new ArrayList<>();
        String[] labels = new String[rows];
        for (int row = 0; row < rows; row++) {
            String[] intent = INTENTS[row % INTENTS.length];
            labels[row] = intent[0];
            String said = intent[1 + random.nextInt(intent.length - 1)].replace("@", pick(PLACES, random));
            texts.add(typed(pick(OPENINGS, random) + said + pick(ENDINGS, random), random));
        }
        return Table.builder()
                .column("message", TextColumn.of(texts))
                .categorical("intent", labels)
                .build();
    }

    /** In a hurry: words are left out, letters are swallowed or come twice. */
    private static String typed(String text, SplittableRandom random) {
        StringBuilder typed = new StringBuilder();
        for (String word : text.split(" ")) {
            if (random.nextInt(5) == 0) {
                continue;
            }
            for (int i = 0; i < word.length(); i++) {
                char letter = word.charAt(i);
                int slip = random.nextInt(16);
                typed.append(slip == 0 ? "" : slip == 1 ? "" + letter + letter : String.valueOf(letter));
            }
            typed.append(' ');
        }
        return typed.toString().strip();
    }

    private static String pick(String[] choices, SplittableRandom random) {
        return choices[random.nextInt(choices.length)];
    }
}
