package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.evaluate.Interval;
import org.autotuner.model.AutoModel;

/** How often the truth of a test row lies in the interval, or among the labels, that a model promises it to be in. */
final class ConformalBench {

    private ConformalBench() {}

    static void run(List<String> arguments) throws IOException {
        Options options = new Options(
                arguments, Set.of("data", "dataset", "coverage", "budget-seconds", "trials", "threads", "seed"));
        DatasetSpec spec = DatasetSpec.read(Path.of(options.required("data")), options.required("dataset"));
        double coverage = options.number("coverage", 0.9);
        Table train = spec.train();
        AutoModel model = TabularBench.tuner(spec, options, options.whole("threads", 2), options.whole("seed", 1))
                .fit(train);
        Table test = spec.test(train);
        Table features = test.without(spec.target());
        String[] truth = PredictionFile.texts(test, spec.target());
        int covered = 0;
        double size = 0;
        for (int row = 0; row < truth.length; row++) {
            Row one = features.row(row);
            if (spec.isClassification()) {
                List<String> labels = model.labels(one, coverage);
                covered += labels.contains(truth[row]) ? 1 : 0;
                size += labels.size();
            } else {
                Interval interval = model.interval(one, coverage);
                double value = Double.parseDouble(truth[row]);
                covered += value >= interval.low() && value <= interval.high() ? 1 : 0;
                size += interval.high() - interval.low();
            }
        }
        double share = (double) covered / truth.length;
        double variance = coverage * (1 - coverage);
        double error = Math.sqrt(variance / truth.length + variance / train.rowCount());
        boolean isKept = share >= coverage - 3 * error && (spec.isClassification() || share <= coverage + 3 * error);
        new ResultLine()
                .put("dataset", spec.name())
                .put("coverage", coverage)
                .put("covered", share)
                .put("standard_error", error)
                .put("mean_size", size / truth.length)
                .put("test_rows", truth.length)
                .put("kept", isKept)
                .print();
        if (!isKept) {
            throw new IllegalStateException("The coverage lies beyond three standard errors of the one asked for.");
        }
    }
}
