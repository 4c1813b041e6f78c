package org.autotuner.models.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.autotuner.error.DataException;
import org.autotuner.metric.Metrics;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.TrainingData;
import org.autotuner.models.torch.NamedWeights;
import org.autotuner.models.torch.NetworkGoal;
import org.autotuner.models.torch.NetworkRows;
import org.autotuner.models.torch.Planes;
import org.autotuner.models.torch.ScriptLearner;
import org.autotuner.models.torch.TrainedNetworks;
import org.autotuner.models.weights.SafetensorsFile;
import org.autotuner.models.weights.Tensor;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.ImageBlock;
import org.autotuner.prepare.ImageSize;
import org.autotuner.score.Scorer;
import org.autotuner.space.Configuration;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.autotuner.train.Loss;
import org.autotuner.train.TorchLibrary;
import org.autotuner.train.TrainingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights from files, and the ResNets that they make, against plain loops and against PyTorch 2.7.1. */
class ImageWeightsTest {

    private static final Task TASK = new RegressionTask("y");

    @TempDir
    Path folder;

    private static Map<String, float[]> random(int base, List<Integer> blocks, boolean isLarge) {
        SplittableRandom random = new SplittableRandom(11);
        Map<String, float[]> weights = new LinkedHashMap<>();
        Architecture.sizes(new Frame(3, 64, 64), base, blocks, isLarge).forEach((name, size) -> {
            float[] values = new float[size];
            double deviation = name.endsWith("var") || name.contains("bn") ? 0.2 : Math.sqrt(1.0 / (9 * base));
            for (int i = 0; i < size; i++) {
                double centre = name.endsWith("var") || (name.endsWith("weight") && size <= 8 * base) ? 1 : 0;
                values[i] =
                        (float) Math.max(name.endsWith("var") ? 0.3 : -9, centre + deviation * random.nextGaussian());
            }
            weights.put(name, values);
        });
        return weights;
    }

