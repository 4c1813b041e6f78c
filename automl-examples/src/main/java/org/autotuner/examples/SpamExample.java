package org.autotuner.examples;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.autotuner.AutoTuner;
import org.autotuner.budget.Budget;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.evaluate.Evaluation;
import org.autotuner.metric.Metrics;
import org.autotuner.model.AutoModel;

/** Tells spam from ham, on messages that it makes: scores, the threshold, and which words moved a decision. */
public final class SpamExample {

    private static final int MOST_WORDS = 3;

    private static final List<String> TYPED = List.of(
            "Congratulations! Your number won $500, text WIN to 81234",
            "hi, I won two tickets, do you want to come on friday?",
            "your mailbox is full, click the link and confirm your password",
            "can you call me about the contract, I am at home",
            "URGENT: loan of 2,000 pounds, no questions, reply YES",
            "");

    /** A word and how much it adds to the probability of spam. */
    private record Moved(String word, double amount) {}

    private SpamExample() {}

    /** Runs; the first argument is the number of seconds to search, 25 by default. */
    public static void main(String[] arguments) {
        long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 25;
        run(Budget.ofSeconds(seconds), MadeMessages.of(1200, false, 1), MadeMessages.of(600, true, 2));
    }

    /** Searches and prints what came out. */
    static void run(Budget budget, Table train, Table test) {
        System.out.printf("%d messages, such as%n", train.rowCount());
        for (int row = 0; row < 4; row++) {
            System.out.printf(
                    "  %-5s %s%n", train.row(row).value("kind"), train.row(row).value("message"));
        }

        AutoModel model = AutoTuner.builder()
                .target("kind")
                .positive("spam")
                .metric(Metrics.f1()) // reads decisions, so that the threshold is chosen, too
                .budget(budget)
                .seed(1)
                .build()
                .fit(train);

        Evaluation evaluation = model.evaluate(test);
        System.out.printf(
                "%nOn %d messages that were kept apart, half of them about new matters (90 %% intervals):%n",
                test.rowCount());
        System.out.println("  area under the curve         " + evaluation.interval(Metrics.rocAuc()));
        System.out.println("  accuracy                     " + evaluation.interval(Metrics.accuracy()));
        System.out.println("  precision (caught is spam)   " + evaluation.interval(Metrics.precision()));
        System.out.println("  recall (spam is caught)      " + evaluation.interval(Metrics.recall()));
        System.out.printf("  decides for spam from a probability of %.2f on%n%n", model.decisionThreshold());

        for (String text : TYPED) {
            var prediction = model.predict(Row.of("message", text));
            System.out.printf("%-5s %5.1f %%  '%s'%n", prediction.label(), 100 * prediction.probability("spam"), text);
            String moved = moved(model, text).stream()
                    .map(one -> "%s %+.0f".formatted(one.word(), 100 * one.amount()))
                    .collect(Collectors.joining(", "));
            if (!moved.isEmpty()) {
                System.out.println("                what words added: " + moved);
            }
        }
    }

    /** The words that change most when each is left out, largest first. */
    private static List<Moved> moved(AutoModel model, String text) {
        double whole = spam(model, text);
        List<String> words = List.of(text.split(" "));
        List<Moved> moved = new ArrayList<>();
        for (int i = 0; i < words.size() && words.size() > 1; i++) {
            List<String> others = new ArrayList<>(words);
            others.remove(i);
            double amount = whole - spam(model, String.join(" ", others));
            if (Math.abs(amount) >= 0.005) {
                moved.add(new Moved(words.get(i).toLowerCase(Locale.ROOT), amount));
            }
        }
        moved.sort(Comparator.comparingDouble((Moved one) -> -Math.abs(one.amount())));
        return moved.subList(0, Math.min(MOST_WORDS, moved.size()));
    }

    private static double spam(AutoModel model, String text) {
        return model.predict(Row.of("message", text)).probability("spam");
    }
}
