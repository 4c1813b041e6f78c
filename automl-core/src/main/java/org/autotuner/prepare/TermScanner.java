package org.autotuner.prepare;

import java.util.Arrays;
import java.util.Locale;

/**
 * Finds the terms of texts, as ranges of one buffer that holds the text in lower case with single blanks around its
 * words. Scripts without blanks (Chinese, Japanese) give one word per character. Characters beyond 16 bits are never
 * cut. Reusable; not thread-safe.
 */
final class TermScanner {

    /** Longer texts are read up to here, so that one cell cannot exhaust memory. */
    static final int LONGEST = 100_000;

    private static final int SHORTEST_RUN = 3;
    private static final int LONGEST_RUN = 5;

    /** Receives the terms in the order of the text: each is {@code buffer[from..to-1]}, valid during the call only. */
    @FunctionalInterface
    interface Sink {
        void term(char[] buffer, int from, int to);
    }

    private final TermKind kind;
    private char[] buffer = new char[256];
    private int length;
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private int words;

    TermScanner(TermKind kind) {
        this.kind = kind;
    }

    void scan(String text, Sink sink) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        split(cut.toLowerCase(Locale.ROOT));
        if (kind == TermKind.WORDS) {
            for (int word = 0; word < words; word++) {
                sink.term(buffer, starts[word], ends[word]);
                if (word > 0) {
                    sink.term(buffer, starts[word - 1], ends[word]);
                }
            }
        } else {
            for (int word = 0; word < words; word++) {
                runs(starts[word] - 1, ends[word] + 1, sink);
            }
        }
    }

    /** Number of words that the last text had. */
    int words() {
        return words;
    }

    private void runs(int from, int to, Sink sink) {
        for (int size = SHORTEST_RUN; size <= LONGEST_RUN; size++) {
            if (size >= to - from) {
                sink.term(buffer, from, to);
                return;
            }
            for (int at = from; at + size <= to; at++) {
                boolean cuts = Character.isLowSurrogate(buffer[at]) || Character.isHighSurrogate(buffer[at + size - 1]);
                if (!cuts) {
                    sink.term(buffer, at, at + size);
                }
            }
        }
    }

    private void split(String text) {
        words = 0;
        length = 0;
        append(' ');
        boolean inside = false;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            boolean alone = kind == TermKind.WORDS && isWordAlone(point);
            if (inside && (alone || !belongs(point))) {
                endWord();
                inside = false;
            }
            if (!belongs(point)) {
                continue;
            }
            if (!inside) {
                startWord();
                inside = true;
            }
            if (Character.isBmpCodePoint(point)) {
                append((char) point);
            } else {
                append(Character.highSurrogate(point));
                append(Character.lowSurrogate(point));
            }
            if (alone) {
                endWord();
                inside = false;
            }
        }
        if (inside) {
            endWord();
        }
    }

    private boolean belongs(int point) {
        if (kind == TermKind.CHARACTERS) {
            return !Character.isWhitespace(point) && !Character.isSpaceChar(point);
        }
        int type = Character.getType(point);
        return Character.isLetterOrDigit(point)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isWordAlone(int point) {
        if (point < 0x2E80) {
            return false;
        }
        Character.UnicodeScript script = Character.UnicodeScript.of(point);
        return script == Character.UnicodeScript.HAN
                || script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA;
    }

    private void startWord() {
        if (words == starts.length) {
            starts = Arrays.copyOf(starts, 2 * words);
            ends = Arrays.copyOf(ends, 2 * words);
        }
        starts[words] = length;
    }

    private void endWord() {
        ends[words++] = length;
        append(' ');
    }

    private void append(char c) {
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * length);
        }
        buffer[length++] = c;
    }
}
