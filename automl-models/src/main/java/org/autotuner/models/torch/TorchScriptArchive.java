package org.autotuner.models.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive, what {@code torch.jit.load} reads, in memory from TorchScript source. It is a ZIP of stored
 * entries under one folder: {@code version} (10: what libtorch 2.7 reads and means), {@code data.pkl} (a pickle of the
 * module: its class, no state), {@code constants.pkl} (an empty tuple) and {@code code/__torch__.py} (the class). The
 * source may use operators of {@code torch} and {@code ops} only, and gets everything else as arguments. Equal sources give
 * equal bytes.
 */
final class TorchScriptArchive {

    private static final String FOLDER = "network/";
    private static final long NO_TIME = 315_532_800_000L;

    private TorchScriptArchive() {}

    /**
     * The archive.
     *
     * @param name of the class
     * @param methods the class's body: {@code def}s indented by two spaces
     */
    static byte[] of(String name, String methods) {
        String source =
                "class %s(Module):%n  __parameters__ = []%n  __buffers__ = []%n"
                                .formatted(name)
                                .replace("\r\n", "\n") + methods.stripTrailing() + "\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "data.pkl", module(name)); // the first entry's folder is the archive's
            store(zip, "byteorder", ascii("little"));
            store(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            store(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            store(zip, "version", ascii("10\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("A ZIP file in memory could not be written.", e);
        }
        return bytes.toByteArray();
    }

    /** Pickle, protocol 2: an instance of the class without arguments, built from an empty dictionary. */
    private static byte[] module(String name) {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.writeBytes(new byte[] {(byte) 0x80, 2});
        pickle.writeBytes(ascii("c__torch__\n" + name + "\n"));
        pickle.writeBytes(new byte[] {')', (byte) 0x81, '}', 'b', '.'});
        return pickle.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void store(ZipOutputStream zip, String name, byte[] data) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(data);
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(data.length);
        entry.setCompressedSize(data.length);
        entry.setCrc(checksum.getValue());
        entry.setTime(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(data);
        zip.closeEntry();
    }
}
