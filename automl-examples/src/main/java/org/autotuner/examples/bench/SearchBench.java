package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.autotuner.error.OptionException;
import org.autotuner.examples.bench.search.BenchObjective;
import org.autotuner.examples.bench.search.ObjectiveFile;
import org.autotuner.examples.bench.search.Overhead;
import org.autotuner.examples.bench.search.Peers;
import org.autotuner.examples.bench.search.Reached;
import org.autotuner.examples.bench.search.SearchRun;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.Optimizers;
import org.autotuner.optimize.RandomOptimizer;

/** What an optimizer reaches on test objectives, compared with random search and another library's default. */
final class SearchBench {

    private static final double ALLOWED_ERROR = 1e-9;
    private static final String RIVAL = "optuna50_tpe";

    private final Optimizer optimizer;
    private final List<BenchObjective> objectives;
    private final Optional<Peers> peers;
    private final List<Long> seeds;
    private final int trials;
    private final int parallel;

    private SearchBench(Options options) throws IOException {
        optimizer = optimizer(options);
        Path folder = Path.of(options.required("objectives"));
        List<BenchObjective> found = objectives(folder, options);
        objectives = options.flag("failing")
                ? found.stream().map(BenchObjective::failing).toList()
                : found;
        peers = Peers.read(folder);
        seeds = seeds(options.text("seeds").orElse("0-19"));
        trials = positive(options, "trials", 200);
        parallel = positive(options, "parallel", 1);
    }

    static void run(List<String> arguments) throws IOException {
        Options options = new Options(
                arguments,
                Set.of("objectives", "optimizer", "trials", "seeds", "only", "parallel", "threads"),
                Set.of("check", "overhead", "recommend", "failing"));
        if (options.flag("check")) {
            check(objectives(Path.of(options.required("objectives")), options));
        } else if (options.flag("overhead")) {
            overhead(optimizer(options), positive(options, "trials", 1000));
        } else if (options.flag("recommend")) {
            recommend(options);
        } else {
            new SearchBench(options).compare(positive(options, "threads", 2));
        }
    }

    private static void check(List<BenchObjective> objectives) {
        List<String> wrong = new ArrayList<>();
        for (BenchObjective objective : objectives) {
            try (objective) {
                double error = objective.checkError();
                if (!(error <= ALLOWED_ERROR)) {
                    wrong.add(objective.name());
                }
                new ResultLine()
                        .put("objective", objective.name())
                        .put("checks", objective.checks().size())
                        .put("max_relative_error", error)
                        .print();
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(
                    "Not within %s of their checks: %s.".formatted(ALLOWED_ERROR, String.join(", ", wrong)));
        }
    }

    private static void overhead(Optimizer optimizer, int trials) {
        new ResultLine()
                .put("optimizer", optimizer.name())
                .put("trials", trials)
                .put("cpu_ms_per_trial", Overhead.millisPerTrial(optimizer, trials))
                .print();
    }

    private static void recommend(Options options) throws IOException {
        List<BenchObjective> objectives = objectives(Path.of(options.required("objectives")), options);
        new RecommendBench(
                        optimizer(options),
                        seeds(options.text("seeds").orElse("0-19")),
                        positive(options, "trials", 200))
                .compare(
                        options.flag("only")
                                ? objectives
                                : objectives.stream()
                                        .filter(objective -> objective.noise() > 0)
                                        .toList(),
                        positive(options, "threads", 2));
    }

    /** Runs that were begun; those of random search only where the peers' file lacks it. */
    private record Begun(BenchObjective objective, List<Future<SearchRun>> runs, List<Future<SearchRun>> random) {}

    private void compare(int threads) {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Begun> begun = new ArrayList<>();
            for (BenchObjective objective : objectives) {
                boolean isKnown = budgets().stream()
                        .noneMatch(budget -> peer(objective, "random", budget).isEmpty());
                begun.add(new Begun(
                        objective,
                        submit(workers, objective, optimizer),
                        isKnown ? List.of() : submit(workers, objective, new RandomOptimizer())));
            }
            List<Reached> reached = new ArrayList<>();
            for (Begun one : begun) {
                List<SearchRun> runs = printed(one.objective(), one.runs());
                List<SearchRun> random =
                        one.random().stream().map(SearchBench::result).toList();
                one.objective().close();
                budgets().forEach(budget -> reached.add(reached(one.objective(), budget, runs, random)));
            }
            new ResultLine().put("summary", summary(reached)).print();
        } finally {
            workers.shutdownNow();
            objectives.forEach(BenchObjective::close);
        }
    }

