package org.autotuner.models.boost;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The one folder where native libraries are unpacked: the system property {@code autotuner.cache}, else the variable
 * {@code AUTOTUNER_CACHE}, else {@code .cache/autotuner} in the user's home, else a folder among the temporary files. A
 * library lies in a folder named by its own hash and gets there by an atomic move, so that processes that start at the
 * same moment never see half a file and never touch one that is in use.
 */
final class NativeFolder {

    private NativeFolder() {}

    /** Unpacks a resource of the class path once, and returns its file. */
    static Path unpack(Class<?> owner, String resource) throws IOException {
        byte[] content = read(owner, resource);
        String name = resource.substring(resource.lastIndexOf('/') + 1);
        Path folder = root().resolve(hash(content));
        Path file = folder.resolve(name);
        if (isSame(file, content)) {
            return file;
        }
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, name, ".part");
        try {
            Files.write(part, content);
            move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
        return file;
    }

    /** A new empty file for a moment; the caller deletes it. */
    static Path scratch(String suffix) throws IOException {
        return Files.createTempFile(root(), "model", suffix);
    }

    private static Path root() throws IOException {
        String given = System.getProperty("autotuner.cache");
        if (given == null) {
            given = System.getenv("AUTOTUNER_CACHE");
        }
        Path wanted = given != null ? Path.of(given) : Path.of(System.getProperty("user.home"), ".cache", "autotuner");
        try {
            Files.createDirectories(wanted);
            if (Files.isWritable(wanted)) {
                return wanted;
            }
        } catch (IOException e) {
            if (given != null) {
                throw new IOException(
                        "The native-cache folder '%s' cannot be made. Set autotuner.cache to another one."
                                .formatted(wanted),
                        e);
            }
        }
        Path fallback = Path.of(System.getProperty("java.io.tmpdir"), "autotuner-" + System.getProperty("user.name"));
        return Files.createDirectories(fallback);
    }

    private static byte[] read(Class<?> owner, String resource) throws IOException {
        try (InputStream in = owner.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("there is no native library for this platform (%s, %s)"
                        .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
            }
            return in.readAllBytes();
        }
    }

    private static boolean isSame(Path file, byte[] content) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == content.length
                && hash(Files.readAllBytes(file)).equals(hash(content));
    }

    private static void move(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
