package org.autotuner.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.autotuner.error.BundleException;

/**
 * One entry of a ZIP file as this library writes it: sizes in front, no extras, no comments, a fixed time (1980-01-01).
 *
 * @param method 0 stored, 8 deflated
 * @param size bytes after inflating
 * @param source holds the packed bytes at {@code from..from+packed-1}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and the bytes are shared on purpose
record ZipPart(String name, int method, int crc, int packed, int size, byte[] source, int from) {

    static final int LOCAL = 0x04034b50;
    static final int CENTRAL = 0x02014b50;
    static final int END = 0x06054b50;
    static final int LOCAL_SIZE = 30;
    private static final int CENTRAL_SIZE = 46;
    private static final int END_SIZE = 22;
    private static final short VERSION = 20;
    private static final short DATE = 0x21;

    static ZipPart pack(String name, byte[] raw) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(raw);
            deflater.finish();
            byte[] packed = new byte[raw.length];
            int length = 0;
            while (!deflater.finished() && length < packed.length) {
                length += deflater.deflate(packed, length, packed.length - length);
            }
            boolean worth = deflater.finished() && (long) length * Limits.RATIO >= raw.length;
            return worth
                    ? new ZipPart(name, 8, crc(raw), length, raw.length, Arrays.copyOf(packed, length), 0)
                    : new ZipPart(name, 0, crc(raw), raw.length, raw.length, raw, 0);
        } finally {
            deflater.end();
        }
    }

    /** The bytes themselves, after checking that exactly {@code size} come out with the right checksum. */
    byte[] unpack() {
        byte[] raw = method == 0 ? Arrays.copyOfRange(source, from, from + size) : inflate();
        if (crc(raw) != crc) {
            throw Zip.damaged("entry '%s' does not have its checksum".formatted(name));
        }
        return raw;
    }

    private byte[] inflate() {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(source, from, packed);
            byte[] raw = new byte[size];
            int length = 0;
            while (length < size) {
                int more = inflater.inflate(raw, length, size - length);
                if (more == 0) {
                    throw Zip.damaged("entry '%s' ends early".formatted(name));
                }
                length += more;
            }
            // The end mark of the stream may still be waiting.
            if (inflater.inflate(new byte[1]) != 0 || !inflater.finished() || inflater.getRemaining() != 0) {
                throw Zip.damaged("entry '%s' is longer than it says".formatted(name));
            }
            return raw;
        } catch (DataFormatException e) {
            throw new BundleException(
                    "The model file is damaged: entry '%s' cannot be inflated. Save or copy the model again."
                            .formatted(name),
                    e);
        } finally {
            inflater.end();
        }
    }

    private static int crc(byte[] raw) {
        CRC32 crc = new CRC32();
        crc.update(raw);
        return (int) crc.getValue();
    }

    /** Bytes that the entry takes with its local header. */
    long length() {
        return LOCAL_SIZE + (long) name.length() + packed;
    }

    /** The local header with the name. */
    byte[] header() {
        byte[] header = new byte[LOCAL_SIZE + name.length()];
        fields(buffer(header).putInt(LOCAL)).put(name.getBytes(StandardCharsets.US_ASCII));
        return header;
    }

    /** Central directory and end record of entries that lie one behind the other. */
    static byte[] directory(Iterable<ZipPart> parts) {
        long size = END_SIZE;
        int count = 0;
        for (ZipPart part : parts) {
            size += CENTRAL_SIZE + part.name.length();
            count++;
        }
        byte[] directory = new byte[Math.toIntExact(size)];
        ByteBuffer out = buffer(directory);
        long position = 0;
        for (ZipPart part : parts) {
            part.fields(out.putInt(CENTRAL).putShort(VERSION));
            out.putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt((int) position);
            out.put(part.name.getBytes(StandardCharsets.US_ASCII));
            position += part.length();
        }
        // As in ZIP64 the 16-bit counts are all ones where they do not suffice; our reader counts itself.
        short shown = (short) Math.min(count, 0xffff);
        out.putInt(END).putShort((short) 0).putShort((short) 0).putShort(shown).putShort(shown);
        out.putInt((int) (size - END_SIZE)).putInt((int) position).putShort((short) 0);
        return directory;
    }

    /** Version to file name length: the same in the local and the central header. */
    private ByteBuffer fields(ByteBuffer out) {
        out.putShort(VERSION)
                .putShort((short) 0)
                .putShort((short) method)
                .putShort((short) 0)
                .putShort(DATE);
        return out.putInt(crc)
                .putInt(packed)
                .putInt(size)
                .putShort((short) name.length())
                .putShort((short) 0);
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
