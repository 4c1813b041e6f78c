package org.autotuner.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.autotuner.AutoTuner;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Deadline;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.evaluate.Evaluation;
import org.autotuner.explain.LocalExplanation;
import org.autotuner.explain.PermutationImportance;
import org.autotuner.listen.ProgressListener;
import org.autotuner.metric.Metrics;
import org.autotuner.model.AutoModel;
import org.autotuner.predict.Prediction;
import org.autotuner.predict.Predictions;
import org.autotuner.profile.Profile;
import org.autotuner.profile.ProfileWarning;
import org.autotuner.split.TrainTest;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;

/** The whole way on one small table: will a borrower pay back? Argument: seconds to search, 20 by default. */
public final class QuickStart {

    private QuickStart() {}

    /** Runs the program. */
    public static void main(String[] arguments) throws IOException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        TrainTest data = TrainTest.stratified(GermanCredit.read(), GermanCredit.TARGET, 0.25, 7);

        heading("1. The data (Statlog German credit, Hofmann 1994, CC BY 4.0)");
        Profile profile = Profile.of(data.train(), GermanCredit.TARGET, Deadline.never());
        System.out.printf(
                "%d rows to learn from, %d to check with%n",
                data.train().rowCount(), data.test().rowCount());
        if (profile.warnings().isEmpty()) {
            System.out.println("no warnings");
        }
        for (ProfileWarning warning : profile.warnings()) {
            System.out.println("- " + warning);
        }

        heading("2. Search for %d seconds".formatted(seconds));
        AutoModel model = AutoTuner.builder()
                .target(GermanCredit.TARGET)
                .positive("bad")
                .ignore("loan") // as the profile advises
                .metric(Metrics.rocAuc())
                .budget(Budget.ofSeconds(seconds))
                .listener(ProgressListener.to(System.out))
                .seed(7)
                .build()
                .fit(data.train());

        heading("3. Leaderboard");
        System.out.println(model.leaderboard());

        heading("4. On the rows that were kept apart (90 % intervals)");
        Evaluation evaluation = model.evaluate(data.test());
        System.out.println(evaluation.report());

        heading("5. What matters overall");
        Table test = data.test();
        System.out.println(PermutationImportance.of(
                (Table rows) -> model.predict(rows),
                test.without(GermanCredit.TARGET),
                Tasks.encode(model.task(), test),
                Weights.none(),
                Metrics.rocAuc(),
                5,
                7,
                Deadline.never()));

        heading("6. One decision explained");
        System.out.println(LocalExplanation.of(
                (Table rows) -> model.predict(rows),
                test.without(GermanCredit.TARGET),
                0,
                data.train().without(GermanCredit.TARGET),
                0,
                50,
                7,
                Deadline.never()));

        heading("7. Save, load, predict");
        saveAndLoad(model, test);
    }

    private static void saveAndLoad(AutoModel model, Table test) throws IOException {
        Path file = Files.createTempDirectory("autotuner-quickstart").resolve("credit.automl");
        model.save(file);
        AutoModel again = AutoModel.load(file);
        System.out.printf("%s, %,d bytes%n", file, Files.size(file));
        Row applicant = Row.of(
                "checking_status",
                "<0",
                "duration",
                36,
                "purpose",
                "radio/tv",
                "credit_amount",
                5_000,
                "savings_status",
                "<100",
                "age",
                28);
        Prediction prediction = again.predict(applicant);
        System.out.printf(
                "an applicant of whom six of twenty answers are known: %s, probability of bad %.2f%n",
                prediction.label(), prediction.probability("bad"));
        Predictions before = model.predict(test);
        Predictions after = again.predict(test);
        for (int row = 0; row < before.size(); row++) {
            if (before.probability(row, 1) != after.probability(row, 1)) {
                throw new IllegalStateException("Row %d: the loaded model differs from the saved one.".formatted(row));
            }
        }
        System.out.printf("the loaded model agrees with the saved one on all %d rows%n", before.size());
    }

    private static void heading(String text) {
        System.out.printf("%n== %s%n", text);
    }
}
