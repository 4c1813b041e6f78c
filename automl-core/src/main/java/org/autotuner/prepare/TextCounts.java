package org.autotuner.prepare;

import java.util.Arrays;
import java.util.List;
import org.autotuner.data.Column;
import org.autotuner.data.TextColumn;
import org.jspecify.annotations.Nullable;

/** Simple counts of a text: characters, words, and shares of kinds of characters. */
final class TextCounts {

    static final List<String> NAMES = List.of(
            "characters",
            "words",
            "charactersPerWord",
            "capitals",
            "digits",
            "punctuation",
            "spaces",
            "beyondAscii",
            "exclamations",
            "questions");

    private TextCounts() {}

    static void read(Column column, int row, double[] out) {
        @Nullable String text = ((TextColumn) column).text(row);
        if (text == null) {
            Arrays.fill(out, Double.NaN);
            return;
        }
        Arrays.fill(out, 0);
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean space = Character.isWhitespace(c);
            out[1] += !space && !inWord ? 1 : 0;
            inWord = !space;
            if (space) {
                out[6]++;
            } else if (Character.isUpperCase(c)) {
                out[3]++;
            } else if (Character.isDigit(c)) {
                out[4]++;
            } else if (!Character.isLetter(c) && c < 128) {
                out[5]++;
            }
            out[7] += c >= 128 ? 1 : 0;
            out[8] += c == '!' ? 1 : 0;
            out[9] += c == '?' ? 1 : 0;
        }
        int length = Math.max(1, text.length());
        out[0] = text.length();
        out[2] = (text.length() - out[6]) / Math.max(1, out[1]);
        for (int share = 3; share <= 7; share++) {
            out[share] /= length;
        }
    }
}
