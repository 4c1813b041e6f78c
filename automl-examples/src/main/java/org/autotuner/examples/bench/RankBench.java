package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.recommend.RankingReport;
import org.autotuner.recommend.Recommender;
import org.autotuner.split.TrainTest;

/** Lists of items for users, against the most popular ones, on what each user had last. */
final class RankBench {

    private RankBench() {}

    static void run(List<String> arguments) throws IOException {
        Options options = new Options(arguments, Set.of("data", "dataset", "time", "share", "list", "budget-seconds"));
        DatasetSpec spec = DatasetSpec.read(Path.of(options.required("data")), options.required("dataset"));
        if (spec.raters().isEmpty()) {
            throw new Options.UsageException("'%s' names no users and items.".formatted(spec.name()));
        }
        String user = spec.raters().get(0);
        String item = spec.raters().get(1);
        Table all = spec.train();
        TrainTest parts = TrainTest.latestOfEach(
                all, user, options.text("time").orElse("timestamp"), options.number("share", 0.2));
        Budget budget = Budget.of(Duration.ofMillis(Math.round(1000 * options.number("budget-seconds", 60))));
        long start = System.nanoTime();
        Recommender recommender = Recommender.fit(parts.train(), user, item, budget);
        double seconds = (System.nanoTime() - start) * 1e-9;
        int length = options.whole("list", 10);
        RankingReport report = recommender.evaluate(parts.test(), user, item, length);
        RankingReport popular = recommender.evaluatePopular(parts.test(), user, item, length);
        new ResultLine()
                .put("dataset", spec.name())
                .put("users", report.users())
                .put("list", length)
                .put("ridge", recommender.ridge())
                .put("train_wall_s", seconds)
                .put("ndcg", report.ndcg())
                .put("recall", report.recall())
                .put("hit_rate", report.hitRate())
                .put("popular_ndcg", popular.ndcg())
                .put("popular_recall", popular.recall())
                .put("popular_hit_rate", popular.hitRate())
                .print();
    }
}
