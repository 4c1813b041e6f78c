package org.autotuner.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autotuner.budget.Deadline;
import org.autotuner.bundle.Bundle;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.DateTimeColumn;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.autotuner.evaluate.Conformal;
import org.autotuner.evaluate.Leaderboard;
import org.autotuner.metric.Metrics;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.prepare.PrepareContext;
import org.autotuner.profile.Profile;
import org.autotuner.score.LinearScorer;
import org.autotuner.score.Link;
import org.autotuner.score.SampleScorers;
import org.autotuner.score.Scorer;
import org.autotuner.score.TreeEnsemble;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;

/** A model of every scorer over columns of every type, prepared for trees and for linear models. */
public final class TestModels {

    static final Task TASK = new BinaryTask("buys", "no", "yes");

    private static final List<String> PLANS = List.of("gold", "silver", "basic", "trial");
    private static final int TRAINING_ROWS = 400;

    private TestModels() {}

    public static AutoModel sample(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Table training = table(random, TRAINING_ROWS);
        FittedPreparation trees = prepare(PreparationPlan.forTrees().withTargetStatistics(true), training, seed);
        FittedPreparation scaled = prepare(PreparationPlan.forKernels(), training, seed);
        FittedPreparation linear = prepare(PreparationPlan.forLinear(), training, seed);
        AutoModelBuilder builder = AutoModel.builder(training.schema(), TASK, "log_loss");
        List<Leaderboard.Entry> entries = new ArrayList<>();
        List<Scorer> overTrees = SampleScorers.all(random, trees.features().size(), 1);
        List<Scorer> overScaled = SampleScorers.all(random, scaled.features().size(), 1);
        for (int i = 0; i < overScaled.size(); i++) {
            boolean isTree = overScaled.get(i) instanceof TreeEnsemble;
            Scorer scorer = isTree ? overTrees.get(i) : overScaled.get(i);
            double weight = 1 + random.nextInt(3);
            builder.member(scorer.type(), weight, isTree ? trees : scaled, scorer);
            entries.add(new Leaderboard.Entry(
                    scorer.type(), entries.size(), 0.7 - 0.01 * weight, 0.02, 0.5, 3, 2_000, weight / 20));
        }
        return builder.member("sparse", 2, linear, sparse(random, linear))
                .temperature(1.25)
                .threshold(0.4)
                .validationScore(0.31)
                .provenance(new Provenance("1", "abc", 7, Map.of("trees", "{\"rate\":0.1}"), Map.of("java", "17")))
                .conformal(Conformal.fit(Target.ofLabels(1, 0, 1, 0), Predictions.of(TASK, odds()), 0.75))
                .attach("profile", Profile.of(training, "buys", Deadline.never())::write)
                .attach("leaderboard", Leaderboard.of(Metrics.logLoss(), entries)::write)
                .build();
    }

    private static double[] odds() {
        return new double[] {0.75, 0.25, 0.5, 0.125};
    }

    private static Scorer sparse(SplittableRandom random, FittedPreparation preparation) {
        int width = preparation.features().size();
        return LinearScorer.of(
                width,
                preparation.sparseWidth(),
                new double[] {0.1},
                random.doubles(width + preparation.sparseWidth(), -0.5, 0.5).toArray(),
                Link.SIGMOID);
    }

    /** A plan fitted on a table with its target. */
    static FittedPreparation prepare(PreparationPlan plan, Table training, long seed) {
        return plan.fit(
                        training.without("buys"),
                        Tasks.encode(TASK, training),
                        Weights.none(),
                        new PrepareContext(TASK, seed, Deadline.never()))
                .preparation();
    }

    public static AutoModel read(byte[] file) {
        return ModelCodec.read(Bundle.fromBytes(file));
    }

    /** Rows with the target {@code buys}, missing cells and, in {@code plan}, a level that training rows hardly hold. */
    public static Table table(SplittableRandom random, int rows) {
        double[] age = new double[rows];
        double[] income = new double[rows];
        int[] plan = new int[rows];
        long[] joined = new long[rows];
        List<String> notes = new ArrayList<>();
        String[] buys = new String[rows];
        for (int i = 0; i < rows; i++) {
            age[i] = random.nextInt(8) == 0 ? Double.NaN : random.nextInt(18, 90);
            income[i] = random.nextInt(8) == 0 ? Double.NaN : random.nextInt(20_000, 90_000) / 3.0;
            plan[i] = random.nextInt(9) - 1;
            plan[i] = plan[i] > 2 ? plan[i] % 3 : plan[i];
            joined[i] = random.nextInt(8) == 0 ? DateTimeColumn.MISSING : random.nextLong(1_700_000_000_000L);
            notes.add(random.nextInt(8) == 0 ? null : "called " + random.nextInt(5) + " times, paid!");
            buys[i] = random.nextInt(100) < (plan[i] == 0 ? 70 : 30) ? "yes" : "no";
        }
        return Table.builder()
                .column("age", NumericColumn.of(age))
                .column("income", NumericColumn.of(income))
                .column("plan", CategoricalColumn.of(plan, PLANS))
                .column("joined", DateTimeColumn.of(joined))
                .column("note", TextColumn.of(notes))
                .column("buys", CategoricalColumn.ofValues(Arrays.asList(buys)))
                .build()
                .withRole("buys", org.autotuner.data.Role.TARGET);
    }
}
