package org.autotuner.examples.bench.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.models.torch.Activate;
import org.autotuner.models.torch.BatchNorm;
import org.autotuner.models.torch.Dense;
import org.autotuner.models.torch.Dropout;
import org.autotuner.models.torch.Inputs;
import org.autotuner.models.torch.Layer;
import org.autotuner.models.torch.MemberHeads;
import org.autotuner.models.torch.MemberScale;
import org.autotuner.models.torch.NetworkPlan;
import org.autotuner.models.torch.NetworkRows;
import org.autotuner.models.torch.NetworkTargets;
import org.autotuner.models.torch.PeriodicNumbers;
import org.autotuner.models.torch.PiecewiseNumbers;
import org.autotuner.models.torch.RawNumbers;
import org.autotuner.models.torch.ScriptLearner;
import org.autotuner.models.torch.Start;
import org.autotuner.score.Activation;
import org.autotuner.train.Loss;
import org.autotuner.train.StepPlan;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.UpdateRule;

/**
 * Writes the scripts of networks of every kind with the arguments of 50 steps and the loss that the CPU has there, for {@code
 * gpu_check.py} to run on a GPU.
 */
public final class ScriptDump {

    private static final int ROWS = 6400;
    private static final int BATCH = 128;
    private static final int NUMBERS = 12;
    private static final int CLASSES = 5;
    private static final Inputs.Table TABLE = new Inputs.Table("table", 2, 20, 8, Start.normal(0.3));

    private ScriptDump() {}

    /** One folder per network; {@code loss.txt} holds the mean loss of the steps on the CPU. */
    public static void write(Path folder) throws IOException {
        TrainingSettings settings = TrainingSettings.of(Loss.crossEntropy())
                .withBatch(BATCH)
                .withRate(2e-3)
                .withUpdate(UpdateRule.adamW(0.01))
                .withClipNorm(1)
                .withSeed(3);
        for (Map.Entry<String, NetworkPlan> entry : plans().entrySet()) {
            one(folder.resolve(entry.getKey()), entry.getValue(), settings);
        }
        NetworkPlan plain = Objects.requireNonNull(plans().get("perceptron"));
        NetworkPlan together = Objects.requireNonNull(plans().get("together"));
        one(
                folder.resolve("mixup"),
                plain,
                settings.withMixup(0.3).withNoise(0.1).withAveraging(0.99));
        one(folder.resolve("smoothed"), plain, settings.withLoss(new Loss.CrossEntropy(0.1, List.of())));
        one(folder.resolve("focal"), plain, settings.withLoss(new Loss.Focal(2)));
        one(
                folder.resolve("sgd"),
                plain,
                settings.withUpdate(UpdateRule.sgd(0.9)).withRate(0.05));
        one(folder.resolve("half"), plain, settings.withMixedPrecision(true));
        one(folder.resolve("half_together"), together, settings.withMixedPrecision(true));
    }

    private static Map<String, NetworkPlan> plans() {
        Map<String, NetworkPlan> plans = new LinkedHashMap<>();
        Inputs raw = new Inputs(NUMBERS, new RawNumbers(), List.of(TABLE), 0.1);
        plans.put("perceptron", new NetworkPlan(NUMBERS, 2, hidden(raw, Activation.RELU, "", true), CLASSES, 1, 1));
        plans.put("together", new NetworkPlan(NUMBERS, 2, hidden(raw, Activation.RELU, "", true), CLASSES, 1, 8));
        Inputs periodic = new Inputs(NUMBERS, new PeriodicNumbers(16, 3, 0.1), List.of(TABLE), 0);
        plans.put(
                "periodic",
                new NetworkPlan(NUMBERS, 2, hidden(periodic, Activation.SELU, "blend", false), CLASSES, 1, 1));
        float[][] edges = new float[NUMBERS][];
        Arrays.fill(edges, new float[] {-2, -1, -0.5f, 0, 0.5f, 1, 2});
        int width = NUMBERS * 16 + 2 * 8;
        plans.put(
                "members",
                new NetworkPlan(
                        NUMBERS,
                        2,
                        List.of(
                                new Inputs(NUMBERS, new PiecewiseNumbers(edges, 16, true), List.of(TABLE), 0),
                                new MemberScale("scaling", 8, Start.signs()),
                                Dense.uniform("first", width, 128),
                                new Activate(Activation.RELU, ""),
                                new Dropout(0.1),
                                new MemberHeads("heads", 8, CLASSES)),
                        CLASSES,
                        8,
                        1));
        return plans;
    }

    private static List<Layer> hidden(Inputs inputs, Activation activation, String blend, boolean isNormalised) {
        int width = NUMBERS * inputs.embedding().width() + 2 * 8;
        List<Layer> layers = new ArrayList<>();
        layers.add(inputs);
        for (int layer = 1; layer <= 2; layer++) {
            int in = layer == 1 ? width : 128;
            layers.add(new Dense("layer" + layer, 128, 1 / Math.sqrt(in), Start.normal(1), Start.normal(1)));
            layers.add(new Activate(activation, blend.isEmpty() ? "" : blend + layer));
            if (isNormalised) {
                layers.add(new BatchNorm("norm" + layer));
            }
            layers.add(new Dropout(0.1));
        }
        layers.add(Dense.uniform("last", 128, CLASSES));
        return layers;
    }

    private static void one(Path folder, NetworkPlan plan, TrainingSettings settings) throws IOException {
        Files.createDirectories(folder);
        SplittableRandom random = new SplittableRandom(4);
        float[] numbers = new float[ROWS * NUMBERS];
        int[] codes = new int[ROWS * 2];
        int[] labels = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            for (int f = 0; f < NUMBERS; f++) {
                numbers[row * NUMBERS + f] = (float) random.nextGaussian();
            }
            codes[2 * row] = random.nextInt(10);
            codes[2 * row + 1] = 10 + random.nextInt(10);
            labels[row] = Math.min(CLASSES - 1, (int) Math.abs(numbers[row * NUMBERS] * 2) + codes[2 * row] / 5);
        }
        NetworkTargets targets = NetworkTargets.ofLabels(labels, new float[0]);
        try (ScriptLearner learner =
                ScriptLearner.of(plan, new NetworkRows(ROWS, numbers, codes), targets, null, settings)) {
            int[][] order = new int[plan.networks()][];
            Arrays.setAll(order, n -> IntStream.range(0, ROWS).toArray());
            double[] rates = new double[ROWS / BATCH];
            Arrays.fill(rates, settings.rate());
            double[] mix = new double[settings.mixup() > 0 ? rates.length : 0];
            Arrays.fill(mix, 0.8);
            StepPlan steps = new StepPlan(order, BATCH, rates, mix, 7);
            learner.dump(steps, folder);
            Files.writeString(folder.resolve("loss.txt"), learner.train(steps) * plan.networks() + "\n");
        }
    }
}
