package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.model.AutoModel;

/** Leaves some classes out of training and measures how well a model's confidence tells their test rows from the others. */
final class ScopeBench {

    private static final double KEPT = 0.95;

    private ScopeBench() {}

    static void run(List<String> arguments) throws IOException {
        Options options = new Options(
                arguments, Set.of("data", "dataset", "left-out", "budget-seconds", "threads", "seed", "families"));
        DatasetSpec spec = DatasetSpec.read(Path.of(options.required("data")), options.required("dataset"));
        if (!spec.isClassification()) {
            throw new Options.UsageException("'%s' has no classes to leave out.".formatted(spec.name()));
        }
        int seed = options.whole("seed", 1);
        Table all = spec.train();
        String[] labels = PredictionFile.texts(all, spec.target());
        List<String> classes =
                new ArrayList<>(Arrays.stream(labels).distinct().sorted().toList());
        Collections.shuffle(classes, new Random(seed));
        int leftOut = options.whole("left-out", 10);
        Set<String> outside = new HashSet<>(classes.subList(0, Math.min(leftOut, classes.size() - 2)));
        Table train = all.rows(IntStream.range(0, labels.length)
                .filter(row -> !outside.contains(labels[row]))
                .toArray());
        Budget budget = Budget.of(Duration.ofMillis(Math.round(1000 * options.number("budget-seconds", 60))))
                .withThreads(options.whole("threads", 2));
        var builder = TabularBench.builder(spec, budget).seed(seed);
        if (options.text("families").isPresent()) {
            builder.families(options.list("families").toArray(String[]::new));
        }
        AutoModel model = builder.build().fit(train);

        Table test = spec.test(all);
        String[] truth = PredictionFile.texts(test, spec.target());
        Table features = test.without(spec.target());
        String[] predicted = PredictionFile.Content.of(model.predict(features)).values();
        double[] confidence = model.confidence(features);
        boolean[] inside = new boolean[truth.length];
        int insideRows = 0;
        int right = 0;
        int answered = 0;
        int answeredRight = 0;
        int refused = 0;
        for (int row = 0; row < truth.length; row++) {
            inside[row] = !outside.contains(truth[row]);
            boolean sure = confidence[row] >= 1 - KEPT;
            if (inside[row]) {
                insideRows++;
                right += predicted[row].equals(truth[row]) ? 1 : 0;
                answered += sure ? 1 : 0;
                answeredRight += sure && predicted[row].equals(truth[row]) ? 1 : 0;
            } else {
                refused += sure ? 0 : 1;
            }
        }
        new ResultLine()
                .put("dataset", spec.name())
                .put("left_out", outside.size())
                .put("seed", seed)
                .put("auc", areaUnderCurve(confidence, inside))
                .put("accuracy", (double) right / insideRows)
                .put("answered", (double) answered / insideRows)
                .put("accuracy_of_answers", (double) answeredRight / Math.max(1, answered))
                .put("refused_outside", (double) refused / Math.max(1, truth.length - insideRows))
                .print();
    }

    /** Probability that a row of inside has a higher score than one of outside, equal ones counting half. */
    static double areaUnderCurve(double[] scores, boolean[] inside) {
        Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
        double below = 0;
        double sum = 0;
        double rows = 0;
        for (int i = 0; i < order.length; ) {
            int end = i;
            double in = 0;
            double out = 0;
            while (end < order.length && scores[order[end]] == scores[order[i]]) {
                in += inside[order[end]] ? 1 : 0;
                out += inside[order[end]] ? 0 : 1;
                end++;
            }
            sum += in * (below + out / 2);
            below += out;
            rows += in;
            i = end;
        }
        return sum / (rows * below);
    }
}
