package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.autotuner.ObjectiveSearch;
import org.autotuner.StudyResult;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Deadline;
import org.autotuner.data.Table;
import org.autotuner.execute.FoldCache;
import org.autotuner.execute.FoldOutcome;
import org.autotuner.execute.FoldTask;
import org.autotuner.execute.StudyData;
import org.autotuner.execute.TrialRunner;
import org.autotuner.listen.LoggingListener;
import org.autotuner.model.ModelFamily;
import org.autotuner.models.boost.LightGbmFamily;
import org.autotuner.optimize.Optimizers;
import org.autotuner.prune.DelayedAshaPruner;
import org.autotuner.prune.PercentilePruner;
import org.autotuner.prune.Pruner;
import org.autotuner.prune.Pruners;
import org.autotuner.prune.RacingPruner;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.split.Splits;
import org.autotuner.study.RunningTrial;
import org.autotuner.study.TargetReached;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;

/**
 * Cross-validated tuning of LightGBM with and without a pruner, in one process: the CPU seconds until the study with the
 * pruner is as good as the one without it was at its end. Every fold is reported; the learning rate is fixed, as a budget
 * would fix it, so that trials cost about the same.
 */
final class PruneBench {

    private static final Parameter<Double> LEARNING_RATE =
            Parameter.reals("learning_rate", 0.005, 0.3).log();
    private static final String LEAVES = "num_leaves";
    private static final OrdinalParameter<String> ENCODING =
            Parameter.ordinal("encoding", "codes", "statistics", "pairs");
    private static final int USUAL_FOLDS = 5;
    /** Attribute of a trial: the errors of its folds so far, added up. */
    private static final String SUM = "sum";

    /** Options that one pruner has, by their names. */
    private static final Map<String, String> OWN_OPTIONS =
            Map.of("percent", "percentile", "startup", "percentile", "deviations", "racing");

    private static final long CACHE_BYTES = 1L << 30;
    /** The study with the pruner may try so many times as many configurations. */
    private static final int MORE = 4;

    private final DatasetSpec spec;
    private final StudyData data;
    private final TrialRunner runner;
    private final SearchSpace space;
    private final int threads;
    private final long seed;
    private final int folds;
    private final UnaryOperator<Configuration> held;

    private PruneBench(
            DatasetSpec spec,
            long seed,
            int folds,
            int threads,
            double rate,
            int leaves,
            int rounds,
            Optional<String> encoding) {
        this.folds = folds;
        this.held = configuration -> {
            Configuration paced = configuration.with(LEARNING_RATE, rate);
            return encoding.isEmpty() ? paced : paced.with(ENCODING, encoding.get());
        };
        this.spec = spec;
        this.threads = threads;
        this.seed = seed;
        Table table = spec.train();
        Task task = Tasks.classification(table, spec.target());
        Target target = Tasks.encode(task, table);
        Table features = table.without(spec.target());
        data = new StudyData(
                features,
                task,
                target,
                Tasks.weights(table),
                spec.metricObject(),
                Splits.stratifiedKFold(folds).split(table, task, target, seed),
                seed);
        ModelFamily booster = PacedFamily.atMost(rounds, new LightGbmFamily());
        runner = new TrialRunner(data, new FoldCache(data, CACHE_BYTES), Map.of(booster.id(), booster));
        List<Parameter<?>> tuned = new ArrayList<>(booster.space(data.shape()).parameters());
        tuned.removeIf(parameter -> parameter.name().equals(LEARNING_RATE.name())
                || (encoding.isPresent() && parameter.name().equals(ENCODING.name())));
        tuned.replaceAll(parameter -> parameter.name().equals(LEAVES) ? leaves(leaves) : parameter);
        space = SearchSpace.of(tuned);
    }

    static void run(List<String> arguments) throws IOException {
        Options options = new Options(
                arguments,
                Set.of(
                        "data",
                        "dataset",
                        "pruner",
                        "percent",
                        "startup",
                        "deviations",
                        "folds",
                        "optimizer",
                        "trials",
                        "seeds",
                        "threads",
                        "rate",
                        "leaves",
                        "rounds",
                        "encoding"));
        DatasetSpec spec = DatasetSpec.read(Path.of(options.required("data")), options.required("dataset"));
        Pruner pruner = pruner(options).forRunningMeans();
        String optimizer = options.text("optimizer").orElse("auto");
        int trials = options.whole("trials", 20);
        for (long seed : SearchBench.seeds(options.text("seeds").orElse("0-2"))) {
            new PruneBench(
                            spec,
                            seed,
                            folds(options),
                            options.whole("threads", 2),
                            options.number("rate", 0.2),
                            options.whole("leaves", 256),
                            options.whole("rounds", 10_000),
                            options.text("encoding"))
                    .compare(optimizer, pruner, trials);
        }
    }

