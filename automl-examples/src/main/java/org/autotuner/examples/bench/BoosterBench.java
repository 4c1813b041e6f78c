package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.model.AutoModel;
import org.autotuner.models.boost.LightGbmFamily;

/** How long one row takes in a single booster of a given number of trees, fitted on all rows. */
final class BoosterBench {

    private static final String FAMILY = "lightgbm-of-fixed-size";

    /** Short enough that one model of all rows is asked for instead of five of folds. */
    private static final Duration LATENCY = Duration.ofMillis(5);

    private BoosterBench() {}

    static void run(List<String> arguments) throws IOException {
        Options options = new Options(arguments, Set.of("data", "dataset", "trees"));
        DatasetSpec spec = DatasetSpec.read(Path.of(options.required("data")), options.required("dataset"));
        int trees = options.whole("trees", 300);
        Table train = spec.train();
        AutoModel model = TabularBench.builder(spec, Budget.ofTrials(1).withLatency(LATENCY))
                .family(PacedFamily.fixed(FAMILY, new LightGbmFamily(), trees))
                .families(FAMILY)
                .maxMembers(1)
                .build()
                .fit(train);
        RowTiming timing = RowTiming.of(model, spec.test(train).without(spec.target()));
        new ResultLine()
                .put("dataset", spec.name())
                .put("trees", trees)
                .put("row_p50_us", timing.medianMicros())
                .put("row_p99_us", timing.p99Micros())
                .print();
    }
}