    private List<Future<SearchRun>> submit(ExecutorService workers, BenchObjective objective, Optimizer proposing) {
        List<Future<SearchRun>> futures = new ArrayList<>();
        for (long seed : seeds) {
            futures.add(workers.submit(() -> SearchRun.of(objective, proposing, seed, trials, parallel)));
        }
        return futures;
    }

    private List<SearchRun> printed(BenchObjective objective, List<Future<SearchRun>> futures) {
        List<SearchRun> runs = new ArrayList<>();
        for (Future<SearchRun> future : futures) {
            SearchRun run = result(future);
            runs.add(run);
            ResultLine regret = new ResultLine();
            run.regret().forEach((budget, value) -> regret.put(String.valueOf(budget), value));
            new ResultLine()
                    .put("objective", objective.name())
                    .put("optimizer", optimizer.name())
                    .put("seed", run.seed())
                    .put("regret", regret)
                    .put("cpu_ms_per_trial", run.cpuMillis())
                    .print();
        }
        if (objective.space().cardinality() > 0) {
            System.err.printf(
                    "%s: %d duplicates in %d runs of a space of %d configurations%n",
                    objective.name(),
                    runs.stream().mapToInt(SearchRun::duplicates).sum(),
                    runs.size(),
                    objective.space().cardinality());
        }
        return runs;
    }

    private Reached reached(BenchObjective objective, int budget, List<SearchRun> runs, List<SearchRun> random) {
        List<Double> known = peer(objective, "random", budget);
        Reached reached = new Reached(
                objective.name(),
                budget,
                regrets(runs, budget),
                known.isEmpty() ? regrets(random, budget) : known,
                peer(objective, RIVAL, budget));
        System.err.println(reached);
        return reached;
    }

    private ResultLine summary(List<Reached> reached) {
        ResultLine nr = new ResultLine();
        ResultLine win = new ResultLine();
        for (int budget : budgets()) {
            List<Reached> then =
                    reached.stream().filter(one -> one.budget() == budget).toList();
            nr.put(String.valueOf(budget), mean(then.stream().map(Reached::normalised)));
            if (then.stream().anyMatch(one -> one.win().isPresent())) {
                win.put(String.valueOf(budget), mean(then.stream().flatMap(one -> one.win().stream())));
            }
        }
        ResultLine summary = new ResultLine().put("optimizer", optimizer.name()).put("nr", nr);
        return peers.isPresent() ? summary.put("win", win) : summary;
    }

    private List<Integer> budgets() {
        return SearchRun.BUDGETS.stream().filter(budget -> budget <= trials).toList();
    }

    private List<Double> peer(BenchObjective objective, String sampler, int budget) {
        return peers.map(known -> known.regrets(objective.name(), sampler, budget))
                .orElse(List.of());
    }

    private static List<Double> regrets(List<SearchRun> runs, int budget) {
        return runs.stream().map(run -> run.regretAfter(budget)).toList();
    }

    private static double mean(Stream<Double> values) {
        return values.mapToDouble(value -> value).average().orElse(Double.NaN);
    }

    /** What a run came to; its error, if it failed. */
    static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }

    private static Optimizer optimizer(Options options) {
        try {
            return Optimizers.byName(options.required("optimizer"));
        } catch (OptionException e) {
            throw new Options.UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static List<BenchObjective> objectives(Path folder, Options options) throws IOException {
        try {
            return ObjectiveFile.read(folder, options.list("only"));
        } catch (IllegalArgumentException e) {
            throw new Options.UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** Numbers and ranges, such as {@code 0-19} or {@code 1,4,7-9}. */
    static List<Long> seeds(String text) {
        List<Long> seeds = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            try {
                long first = Long.parseLong(ends[0]);
                long last = Long.parseLong(ends[ends.length - 1]);
                if (ends.length > 2 || last < first) {
                    throw new NumberFormatException(part);
                }
                for (long seed = first; seed <= last; seed++) {
                    seeds.add(seed);
                }
            } catch (NumberFormatException e) {
                throw new Options.UsageException(
                        "Option --seeds needs numbers and ranges such as 0-19, but has '%s'.".formatted(part));
            }
        }
        return seeds;
    }

    private static int positive(Options options, String name, int otherwise) {
        int value = options.whole(name, otherwise);
        if (value < 1) {
            throw new Options.UsageException("Option --%s must be at least 1, but is %d.".formatted(name, value));
        }
        return value;
    }
}
