package org.autotuner.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.data.Table;
import org.autotuner.error.BundleException;
import org.autotuner.model.AutoModel;
import org.autotuner.model.TestModels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damaged model files give one clear exception or the same model; nothing else, and little memory. */
class MutatedModelTest {

    private static final long ALLOCATION_LIMIT = 64L << 20;

    private final byte[] file = Bundle.toBytes(TestModels.sample(1).toNode());
    private final Table rows = TestModels.table(new SplittableRandom(2), 5);
    private final double[] expected = TestModels.read(file).predict(rows).toArray();

    @Test
    void mutatedBytesGiveABundleExceptionOrTheSameModel() {
        int refused = mutate(11, 1_000);
        assertThat(refused).isGreaterThan(900);
    }

    @Test
    @Tag("slow")
    void tenThousandMutatedFilesGiveABundleExceptionOrTheSameModel() {
        assertThat(mutate(12, 10_000)).isGreaterThan(9_000);
    }

    @Test
    void manifestsEditedWithRightChecksumsNeverFailOtherwise() {
        SplittableRandom random = new SplittableRandom(13);
        for (int i = 0; i < 1_000; i++) {
            byte[] changed = resealed(random);
            read(changed, "resealed manifest " + i, false);
        }
    }

    @Test
    void arraysEditedWithRightChecksumsNeverFailOtherwise() {
        SplittableRandom random = new SplittableRandom(14);
        for (int i = 0; i < 1_000; i++) {
            Node tree = Bundle.fromBytes(file);
            List<Object> arrays = new ArrayList<>();
            collect(tree, arrays);
            change(arrays.get(random.nextInt(arrays.size())), random);
            read(Bundle.toBytes(tree), "edited array " + i, false);
        }
    }

    private int mutate(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int i = 0; i < count; i++) {
            byte[] changed = mutation(random);
            refused += read(changed, "seed %d, copy %d".formatted(seed, i), true) ? 0 : 1;
        }
        return refused;
    }

    private byte[] mutation(SplittableRandom random) {
        byte[] copy = file.clone();
        switch (random.nextInt(7)) {
            case 0:
                copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
                return copy;
            case 1:
                return Arrays.copyOf(copy, random.nextInt(copy.length));
            case 2: // a size or another field in some header
                int header = find(random.nextBoolean() ? ZipPart.LOCAL : ZipPart.CENTRAL, random);
                copy[header + 4 + random.nextInt(40)] = (byte) random.nextInt(256);
                return copy;
            case 3: // a path name
                byte[] path =
                        (random.nextBoolean() ? "../../etc/x" : "arrays/1\0\0").getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(path, 0, copy, find(ZipPart.LOCAL, random) + 30, path.length);
                return copy;
            case 4: // nested archive in the middle
                int at = random.nextInt(copy.length);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.write(copy, 0, at);
                out.writeBytes(file);
                out.write(copy, at, copy.length - at);
                return out.toByteArray();
            case 5: // trailing bytes
                byte[] longer = Arrays.copyOf(copy, copy.length + 1 + random.nextInt(100));
                random.nextBytes(copy);
                return longer;
            default:
                int start = random.nextInt(copy.length);
                int end = Math.min(copy.length, start + 1 + random.nextInt(64));
                for (int i = start; i < end; i++) {
                    copy[i] = (byte) random.nextInt(256);
                }
                return copy;
        }
    }

    private int find(int signature, SplittableRandom random) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i + 60 < file.length; i++) {
            if (file[i] == 'P' && file[i + 1] == 'K' && file[i + 2] == (byte) (signature >> 16)) {
                places.add(i);
            }
        }
        return places.get(random.nextInt(places.size()));
    }

    /** Changes characters of the manifest and computes its checksum anew. */
    private byte[] resealed(SplittableRandom random) {
        Zip zip = new Zip(file);
        StringBuilder text = new StringBuilder(
                new String(zip.next("manifest.json", Limits.MANIFEST).unpack(), StandardCharsets.UTF_8));
        zip.next("manifest.sha256", 64);
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
            while (!Character.isDigit(text.charAt(at))) {
                at = random.nextInt(text.length());
            }
            String[] numbers = {"-1", "9", "2147483647", "1e9", "0.5", "99999999999999999999", "null", "[", "{}", "true"
            };
            text.replace(at, at + 1, numbers[random.nextInt(numbers.length)]);
        } else if (random.nextBoolean()) {
            text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(30)));
        } else {
            int from = random.nextInt(text.length());
            text.insert(at, text.substring(from, Math.min(text.length(), from + random.nextInt(40))));
        }
        byte[] manifest = text.toString().getBytes(StandardCharsets.UTF_8);
        List<ZipPart> parts = new ArrayList<>();
        parts.add(ZipPart.pack("manifest.json", manifest));
        parts.add(ZipPart.pack("manifest.sha256", Bundle.sha256(manifest).getBytes(StandardCharsets.US_ASCII)));
        for (int i = 0; i < arrays(); i++) {
            parts.add(zip.next("arrays/" + i, Limits.TOTAL));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ZipPart part : parts) {
            out.writeBytes(part.header());
            out.write(part.source(), part.from(), part.packed());
        }
        out.writeBytes(ZipPart.directory(parts));
        return out.toByteArray();
    }

    private int arrays() {
        List<Object> arrays = new ArrayList<>();
        collect(Bundle.fromBytes(file), arrays);
        return arrays.size();
    }

    private static void collect(Node node, List<Object> arrays) {
        for (Object value : node.values().values()) {
            if (value instanceof Node child) {
                collect(child, arrays);
            } else if (value instanceof Node.Nodes nodes) {
                nodes.nodes().forEach(child -> collect(child, arrays));
            } else if (value.getClass().isArray() && java.lang.reflect.Array.getLength(value) > 0) {
                arrays.add(value);
            }
        }
    }

    private static void change(Object array, SplittableRandom random) {
        int at = random.nextInt(java.lang.reflect.Array.getLength(array));
        if (array instanceof byte[] bytes) {
            bytes[at] = (byte) random.nextInt(256);
        } else if (array instanceof int[] ints) {
            ints[at] = random.nextBoolean() ? random.nextInt() : random.nextInt(-3, 100);
        } else if (array instanceof float[] floats) {
            floats[at] = Float.intBitsToFloat(random.nextInt());
        } else if (array instanceof double[] doubles) {
            doubles[at] = Double.longBitsToDouble(random.nextLong());
        }
    }

    /** Whether it could be read; then predictions must work, and be the same if asked. */
    private boolean read(byte[] changed, String what, boolean same) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            AutoModel model = TestModels.read(changed);
            double[] outputs = model.predict(rows).toArray();
            if (same) {
                assertThat(outputs).as(what).isEqualTo(expected);
            }
            return true;
        } catch (BundleException e) {
            assertThat(e).as(what).hasMessageContaining("model file");
            return false;
        } catch (RuntimeException e) {
            return fail(what + " gave another exception", e);
        } finally {
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as(what)
                    .isLessThan(ALLOCATION_LIMIT);
        }
    }
}
