package org.autotuner.examples.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.autotuner.examples.bench.search.BenchObjective;
import org.autotuner.examples.bench.search.Median;
import org.autotuner.examples.bench.search.RecommendedRun;
import org.autotuner.examples.bench.search.RecommendedRun.Regrets;
import org.autotuner.examples.bench.search.SearchRun;
import org.autotuner.optimize.Optimizer;

/**
 * How often the recommended configuration is truly better than the one observed as best: a line per objective and budget,
 * over the seeds.
 */
final class RecommendBench {

    private final Optimizer optimizer;
    private final List<Long> seeds;
    private final List<Integer> budgets;

    RecommendBench(Optimizer optimizer, List<Long> seeds, int trials) {
        this.optimizer = optimizer;
        this.seeds = seeds;
        this.budgets = Stream.concat(SearchRun.BUDGETS.stream(), Stream.of(trials))
                .filter(budget -> budget <= trials)
                .distinct()
                .toList();
    }

    void compare(List<BenchObjective> objectives, int threads) {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            Map<BenchObjective, List<Future<Map<Integer, Regrets>>>> begun = new LinkedHashMap<>();
            for (BenchObjective objective : objectives) {
                List<Future<Map<Integer, Regrets>>> runs = new ArrayList<>();
                for (long seed : seeds) {
                    runs.add(workers.submit(() -> RecommendedRun.of(objective, optimizer, seed, budgets)));
                }
                begun.put(objective, runs);
            }
            begun.forEach((objective, runs) -> {
                List<Map<Integer, Regrets>> results =
                        runs.stream().map(SearchBench::result).toList();
                objective.close();
                for (int budget : budgets) {
                    print(
                            objective.name(),
                            budget,
                            results.stream().map(result -> result.get(budget)).toList());
                }
            });
        } finally {
            workers.shutdownNow();
            objectives.forEach(BenchObjective::close);
        }
    }

    private void print(String objective, int budget, List<Regrets> regrets) {
        new ResultLine()
                .put("objective", objective)
                .put("optimizer", optimizer.name())
                .put("trials", budget)
                .put("seeds", regrets.size())
                .put("better", count(regrets, -1))
                .put("equal", count(regrets, 0))
                .put("worse", count(regrets, 1))
                .put("observed_median", median(regrets, Regrets::observed))
                .put("recommended_median", median(regrets, Regrets::recommended))
                .print();
    }

    private static long count(List<Regrets> regrets, int sign) {
        return regrets.stream()
                .filter(one -> Math.signum(Double.compare(one.recommended(), one.observed())) == sign)
                .count();
    }

    private static double median(List<Regrets> regrets, ToDoubleFunction<Regrets> which) {
        return Median.of(regrets.stream().mapToDouble(which).boxed().toList());
    }
}
