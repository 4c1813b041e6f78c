package org.autotuner.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import org.autotuner.error.BundleException;
import org.jspecify.annotations.Nullable;

/**
 * The model file: a ZIP of {@code manifest.json} (format, library version, the tree of {@link Node} with references to
 * arrays, a SHA-256 per array), {@code manifest.sha256} (the SHA-256 of the manifest in hexadecimal digits) and one
 * entry of little-endian numbers per array, {@code arrays/0}, {@code arrays/1} and so on. Equal trees give equal bytes.
 *
 * <p>Reading reads data only. Limits are checked before anything is inflated: a file and its inflated content have at
 * most 2 GiB, an entry inflates to at most 20 times its packed size, the manifest has at most 64 MiB and 4,000,000
 * values, nested at most 64 deep. So the arrays that reading allocates, its buffers included, take at most 41 times the
 * file's own size. Entries must lie in order and gapless: what is not exactly as this class writes it is refused.
 */
public final class Bundle {

    /** The newest format that is read, and the one that is written. */
    public static final int FORMAT = 1;

    private static final String MANIFEST = "manifest.json";
    private static final String CHECKSUM = "manifest.sha256";

    private Bundle() {}

    /**
     * Writes a tree: into a temporary file beside the target, flushed to the disk, then moved over the target.
     *
     * @throws BundleException if the file cannot be written or a limit is exceeded; the target is then as before
     */
    public static void write(Path file, Node root) {
        Path target = file.toAbsolutePath();
        Path temporary = target.resolveSibling(".%s.%d-%d.tmp"
                .formatted(target.getFileName(), ProcessHandle.current().pid(), System.nanoTime()));
        byte[] bytes = toBytes(root);
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            move(temporary, target);
        } catch (IOException e) {
            BundleException failed = new BundleException(
                    "The model file '%s' could not be written (%s). Check folder, rights and free space."
                            .formatted(file, e),
                    e);
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException left) {
                failed.addSuppressed(left);
            }
            throw failed;
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Reads a file.
     *
     * @throws BundleException if it cannot be read, is damaged, too large, or of a newer format
     */
    public static Node read(Path file) {
        try {
            long size = Files.size(file);
            if (size > Limits.TOTAL - 64) {
                throw new BundleException("The file '%s' has %d bytes, but a model file has at most %d."
                        .formatted(file, size, Limits.TOTAL - 64));
            }
            return fromBytes(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new BundleException("The model file '%s' cannot be read (%s).".formatted(file, e), e);
        }
    }

    /**
     * The bytes that {@link #write} puts into a file.
     *
     * @throws BundleException if a limit is exceeded
     */
    public static byte[] toBytes(Node root) {
        List<ManifestWriter.Entry> entries = new ArrayList<>();
        List<ZipPart> arrays = new ArrayList<>();
        pack(root, 0, entries, arrays);
        byte[] manifest = ManifestWriter.write(FORMAT, version(), entries, root).getBytes(StandardCharsets.UTF_8);
        byte[] checksum = sha256(manifest).getBytes(StandardCharsets.US_ASCII);
        List<ZipPart> parts = new ArrayList<>();
        parts.add(ZipPart.pack(MANIFEST, manifest));
        parts.add(ZipPart.pack(CHECKSUM, checksum));
        parts.addAll(arrays);
        byte[] directory = ZipPart.directory(parts);
        long size = directory.length + parts.stream().mapToLong(ZipPart::length).sum();
        long inflated = parts.stream().mapToLong(ZipPart::size).sum();
        if (manifest.length > Limits.MANIFEST
                || entries.size() > Limits.ENTRIES
                || Math.max(size, inflated) > Limits.TOTAL - 64) {
            throw new BundleException("The model has %d bytes, %d of them in the manifest, which is above the limit."
                            .formatted(inflated, manifest.length)
                    + " Train a smaller model.");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) size);
        for (ZipPart part : parts) {
            out.writeBytes(part.header());
            out.write(part.source(), part.from(), part.packed());
        }
        out.writeBytes(directory);
        return out.toByteArray();
    }

    /**
     * Reads the bytes of a file.
     *
     * @throws BundleException if they are damaged, too large, or of a newer format
     */
    public static Node fromBytes(byte[] bytes) {
        Zip zip = new Zip(bytes);
        byte[] manifest = zip.next(MANIFEST, Limits.MANIFEST).unpack();
        byte[] checksum = zip.next(CHECKSUM, 64).unpack();
        if (!sha256(manifest).equals(new String(checksum, StandardCharsets.US_ASCII))) {
            throw Zip.damaged("its manifest does not have its checksum");
        }
        return ManifestReader.read(text(manifest), FORMAT, entries -> open(zip, entries));
    }

    private static IntFunction<Object> open(Zip zip, List<ManifestWriter.Entry> entries) {
        List<ZipPart> parts = new ArrayList<>();
        for (ManifestWriter.Entry entry : entries) {
            ZipPart part = zip.next("arrays/" + parts.size(), Limits.TOTAL);
            if (entry.length() < 0
                    || entry.length() > Limits.TOTAL
                    || entry.length() * entry.kind().bytes != part.size()) {
                throw Zip.damaged("entry '%s' does not have the size that the manifest names".formatted(part.name()));
            }
            parts.add(part);
        }
        zip.end();
        return number -> {
            if (number >= parts.size()) {
                throw Zip.damaged("its manifest uses array %d of %d".formatted(number, parts.size()));
            }
            byte[] raw = parts.get(number).unpack();
            if (!sha256(raw).equals(entries.get(number).sha256())) {
                throw Zip.damaged("array %d does not have its checksum".formatted(number));
            }
            return entries.get(number).kind().decode(raw);
        };
    }

    /** Packs all arrays in the order in which the manifest names them. */
    private static void pack(Node node, int depth, List<ManifestWriter.Entry> entries, List<ZipPart> parts) {
        if (depth > Limits.DEPTH) {
            throw new BundleException(
                    "The model is nested deeper than %d levels. Train a simpler ensemble.".formatted(Limits.DEPTH));
        }
        for (Object value : node.values().values()) {
            if (value instanceof Node child) {
                pack(child, depth + 1, entries, parts);
            } else if (value instanceof Node.Nodes nodes) {
                nodes.nodes().forEach(child -> pack(child, depth + 1, entries, parts));
            } else if (value.getClass().isArray()) {
                byte[] raw = ArrayKind.encode(value);
                ArrayKind kind = ArrayKind.of(value);
                entries.add(new ManifestWriter.Entry(kind, raw.length / kind.bytes, sha256(raw)));
                parts.add(ZipPart.pack("arrays/" + parts.size(), raw));
            }
        }
    }

    private static String text(byte[] manifest) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(manifest))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BundleException("The model file is damaged: its manifest is not UTF-8. Copy it again.", e);
        }
    }

    private static String version() {
        @Nullable String version = Bundle.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
