package org.autotuner.examples;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.AutoTuner;
import org.autotuner.NetworkResult;
import org.autotuner.budget.Budget;
import org.autotuner.metric.ConfusionMatrix;
import org.autotuner.metric.Metrics;
import org.autotuner.prune.MedianPruner;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;
import org.autotuner.train.Loss;
import org.autotuner.train.NetworkData;
import org.autotuner.train.RowArray;
import org.autotuner.train.Schedule;
import org.autotuner.train.SeededDropout;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.UpdateRule;

/** Tunes learning rate, dropout and hidden size of a network of one's own on three spirals that wind into one another. */
public final class OwnNetwork {

    private static final RealParameter RATE =
            Parameter.reals("learning_rate", 1e-5, 1e-2).log().withDefault(1e-3);
    private static final RealParameter DROPOUT = Parameter.reals("dropout", 0.1, 0.5);
    private static final ChoiceParameter<Integer> HIDDEN = Parameter.choice("hidden", 128, 256, 512);
    private static final List<String> LABELS = List.of("red", "green", "blue");

    private OwnNetwork() {}

    /** Arguments: number of trials, epochs of each, and rows; 12, 40 and 3,000 by default. */
    public static void main(String... arguments) {
        int trials = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 12;
        int epochs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40;
        int rows = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3000;
        try (NetworkResult result = AutoTuner.network(SearchSpace.of(RATE, DROPOUT, HIDDEN), OwnNetwork::network)
                .data(spirals(rows, 1), LABELS)
                .settings(configuration -> TrainingSettings.of(Loss.crossEntropy())
                        .withEpochs(epochs)
                        .withBatch(128)
                        .withRate(configuration.get(RATE))
                        .withSchedule(Schedule.oneCycle())
                        .withUpdate(UpdateRule.adamW(1e-2)))
                .metric(Metrics.accuracy())
                .pruner(new MedianPruner())
                .budget(Budget.ofTrials(trials).withThreads(2))
                .run()) {
            print(result);
        }
    }

    private static Block network(Configuration configuration) {
        int hidden = configuration.get(HIDDEN);
        return new SequentialBlock()
                .add(Linear.builder().setUnits(hidden).build())
                .add(Activation.reluBlock())
                .add(new SeededDropout(configuration.get(DROPOUT)))
                .add(Linear.builder().setUnits(hidden).build())
                .add(Activation.reluBlock())
                .add(new SeededDropout(configuration.get(DROPOUT)))
                .add(Linear.builder().setUnits(LABELS.size()).build());
    }

    private static void print(NetworkResult result) {
        for (Trial trial : result.trials()) {
            String end = trial.outcome() instanceof TrialOutcome.Completed ? "" : ", ended early";
            double value = trial.value()
                    .orElseGet(() -> trial.reports().isEmpty()
                            ? Double.NaN
                            : trial.reports().get(trial.reports().size() - 1).value());
            System.out.printf(
                    "trial %2d: accuracy %.3f after %2d epochs%s, %s%n",
                    trial.number(), value, trial.reports().size(), end, trial.configuration());
        }
        System.out.printf(
                "best: %s, accuracy %.3f on the validation rows%n",
                result.bestConfiguration(), result.study().value());
        System.out.printf(
                "held-out rows: accuracy %.3f, F1 (mean over the classes) %.3f%n", result.accuracy(), result.f1());
        ConfusionMatrix matrix = result.confusionMatrix();
        System.out.printf("%10s", "is \\ taken");
        matrix.labels().forEach(label -> System.out.printf("%8s", label));
        System.out.println();
        for (int truth = 0; truth < LABELS.size(); truth++) {
            System.out.printf("%10s", LABELS.get(truth));
            for (int choice = 0; choice < LABELS.size(); choice++) {
                System.out.printf("%8.0f", matrix.at(truth, choice));
            }
            System.out.println();
        }
    }

    /** Points on one of three arms, one turn long, with some noise. */
    private static NetworkData spirals(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] points = new float[rows][2];
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = row % LABELS.size();
            double share = Math.sqrt(random.nextDouble());
            double angle = 2 * Math.PI * (share + labels[row] / 3.0);
            points[row][0] = (float) (2 * share * Math.cos(angle) + 0.08 * random.nextGaussian());
            points[row][1] = (float) (2 * share * Math.sin(angle) + 0.08 * random.nextGaussian());
        }
        return NetworkData.of(RowArray.of(points)).withLabels(labels);
    }
}
