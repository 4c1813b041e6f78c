package org.autotuner.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of lines {@code {"crc":"1a2b3c4d","entry":...}}, where crc is the CRC-32 of the entry's UTF-8 bytes. Callers
 * hold the folder's lock; not thread-safe.
 */
final class JournalFile implements AutoCloseable {

    static final String NAME = "journal.jsonl";
    static final String DAMAGED = "journal.damaged";

    private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);
    private static final String HEAD = "{\"crc\":\"";
    private static final String MIDDLE = "\",\"entry\":";
    private static final int START = HEAD.length() + 8 + MIDDLE.length();

    private final Path path;
    private final FileChannel channel;
    private final List<String> entries = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private long read;

    JournalFile(Path folder) throws IOException {
        path = folder.resolve(NAME);
        channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Reads what was appended since the last call, by anybody; cuts a damaged tail off. */
    void refresh() throws IOException {
        long size = channel.size();
        if (size == read) {
            return;
        }
        if (size < read || size - read > Integer.MAX_VALUE - 8) {
            throw new IOException("the journal was replaced or is too long");
        }
        byte[] bytes = new byte[(int) (size - read)];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, read + buffer.position()) < 0) {
                throw new IOException("the journal became shorter while it was read");
            }
        }
        int from = 0;
        while (from < bytes.length) {
            int end = from;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            if (end == bytes.length || !isSound(bytes, from, end)) {
                break;
            }
            entries.add(new String(bytes, from + START, end - from - START - 1, StandardCharsets.UTF_8));
            from = end + 1;
        }
        read += from;
        if (from < bytes.length) {
            cut(bytes, from);
        }
    }

    /** Appends lines and forces them to the disk; returns the position of the last one. */
    long append(List<String> json) throws IOException {
        refresh();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String entry : json) {
            byte[] content = entry.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes((HEAD + crc(content, 0, content.length) + MIDDLE).getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(content);
            bytes.write('}');
            bytes.write('\n');
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
        long at = read;
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
        channel.force(false);
        read = at;
        entries.addAll(json);
        return entries.size() - 1L;
    }

    List<StudyStorage.Entry> from(long position) {
        List<StudyStorage.Entry> found = new ArrayList<>();
        for (long i = Math.max(0, position); i < entries.size(); i++) {
            found.add(new StudyStorage.Entry(i, entries.get((int) i)));
        }
        return found;
    }

    /** The damage that was found. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void cut(byte[] bytes, int from) throws IOException {
        Path kept = path.resolveSibling(DAMAGED);
        Files.write(
                kept,
                java.util.Arrays.copyOfRange(bytes, from, bytes.length),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        channel.truncate(read);
        channel.force(true);
        String warning = ("The journal %s is damaged from line %d on, as after a crash: the %d bytes from there are set"
                        + " aside in %s, and the study goes on from the %d lines before.")
                .formatted(path, entries.size() + 1, bytes.length - from, kept, entries.size());
        warnings.add(warning);
        LOG.warn(warning);
    }

    private static boolean isSound(byte[] bytes, int from, int end) {
        if (end - from < START + 2 || bytes[end - 1] != '}') {
            return false;
        }
        String expected = HEAD + crc(bytes, from + START, end - from - START - 1) + MIDDLE;
        return new String(bytes, from, START, StandardCharsets.ISO_8859_1).equals(expected);
    }

    private static String crc(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
