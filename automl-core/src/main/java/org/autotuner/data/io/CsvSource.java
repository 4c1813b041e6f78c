package org.autotuner.data.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.autotuner.data.ReadOptions;
import org.autotuner.error.DataException;

/** A text file that can be read several times: unpacked, decoded, without its byte order mark. */
final class CsvSource {

    static final Charset WINDOWS = Charset.forName("windows-1252");

    private static final int SAMPLE = 1 << 16;

    private final Path file;
    private final Charset charset;
    private final boolean certain;
    private final int skip;
    private final byte[] sample;

    private CsvSource(Path file, Charset charset, boolean certain, int skip, byte[] sample) {
        this.file = file;
        this.charset = charset;
        this.certain = certain;
        this.skip = skip;
        this.sample = sample;
    }

    static CsvSource open(Path file, ReadOptions options) {
        byte[] sample;
        try (InputStream in = unpacked(file)) {
            sample = in.readNBytes(SAMPLE);
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
        Optional<Charset> given = options.charset();
        if (starts(sample, 0xEF, 0xBB, 0xBF)) {
            return new CsvSource(file, given.orElse(StandardCharsets.UTF_8), true, 3, sample);
        }
        if (starts(sample, 0xFF, 0xFE)) {
            return new CsvSource(file, StandardCharsets.UTF_16LE, true, 2, sample);
        }
        if (starts(sample, 0xFE, 0xFF)) {
            return new CsvSource(file, StandardCharsets.UTF_16BE, true, 2, sample);
        }
        if (given.isEmpty()) {
            refuseZeros(file, sample);
        }
        return new CsvSource(file, given.orElse(StandardCharsets.UTF_8), given.isPresent(), 0, sample);
    }

    private static void refuseZeros(Path file, byte[] sample) {
        for (byte each : sample) {
            if (each == 0) {
                throw new DataException(
                        "The file '%s' holds zero bytes: it is no text, or UTF-16 or UTF-32 without a byte order mark. "
                                        .formatted(file)
                                + "Give its encoding by ReadOptions.withCharset, or convert it.");
            }
        }
    }

    private static boolean starts(byte[] sample, int... mark) {
        if (sample.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((sample[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static InputStream unpacked(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        if (!String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".gz")) {
            return raw;
        }
        try {
            return new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16);
        } catch (IOException notGzip) {
            raw.close();
            throw notGzip;
        }
    }

    static DataException unreadable(Path file, IOException cause) {
        return new DataException(
                "The file '%s' cannot be read: %s. Check that it is complete and that you may read it."
                        .formatted(
                                file,
                                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
                cause);
    }

    CsvSource withCharset(Charset other) {
        return new CsvSource(file, other, true, skip, sample);
    }

    Path file() {
        return file;
    }

    Charset charset() {
        return charset;
    }

    boolean charsetIsCertain() {
        return certain;
    }

    /** The first characters, with replacements where the end of the sample cuts one. */
    String sample() {
        return new String(sample, Math.min(skip, sample.length), Math.max(0, sample.length - skip), charset);
    }

    /** Whether {@link #sample()} ends before the file does. */
    boolean sampleIsCut() {
        return sample.length == SAMPLE;
    }

    /** All characters; bad bytes fail with a {@link java.nio.charset.CharacterCodingException}. */
    Reader reader() throws IOException {
        InputStream in = unpacked(file);
        try {
            in.skipNBytes(skip);
        } catch (IOException failed) {
            in.close();
            throw failed;
        }
        return new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }
}
