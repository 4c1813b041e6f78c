package org.autotuner.examples;

import java.util.List;
import org.autotuner.AutoTuner;
import org.autotuner.FitJob;
import org.autotuner.budget.Budget;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.evaluate.Evaluation;
import org.autotuner.metric.Metrics;
import org.autotuner.model.AutoModel;

/**
 * Tells praise from complaint, on sentences that it makes: a linear model on the vectors of the encoder MiniLM as it is, and
 * the encoder fine-tuned.
 */
public final class SentimentExample {

    private static final List<String> TYPED = List.of(
            "What a delightful evening!",
            "The soup was cold and nobody said sorry.",
            "There was nothing dull about the show.",
            "The lobby looks fantastic, but the night was miserable.",
            "I had heard that it was lousy, and it was brilliant.",
            "");

    private SentimentExample() {}

    /** Runs; the arguments are the seconds of the two searches, 30 and 120 by default. */
    public static void main(String[] arguments) {
        long quick = arguments.length > 0 ? Long.parseLong(arguments[0]) : 30;
        long tuning = arguments.length > 1 ? Long.parseLong(arguments[1]) : 120;
        run(
                Budget.ofSeconds(quick),
                Budget.ofSeconds(tuning),
                MadeReviews.of(1000, false, 1),
                MadeReviews.of(500, true, 2));
    }

    /** Searches with both budgets and prints what they gave. */
    static void run(Budget quick, Budget tuning, Table train, Table test) {
        System.out.printf("%d sentences, such as%n", train.rowCount());
        for (int row = 0; row < 5; row++) {
            System.out.printf(
                    "  %-10s %s%n", train.row(row).value("mood"), train.row(row).value("sentence"));
        }

        AutoModel frozen = fit(train, quick, "linear-sentences");
        AutoModel tuned = fit(train, tuning, "transformer");

        System.out.printf(
                "%nOn %d sentences that were kept apart, some with words that training never showed:%n",
                test.rowCount());
        double before = print("a linear model on the encoder's vectors", frozen.evaluate(test));
        double after = print("the encoder fine-tuned", tuned.evaluate(test));
        System.out.printf("  fine-tuning changed the accuracy by %+.1f points.%n%n", 100 * (after - before));

        System.out.println("Probability of praise: as it is, and fine-tuned");
        for (String sentence : TYPED) {
            Row row = Row.of("sentence", sentence);
            System.out.printf(
                    "  %5.1f %%  %5.1f %%  '%s'%n",
                    100 * frozen.predict(row).probability("praise"),
                    100 * tuned.predict(row).probability("praise"),
                    sentence);
        }
    }

    private static AutoModel fit(Table train, Budget budget, String family) {
        System.out.printf("%nsearching with '%s' ...%n", family);
        FitJob job = AutoTuner.builder()
                .target("mood")
                .positive("praise")
                .metric(Metrics.logLoss())
                .families(family)
                .folds(2)
                .budget(budget)
                .seed(1)
                .build()
                .submit(train);
        AutoModel model = job.await();
        System.out.println(
                "  " + job.report().families().getOrDefault(family, "the time was up before a trial was over"));
        return model;
    }

    private static double print(String name, Evaluation evaluation) {
        System.out.printf("  %-42s accuracy %s%n", name, evaluation.interval(Metrics.accuracy()));
        return evaluation.interval(Metrics.accuracy()).value();
    }
}
