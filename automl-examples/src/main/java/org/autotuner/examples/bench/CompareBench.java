package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.autotuner.evaluate.Comparison;
import org.autotuner.examples.bench.search.Median;

/**
 * Compares the errors of two result files. Per data set r = (e + 0.01 e0) / (e' + 0.01 e0) with e0 the prior's error on
 * the test rows, so that one swapped pair among near-perfect results does not decide; over seeds the logs are averaged,
 * then clipped to 0.5..2. Significance: paired bootstrap where both predictions are at hand, else whether the peer's
 * value lies outside the bootstrap interval of ours; Holm's correction over the data sets.
 */
final class CompareBench {

    private static final int RESAMPLES = 9999;

    /** One data set's comparison; the p-value is NaN where no predictions are at hand. */
    private record Ratio(String dataset, String metric, double ours, double peer, double ratio, double pValue) {}

    private CompareBench() {}

    static void run(List<String> arguments) throws IOException {
        Options options = new Options(arguments, Set.of("data", "predictions", "column", "seed"));
        if (options.plain().size() != 2) {
            throw new Options.UsageException("compare needs two files: ours and the peer's.");
        }
        String column = options.text("column").orElse("value");
        Results ours = Results.read(Path.of(options.plain().get(0)), column);
        Results peer = Results.read(Path.of(options.plain().get(1)), column);
        Path data = Path.of(options.required("data"));
        List<Path> predictions =
                options.list("predictions").stream().map(Path::of).toList();
        List<Ratio> ratios = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String dataset : ours.values().keySet()) {
            if (peer.values().containsKey(dataset)) {
                ratios.add(compare(
                        DatasetSpec.read(data, dataset),
                        ours.values().get(dataset),
                        peer.values().get(dataset),
                        predictions,
                        options.whole("seed", 1)));
            } else {
                missing.add(dataset);
            }
        }
        if (ratios.isEmpty()) {
            throw new Options.UsageException("The two files have no data set in common.");
        }
        print(ratios, missing);
    }

    private static Ratio compare(
            DatasetSpec spec, List<Double> ours, List<Double> peer, List<Path> folders, long seed) {
        String[] truth = truth(spec);
        double prior = PriorError.of(spec.metric(), truth, labels(spec, "train"));
        double log = meanLog(spec, ours, prior) - meanLog(spec, peer, prior);
        double ratio = Math.exp(Math.max(Math.log(0.5), Math.min(Math.log(2), log)));
        return new Ratio(
                spec.name(),
                spec.metric(),
                mean(ours),
                mean(peer),
                ratio,
                pValue(spec, truth, mean(peer), folders, seed));
    }

    private static double meanLog(DatasetSpec spec, List<Double> values, double prior) {
        return values.stream()
                .mapToDouble(value -> Math.log(TestScore.errorOf(spec.metric(), value) + 0.01 * prior))
                .average()
                .orElseThrow();
    }

    /** Two-sided p-value of the difference of errors, from resampled test rows. */
    private static double pValue(DatasetSpec spec, String[] truth, double peerValue, List<Path> folders, long seed) {
        List<TestScore> scores = new ArrayList<>();
        for (Path folder : folders) {
            Path file = folder.resolve(spec.name() + ".csv");
            if (Files.exists(file)) {
                scores.add(TestScore.of(
                        spec.metric(),
                        truth,
                        PredictionFile.read(file),
                        spec.positive().orElse("")));
            } else if (scores.isEmpty()) {
                return Double.NaN;
            }
        }
        if (scores.isEmpty()) {
            return Double.NaN;
        }
        double fixed = TestScore.errorOf(spec.metric(), peerValue);
        return RowBootstrap.pValue(
                truth.length,
                RESAMPLES,
                seed,
                counts -> scores.get(0).error(counts)
                        - (scores.size() > 1 ? scores.get(1).error(counts) : fixed));
    }

    private static void print(List<Ratio> ratios, List<String> missing) {
        List<Ratio> tested =
                ratios.stream().filter(ratio -> !Double.isNaN(ratio.pValue())).toList();
        double[] adjusted =
                Comparison.holm(tested.stream().mapToDouble(Ratio::pValue).toArray());
        List<String> worse = new ArrayList<>();
        List<String> better = new ArrayList<>();
        for (Ratio ratio : ratios) {
            int place = tested.indexOf(ratio);
            double p = place < 0 ? Double.NaN : adjusted[place];
            String verdict = place < 0 ? "not tested" : p > 0.05 ? "even" : ratio.ratio() > 1 ? "worse" : "better";
            if (verdict.equals("worse")) {
                worse.add(ratio.dataset());
            } else if (verdict.equals("better")) {
                better.add(ratio.dataset());
            }
            new ResultLine()
                    .put("dataset", ratio.dataset())
                    .put("metric", ratio.metric())
                    .put("value", ratio.ours())
                    .put("peer", ratio.peer())
                    .put("r", ratio.ratio())
                    .put("p", ratio.pValue())
                    .put("p_holm", p)
                    .put("verdict", verdict)
                    .print();
        }
        List<Double> all = ratios.stream().map(Ratio::ratio).toList();
        MeanInterval logs =
                MeanInterval.of(all.stream().mapToDouble(Math::log).toArray(), RESAMPLES, new SplittableRandom(1));
        new ResultLine()
                .put("datasets", all.size())
                .put("geometric_mean", Math.exp(logs.mean()))
                .put("geometric_mean_low", Math.exp(logs.low()))
                .put("geometric_mean_high", Math.exp(logs.high()))
                .put("median", Median.of(all))
                .put("better", all.stream().filter(r -> r < 1).count())
                .put("significantly_worse", String.join(",", worse))
                .put("significantly_better", String.join(",", better))
                .put("without_peer", String.join(",", missing))
                .print();
    }

    private static String[] truth(DatasetSpec spec) {
        return labels(spec, "test");
    }

    private static String[] labels(DatasetSpec spec, String part) {
        return PredictionFile.texts(spec.part(part), spec.target());
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElseThrow();
    }
}