    private Path write(Map<String, float[]> tensors, String type) throws IOException {
        JsonObject header = new JsonObject();
        ByteBuffer numbers = ByteBuffer.allocate(tensors.values().stream()
                        .mapToInt(values -> 4 * values.length)
                        .sum())
                .order(ByteOrder.LITTLE_ENDIAN);
        for (Map.Entry<String, float[]> tensor : tensors.entrySet()) {
            JsonObject entry = new JsonObject();
            JsonArray shape = new JsonArray();
            shape.add(tensor.getValue().length);
            JsonArray offsets = new JsonArray();
            offsets.add(numbers.position());
            for (float value : tensor.getValue()) {
                if (type.equals("F32")) {
                    numbers.putFloat(value);
                } else {
                    numbers.putShort((short) (Float.floatToIntBits(value) >>> 16)); // BF16, cut
                }
            }
            offsets.add(numbers.position());
            entry.addProperty("dtype", type);
            entry.add("shape", shape);
            entry.add("data_offsets", offsets);
            header.add(tensor.getKey(), entry);
        }
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + numbers.position())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(numbers.flip());
        return Files.write(folder.resolve("weights.safetensors"), file.array());
    }

    /** Through the engine and through plain Java, before any training; the last layer tells the means of the last planes. */
    private static void assertIsReference(
            Map<String, float[]> weights, Architecture.Body body, int side, List<Integer> blocks, boolean isLarge) {
        assumeThat(TorchLibrary.here().problem()).isEmpty();
        SplittableRandom random = new SplittableRandom(5);
        int size = 3 * side * side;
        float[] pixels = new float[size];
        double[][][] image = new double[3][side][side];
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            pixels[i] = random.nextInt(256) / 255f;
            image[i / (side * side)][i / side % side][i % side] = pixels[i];
            features.add(new Feature("p" + i, "p", 0));
        }
        double[] means = ReferenceResNet.means(weights, image, blocks, isLarge);
        ImageBlock block = new ImageBlock(0, side, side, 3);
        Planes planes = new Planes(3, side, side, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
        Augmentation none = new Augmentation(ImageDesign.frame(block), false, false, new Policy.None(), false);
        ImageDesign design = ImageDesign.of(
                block,
                planes,
                body,
                0,
                1,
                TrainingSettings.of(new Loss.Squared()).withBatch(1),
                none);
        NetworkRows rows = new NetworkRows(1, pixels, new int[0]);
        FeatureMatrix matrix = FeatureMatrix.dense(features, 1, pixels);
        TrainingData data = new TrainingData(TASK, matrix, Target.ofValues(new double[] {0}), Weights.none(), null);
        NetworkGoal goal = new NetworkGoal(
                TASK,
                new org.autotuner.model.TargetScale(0, 1),
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                false);
        try (ScriptLearner learner =
                ScriptLearner.of(design.plan(), rows, goal.targets(data), rows, design.settings())) {
            NamedWeights named = learner.named(learner.weights(), 0);
            double expected = named.get("fc.bias")[0];
            for (int channel = 0; channel < means.length; channel++) {
                expected += means[channel] * named.get("fc.weight")[channel];
            }
            assertThat(Math.abs(expected)).isGreaterThan(1e-3);
            double tolerance = 1e-4 * Math.max(1, Math.abs(expected));
            assertThat((double) learner.outputs()[0]).isCloseTo(expected, within(tolerance));
            double[] out = new double[1];
            ImageExport.of(design, goal, named).score(matrix.cursor(), out);
            assertThat(out[0]).isCloseTo(expected, within(tolerance));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void resNet18IsThatOfTheDefinition(boolean isLarge) throws IOException {
        List<Integer> blocks = ResNetFamily.blocks(18);
        Map<String, float[]> weights = random(64, blocks, isLarge);
        ImageWeights read = ImageWeights.read(write(weights, "F32"));
        int side = isLarge ? 32 : 8;
        assertIsReference(weights, read.body(new Frame(3, side, side), 0), side, blocks, isLarge);
        assertThat(read.stages()).isEqualTo(4);
        // torchvision's ResNet-18 has 11,176,512 weights before its last layer
        int parameters = weights.entrySet().stream()
                .filter(entry -> !entry.getKey().contains("running"))
                .mapToInt(entry -> entry.getValue().length)
                .sum();
        assertThat(parameters).isEqualTo(isLarge ? 11_176_512 : 11_176_512 - 64 * 3 * 40);
    }

    /** A small network that PyTorch 2.7.1 wrote, as a dictionary of weights and as TorchScript, and the means it gives. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny-resnet.pth", "tiny-resnet.pt"})
    void archivesOfPyTorchAreReadAsData(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
            Files.copy(in, file);
        }
        Map<String, float[]> tensors = TorchFile.read(file);
        assertThat(tensors.get("fc.bias")).containsExactly(-0.23991086f, 0.14482765f);
        assertThat(ImageWeights.read(file).stages()).isEqualTo(2);
        double[][][] image = new double[3][16][16];
        double[] means = {0.485, 0.456, 0.406};
        double[] deviations = {0.229, 0.224, 0.225};
        for (int i = 0; i < 768; i++) {
            image[i / 256][i / 16 % 16][i % 16] = (i * 37 % 256 / 255.0 - means[i / 256]) / deviations[i / 256];
        }
        double[] expected = {0.550965309, 0, 0.074430771, 0.871655524, 0, 0.509088337, 0.245691091, 0.778972933};
        assertThat(ReferenceResNet.means(tensors, image, List.of(1, 2), true)).containsExactly(expected, within(1e-5));
        assertIsReference(tensors, ImageWeights.read(file).body(new Frame(3, 20, 20), 0), 20, List.of(1, 2), true);
    }

    @Test
    void numbersOfSixteenBitsAreRead() throws IOException {
        Map<String, float[]> weights = random(4, List.of(1, 1), false);
        Map<String, Tensor> read = SafetensorsFile.read(write(weights, "BF16"));
        assertThat(read.keySet()).isEqualTo(weights.keySet());
        weights.forEach((name, values) -> {
            for (int i = 0; i < values.length; i++) {
                assertThat(read.get(name).values()[i]).isCloseTo(values[i], within(0.01f * (1 + Math.abs(values[i]))));
            }
        });
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheNameOfTheWeights() throws IOException {
        Map<String, float[]> weights = random(4, List.of(1, 1), true);
        Map<String, float[]> less = new LinkedHashMap<>(weights);
        less.remove("layer2.0.bn2.running_var");
        assertRefused(less, "layer2.0.bn2.running_var");
        Map<String, float[]> other = new LinkedHashMap<>(weights);
        other.put("layer1.0.conv2.weight", new float[3]);
        assertRefused(other, "layer1.0.conv2.weight");
        Map<String, float[]> broken = new LinkedHashMap<>(weights);
        broken.put("bn1.bias", new float[] {1, Float.NaN, 1, 1});
        assertRefused(broken, "bn1.bias");
        Map<String, float[]> bottleneck = new LinkedHashMap<>(weights);
        bottleneck.put("layer1.0.conv3.weight", new float[4]);
        assertRefused(bottleneck, "bottleneck");
        assertRefused(Map.of("conv1.weight", new float[9], "bn1.weight", new float[1]), "conv1.weight");
    }

    private void assertRefused(Map<String, float[]> weights, String message) throws IOException {
        Path file = write(weights, "F32");
        assertThatThrownBy(() -> ImageWeights.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        byte[] good = Files.readAllBytes(write(random(4, List.of(1), false), "F32"));
        byte[] large = good.clone();
        large[6] = 1; // the header's length
        byte[] text = good.clone();
        text[9] = '}';
        for (byte[] bytes : List.of(new byte[0], new byte[5], Arrays.copyOf(good, good.length - 4), large, text)) {
            Path file = Files.write(folder.resolve("bad.safetensors"), bytes);
            assertThatThrownBy(() -> ImageWeights.read(file)).isInstanceOf(DataException.class);
            Path archive = Files.write(folder.resolve("bad.pt"), bytes);
            assertThatThrownBy(() -> ImageWeights.read(archive)).isInstanceOf(DataException.class);
        }
        String wild = "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,1600000000]}}";
        ByteBuffer file = ByteBuffer.allocate(8 + wild.length()).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(wild.length()).put(wild.getBytes(StandardCharsets.UTF_8));
        Path path = Files.write(folder.resolve("wild.safetensors"), file.array());
        assertThatThrownBy(() -> SafetensorsFile.read(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'a'");
        // calls of unknown functions make nothing; a damaged pickle is told as such
        assertThat(new PickleReader("\u0080\u0002cos\nsystem\n(X\u0004\u0000\u0000\u0000exittR."
                                .getBytes(StandardCharsets.ISO_8859_1))
                        .read())
                .isNull();
        assertThatThrownBy(() -> new PickleReader(new byte[] {'X', 9, 9, 9, 9}).read())
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> new PickleReader(new byte[] {'u'}).read()).isInstanceOf(DataException.class);
    }

    /** What is frozen stays as it was, bit by bit, its running statistics too; all learn something. */
    @ParameterizedTest
    @ValueSource(strings = {"head", "last", "all"})
    void whatIsFrozenStays(String trained) throws IOException {
        assumeThat(TorchLibrary.here().problem()).isEmpty();
        Map<String, float[]> weights = random(8, List.of(1, 1), false);
        PretrainedResNetFamily family = new PretrainedResNetFamily(ImageWeights.read(write(weights, "F32")));
        TrainingData data = MadeImages.of(120, 16, 3, 1);
        DataShape shape = new DataShape(MadeImages.TASK, 120, 9, 0, 0, 0).withImage(new ImageSize(16, 16, 3));
        Configuration point = family.startingPoints(shape)
                .get(0)
                .with(PretrainedResNetFamily.TRAINED, trained)
                .with(PretrainedResNetFamily.RATE, 0.02)
                .with(ImageFamily.EPOCHS, 10);
        TrainedNetworks model = (TrainedNetworks) family.fit(data, point, FitContext.of(Metrics.logLoss(), 1));
        NamedWeights after = model.weights().get(model.weights().size() - 1).get(0);
        weights.forEach((name, before) -> {
            boolean isFrozen = trained.equals("head") || (trained.equals("last") && !name.startsWith("layer2"));
            assertThat(Arrays.equals(after.get(name), before)).as(name).isEqualTo(isFrozen);
        });
        Scorer scorer = model.scorer();
        double[] out = new double[3];
        int right = 0;
        for (int row = 0; row < data.rows(); row++) {
            scorer.score(data.features().cursor().to(row), out);
            int label = data.target().label(row);
            right += out[label] >= Math.max(out[0], Math.max(out[1], out[2])) ? 1 : 0;
        }
        assertThat(right).isGreaterThan(60);
    }

    @Test
    void greyImagesAreWhatThreeEqualChannelsWouldBe() throws IOException {
        Map<String, float[]> weights = random(4, List.of(1), false);
        ImageWeights read = ImageWeights.read(write(weights, "F32"));
        org.autotuner.models.torch.Convolve grey = (org.autotuner.models.torch.Convolve)
                read.body(new Frame(1, 8, 8), 0).layers().get(0);
        float[] sums = grey.weight().values(0, 36, new SplittableRandom(1));
        float[] colours = Objects.requireNonNull(weights.get("conv1.weight"));
        assertThat(sums[0]).isCloseTo(colours[0] + colours[9] + colours[18], within(1e-6f));
        assertThat(sums[35]).isCloseTo(colours[89] + colours[98] + colours[107], within(1e-6f));
    }
}
