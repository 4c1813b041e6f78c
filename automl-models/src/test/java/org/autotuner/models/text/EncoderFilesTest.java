package org.autotuner.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autotuner.budget.Deadline;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;
import org.autotuner.error.DataException;
import org.autotuner.models.weights.SafetensorsFile;
import org.autotuner.models.weights.Tensor;
import org.autotuner.prepare.TextEncoder;
import org.autotuner.prepare.TextEncoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders in the Hugging Face layout, ONNX files and safetensors, whole and damaged. */
class EncoderFilesTest {

    @TempDir
    private Path folder;

    private static float[] vectors(TextEncoder encoder, List<String> texts) {
        float[] out = new float[texts.size() * encoder.width()];
        encoder.encode(new java.util.ArrayList<>(texts), out, Deadline.never());
        return out;
    }

    @Test
    void aFolderOfTheSameWeightsGivesTheSameVectors() throws IOException {
        EncoderSource source = EncoderSource.miniLm();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        source.weights()
                .names()
                .forEach(name -> tensors.put("bert." + name, source.weights().get(name)));
        MadeFolder.write(folder, EncoderSource.MINI_LM, tensors, source.tokenizer());
        List<String> texts = MadeSentences.of(5);
        assertThat(vectors(TextEncoders.open(folder), texts))
                .isEqualTo(vectors(TextEncoders.builtIn().orElseThrow(), texts));
    }

    @Test
    void aModelFileCarriesTheWeightsOfAFolder() throws IOException {
        MadeFolder.write(folder, MadeFolder.SMALL, MadeFolder.weights(MadeFolder.SMALL), MadeFolder.tokenizer());
        TextEncoder encoder = TextEncoders.open(folder);
        Node node = Node.root();
        TextEncoders.write(encoder, node);
        TextEncoder read = TextEncoders.read(node);
        List<String> texts = List.of("a b c", "h", "", "x y z a b c d e f g h a b c d e f g h");
        assertThat(vectors(read, texts)).isEqualTo(vectors(encoder, texts));
        assertThat(read.id()).isEqualTo(encoder.id()).endsWith("-10");
        node.put("layers", 3);
        assertThatThrownBy(() -> TextEncoders.read(node))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("are 37 instead of 53");
    }

    /** The forward pass of the definition, with doubles and nothing shared, on the same weights. */
    @Test
    void theSmallEncoderIsThatOfTheDefinition() {
        Map<String, Tensor> tensors = MadeFolder.weights(MadeFolder.SMALL);
        Encoder encoder = new Encoder(EncoderWeights.of(MadeFolder.SMALL, tensors));
        int[] ids = {2, 5, 11, 4, 4, 3};
        float[][] ours = encoder.encode(new int[][] {{2, 3}, ids})[1];
        double[][] theirs = new ReferenceEncoder(MadeFolder.SMALL, tensors).encode(ids);
        for (int token = 0; token < ids.length; token++) {
            for (int c = 0; c < MadeFolder.SMALL.width(); c++) {
                assertThat((double) ours[token][c]).isCloseTo(theirs[token][c], within(1e-5));
            }
        }
    }

