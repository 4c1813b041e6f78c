package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.autotuner.budget.Deadline;
import org.autotuner.data.Table;
import org.autotuner.ensemble.Ensembler;
import org.autotuner.evaluate.Calibration;
import org.autotuner.metric.Metric;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;

/**
 * Replays cached fits with one ingredient taken away at a time: which trials would have been made within a budget, what would have
 * been chosen of them, and what that costs on the test rows. Ratios r as of {@link CompareBench}, means over seeds, then over
 * data sets, with a 90 % bootstrap interval over data sets.
 */
final class ReplayBench {

    private static final int KEPT = 25;
    private static final double LEAST_WEIGHT = 0.015;
    private static final double SEARCH_SHARE = 0.92;
    private static final int RESAMPLES = 10_000;
    private static final Set<String> OF_PROBABILITIES = Set.of("log_loss", "brier");

    private ReplayBench() {}

    static void run(List<String> arguments) throws IOException {
        Options options = new Options(arguments, Set.of("data", "cache", "budget-seconds"));
        Path data = Path.of(options.required("data"));
        double seconds = options.number("budget-seconds", 60);
        Map<String, Map<String, List<Double>>> logs = new LinkedHashMap<>(); // by ablation, then by data set
        for (Path file : files(Path.of(options.required("cache")))) {
            CachedTrials cached = CachedTrials.read(file);
            if (cached.trials().isEmpty()) {
                continue;
            }
            DatasetSpec spec = DatasetSpec.read(data, cached.dataset());
            Truth truth = Truth.of(spec, cached);
            double whole = truth.log(replay(cached, Ablation.NONE, seconds, truth));
            for (Ablation ablation : Ablation.all()) {
                double without = truth.log(replay(cached, ablation, seconds, truth));
                logs.computeIfAbsent(ablation.name(), name -> new LinkedHashMap<>())
                        .computeIfAbsent(cached.dataset(), name -> new ArrayList<>())
                        .add(without - whole);
            }
        }
        logs.forEach((name, byDataset) -> print(name, byDataset, seconds));
    }

    private static List<Path> files(Path cache) throws IOException {
        try (var files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(".trials"))
                    .sorted()
                    .toList();
        }
    }

    /** The truth of one data set, and the prior's error on its test rows. */
    private record Truth(Metric metric, Target training, Target test, double prior) {

        static Truth of(DatasetSpec spec, CachedTrials cached) {
            Table train = spec.train();
            Table test = spec.test(train);
            double prior = PriorError.of(
                    spec.metric(),
                    PredictionFile.texts(test, spec.target()),
                    PredictionFile.texts(train, spec.target()));
            return new Truth(
                    spec.metricObject(), Tasks.encode(cached.task(), train), Tasks.encode(cached.task(), test), prior);
        }

        double log(Predictions predictions) {
            return Math.log(metric.error(test, predictions, Weights.none()) + 0.01 * prior);
        }
    }

    /** What the model would have said of the test rows. */
    private static Predictions replay(CachedTrials cached, Ablation ablation, double seconds, Truth truth) {
        double left = SEARCH_SHARE * seconds * cached.threads();
        List<CachedTrials.Trial> made = new ArrayList<>();
        for (CachedTrials.Trial trial : cached.trials()) {
            if (ablation.isTried().test(trial) && (left > 0 || made.isEmpty())) {
                made.add(trial);
                left -= trial.seconds();
            }
        }
        if (made.isEmpty()) {
            return cached.trials().get(0).test();
        }
        List<CachedTrials.Trial> candidates = made.stream()
                .sorted(Comparator.comparingDouble(CachedTrials.Trial::error))
                .limit(KEPT)
                .toList();
        List<Predictions> outOfFold =
                candidates.stream().map(CachedTrials.Trial::outOfFold).toList();
        double[] weights = ablation.ensembler()
                .weights(new Ensembler.Choice(
                        outOfFold, truth.training(), Weights.none(), truth.metric(), cached.seed(), Deadline.never()));
        for (int i = 0; i < weights.length; i++) {
            weights[i] = weights[i] < LEAST_WEIGHT ? 0 : weights[i];
        }
        Predictions blended = mean(outOfFold, weights);
        if (candidates.get(0).error() <= truth.metric().error(truth.training(), blended, Weights.none())) {
            java.util.Arrays.fill(weights, 0);
            weights[0] = 1;
            blended = outOfFold.get(0);
        }
        Predictions test = mean(
                candidates.stream()
                        .map(trial -> ablation.isBagged() ? trial.test() : trial.testOfOne())
                        .toList(),
                weights);
        return ablation.isCalibrated() && OF_PROBABILITIES.contains(cached.metric())
                ? Calibration.fit(truth.training(), blended, Weights.none()).apply(test)
                : test;
    }

    private static Predictions mean(List<Predictions> all, double[] weights) {
        double[] sum = new double[all.get(0).toArray().length];
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                double[] one = all.get(i).toArray();
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += weights[i] * one[k];
                }
                total += weights[i];
            }
        }
        for (int k = 0; k < sum.length; k++) {
            sum[k] /= total;
        }
        return Predictions.of(all.get(0).task(), sum);
    }

    private static void print(String name, Map<String, List<Double>> byDataset, double seconds) {
        double[] means = byDataset.values().stream()
                .mapToDouble(logs -> Math.max(
                        Math.log(0.5),
                        Math.min(
                                Math.log(2),
                                logs.stream()
                                        .mapToDouble(Double::doubleValue)
                                        .average()
                                        .orElseThrow())))
                .toArray();
        MeanInterval interval = MeanInterval.of(means, RESAMPLES, new SplittableRandom(1));
        new ResultLine()
                .put("without", name)
                .put("budget_s", seconds)
                .put("datasets", means.length)
                .put("geometric_mean", Math.exp(interval.mean()))
                .put("low", Math.exp(interval.low()))
                .put("high", Math.exp(interval.high()))
                .print();
    }
}
