package org.autotuner.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.autotuner.error.BundleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {

    @TempDir
    Path folder;

    @Test
    void everyKindOfValueComesBackBitForBit() {
        Node node = Node.root()
                .put("text", "ä \"quoted\" \n \ud83d\ude00 lone \ud800 and \udc00")
                .put("long", Long.MIN_VALUE)
                .put("flag", true)
                .put("ints", new int[] {1, -1, Integer.MIN_VALUE})
                .put("longs", new long[] {Long.MAX_VALUE})
                .put("floats", new float[] {Float.NaN, -0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY})
                .put("doubles", new double[] {Double.NaN, -0.0, Double.MIN_VALUE, Double.MAX_VALUE})
                .put("bytes", new byte[] {'P', 'K', 3, 4, -1})
                .put("none", new double[0])
                .putTexts("texts", List.of("", "real", "array"))
                .putTexts("no_texts", List.of())
                .list("no_nodes");
        double[] reals = {0, -0.0, 1, 0.1, 1e300, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN, 1e-5, 1e7};
        for (int i = 0; i < reals.length; i++) {
            node.put("real" + i, reals[i]).put("minus" + i, -reals[i]);
        }
        node.append("nodes").put("a", 1).append("deeper").put("b", new int[] {5});
        node.append("nodes").put("a", 2);
        Node again = Bundle.fromBytes(Bundle.toBytes(node));

        assertThat(again.text("text")).isEqualTo(node.text("text"));
        assertThat(again.number("long")).isEqualTo(Long.MIN_VALUE);
        assertThat(again.flag("flag")).isTrue();
        assertThat(again.ints("ints")).isEqualTo(node.ints("ints"));
        assertThat(again.longs("longs")).isEqualTo(node.longs("longs"));
        assertThat(again.floats("floats")).isEqualTo(node.floats("floats"));
        assertThat(again.doubles("doubles")).isEqualTo(node.doubles("doubles"));
        assertThat(again.bytes("bytes")).isEqualTo(node.bytes("bytes"));
        assertThat(again.doubles("none")).isEmpty();
        assertThat(again.texts("texts")).isEqualTo(node.texts("texts"));
        assertThat(again.texts("no_texts")).isEmpty();
        assertThat(again.nodes("no_nodes")).isEmpty();
        for (int i = 0; i < reals.length; i++) {
            assertThat(Double.doubleToRawLongBits(again.real("real" + i)))
                    .isEqualTo(Double.doubleToRawLongBits(reals[i]));
            assertThat(again.real("minus" + i)).isEqualTo(Double.valueOf(-reals[i]));
        }
        assertThat(again.nodes("nodes").get(0).nodes("deeper").get(0).ints("b")).containsExactly(5);
        assertThat(again.nodes("nodes").get(1).number("a")).isEqualTo(2);
        assertThat(again.names()).containsExactlyElementsOf(node.names());
        assertThat(Bundle.toBytes(again)).isEqualTo(Bundle.toBytes(node));
    }

    @Test
    void randomDoublesRoundTripInlineAndInArrays() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 300; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            Node again =
                    Bundle.fromBytes(Bundle.toBytes(Node.root().put("x", value).put("y", new double[] {value})));
            assertThat(again.real("x")).isEqualTo(Double.valueOf(value));
            assertThat(Double.doubleToRawLongBits(again.doubles("y")[0])).isEqualTo(Double.doubleToRawLongBits(value));
        }
    }

    @Test
    void theFileIsAnOrdinaryZip() throws IOException {
        Node node = Node.root().put("a", new int[1000]).put("b", new double[] {0.5});
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(Bundle.toBytes(node)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                zip.readAllBytes();
            }
        }
        assertThat(names).containsExactly("manifest.json", "manifest.sha256", "arrays/0", "arrays/1");
        Path file = folder.resolve("m.automl");
        Bundle.write(file, node);
        try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(file.toFile())) {
            assertThat(zip.size()).isEqualTo(4);
        }
    }

    @Test
    void writingReplacesTheFileAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("m.automl");
        Bundle.write(file, Node.root().put("a", 1));
        Bundle.write(file, Node.root().put("a", 2));
        assertThat(Bundle.read(file).number("a")).isEqualTo(2);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFailedWriteLeavesTheTargetAndNoTemporaryFile() throws IOException {
        Path target = Files.createDirectory(folder.resolve("taken"));
        Files.writeString(target.resolve("x"), "kept");
        assertThatThrownBy(() -> Bundle.write(target, Node.root())).isInstanceOf(BundleException.class);
        assertThat(target.resolve("x")).hasContent("kept");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(target);
        }
        assertThatThrownBy(() -> Bundle.write(folder.resolve("no/m"), Node.root()))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("could not be written");
        assertThatThrownBy(() -> Bundle.read(folder.resolve("none")))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("none");
    }

    @Test
    void aNewerFormatSaysThatTheLibraryMustBeUpgraded() {
        assertThatThrownBy(() -> Bundle.fromBytes(file("{\"format\":2,\"whatever\":[]}")))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("format 2")
                .hasMessageContaining("Upgrade");
    }

    @Test
    void manifestsThatOnlyLookRightAreRefused() {
        String start = "{\"format\":1,\"library\":\"x\",\"entries\":[],\"root\":";
        assertThat(Bundle.fromBytes(file(start + "{\"a\":1}}")).number("a")).isEqualTo(1);
        for (String root : List.of(
                "{\"a\":1,\"a\":2}}",
                "{\"a\":null}}",
                "{\"a\":[]}}",
                "{\"a\":[\"array\",0]}}",
                "{\"a\":[\"texts\",1]}}",
                "{\"a\":NaN}}",
                "{\"a\":1e400}}",
                "{\"a\":1}} {}",
                "{\"a\":1},\"b\":2}",
                "[]}",
                "{'a':1}}",
                "{\"a\":1}")) {
            assertThatThrownBy(() -> Bundle.fromBytes(file(start + root)))
                    .as(root)
                    .isInstanceOf(BundleException.class);
        }
        String deep = "{\"a\":".repeat(100_000);
        assertThatThrownBy(() -> Bundle.fromBytes(file(start + deep))).isInstanceOf(BundleException.class);
    }

    @Test
    void deeperTreesThanCanBeReadAreNotWritten() {
        Node root = Node.root();
        Node node = root;
        for (int i = 0; i < Limits.DEPTH; i++) {
            node = node.child("a");
        }
        assertThat(Bundle.fromBytes(Bundle.toBytes(root)).has("a")).isTrue();
        node.child("a");
        assertThatThrownBy(() -> Bundle.toBytes(root)).isInstanceOf(BundleException.class);
    }

    @Test
    void whatPacksBetterThanTheRatioIsStoredSoThatBombsCanBeRefused() {
        byte[] packed = Bundle.toBytes(Node.root().put("zeros", new double[100_000]));
        assertThat(packed.length).isGreaterThan(800_000);
        assertThat(Bundle.fromBytes(packed).doubles("zeros")).hasSize(100_000);

        byte[] bomb = new byte[1 << 20];
        ZipPart honest =
                ZipPart.pack("manifest.json", new byte[] {1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3});
        ZipPart part = new ZipPart("manifest.json", 8, honest.crc(), 100, bomb.length, new byte[100], 0);
        assertThatThrownBy(() -> Bundle.fromBytes(bytes(List.of(part))))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("claims");
    }

    @Test
    void bytesAfterTheEndOrBeforeTheStartAreRefused() {
        byte[] file = Bundle.toBytes(Node.root().put("a", new int[] {1}));
        byte[] after = Arrays.copyOf(file, file.length + 1);
        byte[] before = new byte[file.length + 1];
        System.arraycopy(file, 0, before, 1, file.length);
        for (byte[] wrong : List.of(after, before, new byte[0], new byte[] {'P', 'K'})) {
            assertThatThrownBy(() -> Bundle.fromBytes(wrong)).isInstanceOf(BundleException.class);
        }
    }

    private static byte[] file(String text) {
        byte[] manifest = text.getBytes(StandardCharsets.UTF_8);
        // Stored, since some of these texts pack too well.
        return bytes(List.of(
                stored("manifest.json", manifest),
                stored("manifest.sha256", Bundle.sha256(manifest).getBytes(StandardCharsets.US_ASCII))));
    }

    private static ZipPart stored(String name, byte[] raw) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(raw);
        return new ZipPart(name, 0, (int) crc.getValue(), raw.length, raw.length, raw, 0);
    }

    private static byte[] bytes(List<ZipPart> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ZipPart part : parts) {
            out.writeBytes(part.header());
            out.write(part.source(), part.from(), part.packed());
        }
        out.writeBytes(ZipPart.directory(parts));
        return out.toByteArray();
    }
}
