package org.autotuner.examples.bench;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.autotuner.AutoTuner;
import org.autotuner.FitJob;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.model.AutoModel;
import org.autotuner.plan.FitReport;

/** How often the 90 % interval of the score that a fit promises holds the score on many fresh rows, over made tables. */
final class HonestBench {

    private static final int TEST_ROWS = 20_000;
    private static final int COLUMNS = 8;

    /** A made problem. */
    private record Made(String name, int rows, int labels, double noise) {

        Table table(int size, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            double[][] cells = new double[COLUMNS][size];
            String[] kind = new String[size];
            double[] value = new double[size];
            for (int row = 0; row < size; row++) {
                for (double[] cell : cells) {
                    cell[row] = random.nextGaussian();
                }
                int level = random.nextInt(6);
                kind[row] = "level" + level;
                value[row] = cells[0][row]
                        + cells[1][row] * cells[2][row]
                        + Math.sin(2 * cells[3][row])
                        + (level % 3 - 1)
                        + noise * random.nextGaussian();
            }
            Table.Builder builder = Table.builder();
            for (int column = 0; column < COLUMNS; column++) {
                builder.numeric("x" + column, cells[column]);
            }
            builder.categorical("kind", kind);
            return labels == 0
                    ? builder.numeric("y", value).build()
                    : builder.categorical("y", labels(value)).build();
        }

        private String[] labels(double[] value) {
            String[] names = new String[value.length];
            for (int row = 0; row < names.length; row++) {
                int label = (int) Math.floor(labels / (1 + Math.exp(-value[row])));
                names[row] = "label" + Math.min(labels - 1, label);
            }
            return names;
        }

        Metric metric() {
            return labels == 0 ? Metrics.rmse() : labels == 2 ? Metrics.rocAuc() : Metrics.logLoss();
        }
    }

    private static final List<Made> PROBLEMS = List.of(
            new Made("binary-300", 300, 2, 1),
            new Made("binary-1000", 1_000, 2, 2),
            new Made("binary-3000", 3_000, 2, 0.5),
            new Made("binary-12000", 12_000, 2, 1),
            new Made("multiclass-500", 500, 4, 1),
            new Made("multiclass-2000", 2_000, 3, 2),
            new Made("multiclass-6000", 6_000, 5, 0.5),
            new Made("regression-300", 300, 0, 1),
            new Made("regression-1500", 1_500, 0, 2),
            new Made("regression-15000", 15_000, 0, 0.5));

    private HonestBench() {}

    static void run(List<String> arguments) {
        Options options = new Options(arguments, Set.of("splits", "budget-seconds", "threads"));
        int splits = options.whole("splits", 20);
        Budget budget = Budget.of(Duration.ofMillis(Math.round(1000 * options.number("budget-seconds", 5))))
                .withThreads(options.whole("threads", 2));
        int all = 0;
        int held = 0;
        for (Made made : PROBLEMS) {
            Table test = made.table(TEST_ROWS, 1_000_003);
            int own = 0;
            double beyond = 0;
            for (int split = 1; split <= splits; split++) {
                AutoTuner.Builder builder = AutoTuner.builder()
                        .target("y")
                        .metric(made.metric())
                        .budget(budget)
                        .seed(split);
                FitJob job = (made.labels() == 0 ? builder.regression() : builder.classification())
                        .build()
                        .submit(made.table(made.rows(), split));
                AutoModel model = job.await();
                FitReport.Validation promised = job.report().validation();
                double score = Scores.of(model, test, made.metric());
                own += score >= promised.low() && score <= promised.high() ? 1 : 0;
                beyond += (score - promised.value()) / splits;
            }
            new ResultLine()
                    .put("problem", made.name())
                    .put("fits", splits)
                    .put("held", own)
                    .put("mean_difference", beyond)
                    .print();
            held += own;
            all += splits;
        }
        new ResultLine()
                .put("fits", all)
                .put("held", held)
                .put("share", (double) held / all)
                .print();
    }
}