    @Test
    void floatsOfSixteenBitsAreRead() throws IOException {
        Path file = folder.resolve("half.safetensors");
        Files.write(
                file,
                MadeFolder.safetensors(Map.of("x", new Tensor(new float[] {1.5f, -0.25f}, new int[] {2})), "BF16"));
        assertThat(SafetensorsFile.read(file).get("x").values()).containsExactly(1.5f, -0.25f);
        assertThat(SafetensorsFile.half((short) 0x3c00)).isEqualTo(1f);
        assertThat(SafetensorsFile.half((short) 0xc100)).isEqualTo(-2.5f);
        assertThat(SafetensorsFile.half((short) 0x0001)).isEqualTo(0x1p-24f);
        assertThat(SafetensorsFile.half((short) 0x7bff)).isEqualTo(65504f);
        assertThat(SafetensorsFile.half((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(SafetensorsFile.half((short) 0x7e00)).isNaN();
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        assertThatThrownBy(() -> TextEncoders.open(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("config.json");
        Map<String, Tensor> tensors = new HashMap<>(MadeFolder.weights(MadeFolder.SMALL));
        tensors.remove("encoder.layer.1.output.dense.bias");
        MadeFolder.write(folder, MadeFolder.SMALL, tensors, MadeFolder.tokenizer());
        assertThatThrownBy(() -> TextEncoders.open(folder)).hasMessageContaining("encoder.layer.1.output.dense.bias");
        tensors.put("encoder.layer.1.output.dense.bias", new Tensor(new float[9], new int[] {9}));
        MadeFolder.write(folder, MadeFolder.SMALL, tensors, MadeFolder.tokenizer());
        assertThatThrownBy(() -> TextEncoders.open(folder)).hasMessageContaining("has the shape [9]");
        tensors.put(
                "encoder.layer.1.output.dense.bias",
                new Tensor(new float[] {0, 1, Float.NaN, 0, 0, 0, 0, 0}, new int[] {8}));
        MadeFolder.write(folder, MadeFolder.SMALL, tensors, MadeFolder.tokenizer());
        assertThatThrownBy(() -> TextEncoders.open(folder)).hasMessageContaining("holds NaN");
        MadeFolder.write(folder, MadeFolder.SMALL, MadeFolder.weights(MadeFolder.SMALL), new byte[] {'{', '}'});
        assertThatThrownBy(() -> TextEncoders.open(folder)).hasMessageContaining("tokenizer.json");
    }

    @Test
    void otherKindsOfModelsAreRefused() throws IOException {
        Path config = folder.resolve("config.json");
        Files.writeString(config, MadeFolder.config(MadeFolder.SMALL).replace("bert", "t5"));
        assertThatThrownBy(() -> EncoderConfig.read(config)).hasMessageContaining("'t5'");
        Files.writeString(config, MadeFolder.config(MadeFolder.SMALL).replace("\"vocab_size\": 12,", ""));
        assertThatThrownBy(() -> EncoderConfig.read(config)).hasMessageContaining("vocab_size");
        Files.writeString(config, MadeFolder.config(MadeFolder.SMALL).replace("heads\": 2", "heads\": 3"));
        assertThatThrownBy(() -> EncoderConfig.read(config)).hasMessageContaining("3 heads");
        Files.writeString(config, "no json");
        assertThatThrownBy(() -> EncoderConfig.read(config)).isInstanceOf(DataException.class);
    }

    @Test
    void damagedSafetensorsAreRefused() throws IOException {
        Path file = folder.resolve("model.safetensors");
        byte[] whole = MadeFolder.safetensors(MadeFolder.weights(MadeFolder.SMALL), "F32");
        for (long length : new long[] {-1, 0, 1, whole.length, Long.MAX_VALUE, 200_000_000}) {
            byte[] copy = whole.clone();
            ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            Files.write(file, copy);
            assertThatThrownBy(() -> SafetensorsFile.read(file)).isInstanceOf(DataException.class);
        }
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 300; i++) {
            byte[] copy = whole.clone();
            for (int change = 0; change < 3; change++) {
                copy[random.nextInt(2000)] = (byte) random.nextInt(256);
            }
            Files.write(file, copy);
            try {
                SafetensorsFile.read(file);
            } catch (DataException expected) {
                assertThat(expected).hasMessageContaining("safetensors");
            }
        }
    }

    @Test
    void damagedOnnxFilesAreRefused() {
        byte[] text = "name".getBytes(StandardCharsets.UTF_8);
        byte[] tensor = message(8, text, 9, new byte[] {0, 0, (byte) 128, 63}, new byte[] {8, 1, 16, 1});
        byte[] file = message(7, message(5, tensor));
        assertThat(OnnxGraph.read(ByteBuffer.wrap(file))
                        .initializers()
                        .get("name")
                        .values())
                .containsExactly(1f);
        assertThatThrownBy(() -> OnnxGraph.read(ByteBuffer.wrap(new byte[0]))).hasMessageContaining("no graph");
        for (int length = 1; length < file.length; length++) {
            ByteBuffer part = ByteBuffer.wrap(file, 0, length);
            assertThatThrownBy(() -> OnnxGraph.read(part)).isInstanceOf(DataException.class);
        }
        for (int i = 0; i < file.length; i++) {
            for (int b = 0; b < 256; b++) {
                byte[] copy = file.clone();
                copy[i] = (byte) b;
                try {
                    OnnxGraph.read(ByteBuffer.wrap(copy));
                } catch (DataException expected) {
                    assertThat(expected).hasMessageContaining("ONNX");
                }
            }
        }
    }

    /** Fields of bytes, by number and content; a last array is taken as it is. */
    private static byte[] message(Object... parts) {
        ByteBuffer out = ByteBuffer.allocate(200);
        int i = 0;
        for (; i + 1 < parts.length; i += 2) {
            byte[] content = (byte[]) parts[i + 1];
            out.put((byte) ((int) parts[i] << 3 | 2)).put((byte) content.length).put(content);
        }
        if (i < parts.length) {
            out.put((byte[]) parts[i]);
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    @Test
    void theActivationIsThatOfTheNormalDistribution() {
        // 0.5 * erfc(-x / sqrt(2)) of Python
        assertThat((double) Gelu.phi(0)).isCloseTo(0.5, within(1e-7));
        assertThat((double) Gelu.phi(1)).isCloseTo(0.8413447460685429, within(3e-7));
        assertThat((double) Gelu.phi(-1.2345f)).isCloseTo(0.1085083139512377, within(3e-7));
        assertThat((double) Gelu.phi(-3.3f)).isCloseTo(0.00048342422, within(3e-7));
        assertThat(Gelu.phi(7)).isEqualTo(1);
        assertThat(Gelu.phi(-7)).isEqualTo(0);
        assertThat(Gelu.phi(5.9999995f)).isBetween(0.999999f, 1f);
    }
}