    private static int folds(Options options) {
        return options.whole("folds", USUAL_FOLDS);
    }

    private static Pruner pruner(Options options) {
        Pruner pruner = Pruners.byName(options.text("pruner").orElse("racing"));
        OWN_OPTIONS.forEach((name, owner) -> {
            if (!owner.equals(pruner.name()) && options.text(name).isPresent()) {
                throw new Options.UsageException(
                        "Only the pruner %s has --%s, not '%s'. Leave it out.".formatted(owner, name, pruner.name()));
            }
        });
        if (pruner instanceof PercentilePruner usual) {
            return new PercentilePruner(
                    options.number("percent", usual.percent()), options.whole("startup", usual.startupTrials()), 0);
        }
        if (pruner instanceof RacingPruner usual) {
            return new RacingPruner(options.number("deviations", usual.deviations()));
        }
        // As many as there are folds: what is compared are first folds, and one trial of so many is completed.
        return pruner instanceof DelayedAshaPruner ? new DelayedAshaPruner(folds(options), 1) : pruner;
    }

    private static IntParameter leaves(int most) {
        return Parameter.ints(LEAVES, 2, most).log().withDefault(Math.min(31, most));
    }

    private void compare(String optimizer, Pruner pruner, int trials) {
        double begin = ProcessFigures.cpuSeconds();
        StudyResult whole = search(optimizer).budget(Budget.ofTrials(trials)).run(this::error);
        double middle = ProcessFigures.cpuSeconds();
        progress("without a pruner", whole, middle - begin);
        StudyResult pruned = search(optimizer)
                .budget(Budget.ofTrials(MORE * trials))
                .pruner(pruner)
                .stopWhen(new TargetReached(whole.value()))
                .run(this::error);
        double end = ProcessFigures.cpuSeconds();
        progress("with " + pruner.name(), pruned, end - middle);
        new ResultLine()
                .put("dataset", spec.name())
                .put("optimizer", optimizer)
                .put("pruner", pruner.name())
                .put("seed", seed)
                .put("folds", folds)
                .put("trials", trials)
                .put("value", whole.value())
                .put("cpu_s", middle - begin)
                .put("pruned_trials", pruned.trials().size())
                .put("pruned_value", pruned.value())
                .put("pruned_cpu_s", end - middle)
                .put("ratio", (end - middle) / (middle - begin))
                .put("reached", pruned.value() <= whole.value())
                .print();
    }

    /** A line per study, since one may take many minutes. */
    private void progress(String how, StudyResult study, double cpuSeconds) {
        System.err.printf(
                "%s, seed %d, %s: %d trials in %.1f CPU s, error %.6g%n",
                spec.name(), seed, how, study.trials().size(), cpuSeconds, study.value());
    }

    private ObjectiveSearch search(String optimizer) {
        return ObjectiveSearch.minimize(space)
                .listener(new LoggingListener()) // heard with BENCH_LOG=debug
                .optimizer(Optimizers.byName(optimizer))
                .seed(seed)
                .threads(threads);
    }

    /** The mean error of the folds; all of them, or those up to where the trial is stopped. */
    private double error(RunningTrial trial) {
        int done = trial.resumedFromStep().orElse(0);
        double sum = done == 0 ? 0 : Double.parseDouble(trial.attribute(SUM).orElseThrow());
        for (int fold = done; fold < folds; fold++) {
            sum += foldError(fold, trial.configuration());
            trial.setAttribute(SUM, String.valueOf(sum));
            trial.report(fold + 1, sum / (fold + 1));
            if (fold + 1 < folds && trial.shouldStop()) {
                return sum / (fold + 1);
            }
        }
        return sum / folds;
    }

    /** One fold; all trials draw the same random numbers on it, as with a booster whose random state is held. */
    private double foldError(int fold, Configuration configuration) {
        FoldTask task = new FoldTask(
                0,
                fold,
                "lightgbm",
                held.apply(configuration),
                false,
                Double.POSITIVE_INFINITY,
                Double.POSITIVE_INFINITY);
        FoldOutcome outcome = runner.run(task, Deadline.never());
        if (outcome instanceof FoldOutcome.Fitted fitted) {
            return fitted.error();
        }
        throw new IllegalStateException("A fold could not be fitted: %s".formatted(outcome));
    }
}
