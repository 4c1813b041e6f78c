package org.autotuner.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipFile;
import org.autotuner.error.BundleException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The format as {@link Bundle} documents it, read with the ZIP and JSON readers of others, and its limits. */
class FileFormatTest {

    @Test
    void othersReadManifestChecksumsAndLittleEndianArrays(@TempDir Path folder) throws Exception {
        Node node = Node.root().put("name", "pair \ud83d\ude00, half \ud83d");
        node.child("tree").put("values", new int[] {1, -2}).put("bytes", new byte[] {9});
        node.append("list").put("share", new double[] {0.25});
        Path file = folder.resolve("m.automl");
        Bundle.write(file, node);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            byte[] manifest = entry(zip, "manifest.json");
            assertThat(new String(entry(zip, "manifest.sha256"), StandardCharsets.US_ASCII))
                    .isEqualTo(sha256(manifest));
            String text = new String(manifest, StandardCharsets.UTF_8);
            assertThat(text).contains("pair \ud83d\ude00, half \\ud83d\"");
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            assertThat(json.keySet()).containsExactly("format", "library", "entries", "root");
            assertThat(json.get("format").getAsInt()).isEqualTo(1);
            assertThat(json.get("library").getAsString()).isNotEmpty();
            List<ByteBuffer> arrays = List.of(
                    little(8).putInt(1).putInt(-2),
                    little(1).put((byte) 9),
                    little(8).putDouble(0.25));
            String[] kinds = {"int", "byte", "double"};
            int[] lengths = {2, 1, 1};
            JsonArray entries = json.getAsJsonArray("entries");
            assertThat(entries).hasSize(3);
            for (int i = 0; i < 3; i++) {
                byte[] bytes = entry(zip, "arrays/" + i);
                assertThat(bytes).isEqualTo(arrays.get(i).array());
                JsonArray described = entries.get(i).getAsJsonArray();
                assertThat(described.get(0).getAsString()).isEqualTo(kinds[i]);
                assertThat(described.get(1).getAsInt()).isEqualTo(lengths[i]);
                assertThat(described.get(2).getAsString()).isEqualTo(sha256(bytes));
            }
        }
    }

    @Test
    void aWrittenFileHoldsTheBytesAndALargeOneIsNotRead(@TempDir Path folder) throws IOException {
        Node node = Node.root().put("a", new int[] {1});
        Path file = folder.resolve("m.automl");
        Bundle.write(file, node);
        assertThat(Files.readAllBytes(file)).isEqualTo(Bundle.toBytes(node));
        // A file with a hole takes no room on the disk.
        try (java.io.RandomAccessFile sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(Limits.TOTAL);
        }
        assertThatThrownBy(() -> Bundle.read(file))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void arraysThatPackToExactlyTheRatioAreDeflatedAndRead() {
        SplittableRandom random = new SplittableRandom(1);
        int exact = 0;
        for (int size = 1; size < 4000; size++) {
            byte[] raw = new byte[size];
            for (int i = 0; i < size / 40; i++) {
                raw[i] = (byte) random.nextInt();
            }
            ZipPart part = ZipPart.pack("x", raw);
            assertThat(part.packed()).isLessThanOrEqualTo(size);
            assertThat(part.size()).isEqualTo(size).isLessThanOrEqualTo(part.packed() * 20);
            if (part.packed() * 20 == size) {
                exact++;
                assertThat(part.method()).isEqualTo(8);
                assertThat(Bundle.fromBytes(Bundle.toBytes(Node.root().put("a", raw)))
                                .bytes("a"))
                        .isEqualTo(raw);
            }
        }
        assertThat(exact).isPositive();
    }

    @Test
    void smallArraysOfEveryLengthComeBack() {
        for (int size = 0; size < 300; size++) {
            byte[] raw = new byte[size];
            java.util.Arrays.fill(raw, (byte) 7);
            assertThat(Bundle.fromBytes(Bundle.toBytes(Node.root().put("a", raw)))
                            .bytes("a"))
                    .isEqualTo(raw);
        }
    }

    @Test
    void listsMayNestAsDeepAsCanBeReadAndNoDeeper() {
        Node root = Node.root();
        Node node = root;
        for (int i = 0; i < Limits.DEPTH; i++) {
            node = node.append("a");
        }
        byte[] written = Bundle.toBytes(root);
        assertThat(Bundle.fromBytes(written).nodes("a")).hasSize(1);
        node.append("a");
        assertThatThrownBy(() -> Bundle.toBytes(root))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("nested deeper than 64 levels");
        for (String level : List.of("{\"a\":", "{\"a\":[\"nodes\",")) {
            String end = level.endsWith(",") ? "]}" : "}";
            String fits = level.repeat(Limits.DEPTH) + "{}" + end.repeat(Limits.DEPTH);
            assertThat(read(fits).has("a")).isTrue();
            String tooDeep = level.repeat(Limits.DEPTH + 1) + "{}" + end.repeat(Limits.DEPTH + 1);
            assertThatThrownBy(() -> read(tooDeep))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("nested deeper than 64 levels");
        }
    }

    @Test
    @Tag("slow")
    void asManyValuesAsCanBeReadAreWritten() {
        // The list itself is one value.
        Node most = Node.root().putTexts("a", Collections.nCopies(Limits.VALUES - 1, ""));
        assertThat(Bundle.fromBytes(Bundle.toBytes(most)).texts("a")).hasSize(Limits.VALUES - 1);
        most.put("b", 1);
        assertThatThrownBy(() -> Bundle.toBytes(most))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("more than 4000000 values");
        String texts = "[\"texts\"" + ",\"\"".repeat(Limits.VALUES - 1) + "]";
        assertThatThrownBy(() -> read("{\"a\":" + texts + ",\"b\":1}"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("more than 4000000 values");
    }

    @Test
    void jsonThatOnlyOtherReadersTakeIsRefused() {
        assertThat(read("{\"a\":true}").flag("a")).isTrue();
        assertThat(read("{\"a\":[\"real\",\"NaN\"]}").real("a")).isNaN();
        assertThat(read("{\"a\":[\"texts\",\"1\"]}").texts("a")).containsExactly("1");
        for (String root : List.of(
                "{\"a\":TRUE}",
                "{\"a\":\"line\nbreak\"}",
                "{\"a\":[\"real\",1.5]}",
                "{\"a\":[\"texts\",true]}",
                "{\"a\":[\"real\",\"NaN\",\"NaN\"]}",
                "{\"a\":[\"sets\",1]}")) {
            assertThatThrownBy(() -> read(root)).as(root).isInstanceOf(BundleException.class);
        }
    }

    @Test
    void theHeadOfAManifestIsCheckedToo() {
        for (String text : List.of(
                "{\"format\":0,\"library\":\"x\",\"entries\":[],\"root\":{}}",
                "{\"form\":1,\"library\":\"x\",\"entries\":[],\"root\":{}}",
                "{\"format\":1,\"library\":\"x\",\"root\":{}}",
                "{\"format\":1,\"library\":\"x\",\"entries\":[[\"short\",1,\"\"]],\"root\":{}}",
                "{\"format\":1,\"library\":\"x\",\"entries\":[[\"int\",1]],\"root\":{}}",
                "{\"format\":1,\"library\":\"x\",\"entries\":[[\"int\",1,\"\"]],\"root\":{}}")) {
            assertThatThrownBy(() -> Node.class.cast(ManifestReader.read(text, 1, entries -> number -> new int[1])))
                    .as(text)
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("damaged");
        }
    }

    private static Node read(String root) {
        String manifest = "{\"format\":1,\"library\":\"x\",\"entries\":[],\"root\":" + root + "}";
        return ManifestReader.read(manifest, Bundle.FORMAT, entries -> number -> new int[0]);
    }

    private static byte[] entry(ZipFile zip, String name) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
            return in.readAllBytes();
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
