package org.autotuner.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autotuner.error.BundleException;

/**
 * Reads the entries of a model file in order. Stricter than ZIP: entries lie gapless from the first byte on, and
 * directory and end are byte for byte what the writer would write for them, so nothing can hide anywhere.
 */
final class Zip {

    private final byte[] file;
    private final ByteBuffer bytes;
    private final List<ZipPart> parts = new ArrayList<>();
    private int position;
    private long inflated;

    Zip(byte[] file) {
        this.file = file;
        this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The next entry, not yet inflated.
     *
     * @param name that it must have
     * @param limit bytes that it may inflate to
     */
    ZipPart next(String name, long limit) {
        byte[] expected = name.getBytes(StandardCharsets.US_ASCII);
        int data = position + ZipPart.LOCAL_SIZE + expected.length;
        if (data < 0 || data > file.length || bytes.getInt(position) != ZipPart.LOCAL) {
            throw damaged("entry '%s' is absent".formatted(name));
        }
        int method = bytes.getShort(position + 8);
        int packed = bytes.getInt(position + 18);
        int size = bytes.getInt(position + 22);
        ZipPart part = new ZipPart(name, method, bytes.getInt(position + 14), packed, size, file, data);
        if (!Arrays.equals(file, position, data, part.header(), 0, data - position)) {
            throw damaged("the header at byte %d is not that of '%s'".formatted(position, name));
        }
        boolean fits = packed >= 0 && packed <= file.length - data && size >= 0;
        boolean stored = method == 0 && packed == size;
        boolean deflated = method == 8 && size <= (long) packed * Limits.RATIO;
        if (!fits || (!stored && !deflated)) {
            throw damaged("entry '%s' claims %d packed and %d unpacked bytes".formatted(name, packed, size));
        }
        inflated += size;
        if (size > limit || inflated > Limits.TOTAL) {
            throw new BundleException(
                    "Entry '%s' of the model file has %d bytes, which is above the limit. Train a smaller model."
                            .formatted(name, size));
        }
        position = data + packed;
        parts.add(part);
        return part;
    }

    /** Checks that directory and end follow, and nothing after them. */
    void end() {
        byte[] directory = ZipPart.directory(parts);
        if (!Arrays.equals(file, position, file.length, directory, 0, directory.length)) {
            throw damaged("its directory does not fit its entries, or something follows it");
        }
    }

    static BundleException damaged(String problem) {
        return new BundleException("The model file is damaged: %s. Save or copy the model again.".formatted(problem));
    }
}
