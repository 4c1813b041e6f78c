package org.autotuner.data.io;

import java.util.Arrays;

/** Finds the delimiter that cuts the first lines into the most, and always equally many, cells. */
final class DelimiterGuess {

    private static final int LINES = 50;

    private DelimiterGuess() {}

    static char of(String sample, boolean cut, char fallback) {
        char best = fallback;
        double bestScore = 0;
        for (char candidate : new char[] {',', ';', '\t', '|'}) {
            double score = score(sample, cut, candidate);
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    /** Share of lines with as many cells as the first, and among equals the more cells the better; 0 for one column. */
    private static double score(String sample, boolean cut, char delimiter) {
        int[] cells = new int[LINES];
        int lines = 0;
        int inLine = 1;
        boolean quoted = false;
        boolean blank = true;
        for (int i = 0; i < sample.length() && lines < LINES; i++) {
            char c = sample.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                blank = false;
            } else if (!quoted && c == delimiter) {
                inLine++;
                blank = false;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                if (!blank) {
                    cells[lines++] = inLine;
                }
                inLine = 1;
                blank = true;
            } else {
                blank = false;
            }
        }
        if (!blank && lines < LINES && (!cut || lines == 0)) {
            cells[lines++] = inLine;
        }
        if (lines == 0 || cells[0] == 1) {
            return 0;
        }
        long equal = Arrays.stream(cells, 0, lines)
                .filter(count -> count == cells[0])
                .count();
        return (double) equal / lines + 1e-4 * Math.min(1000, cells[0]);
    }
}
