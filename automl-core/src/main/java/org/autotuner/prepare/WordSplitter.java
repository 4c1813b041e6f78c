package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lower-cased words of letters and digits, and pairs of neighbouring ones joined by a space. */
final class WordSplitter {

    /** Longer texts are read up to here, so that one cell cannot exhaust memory. */
    static final int LONGEST = 100_000;

    private WordSplitter() {}

    static List<String> terms(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        String lower = cut.toLowerCase(Locale.ROOT);
        List<String> terms = new ArrayList<>();
        String before = "";
        int start = -1;
        for (int i = 0; i <= lower.length(); i++) {
            boolean inside = i < lower.length() && Character.isLetterOrDigit(lower.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                String word = lower.substring(start, i);
                terms.add(word);
                if (!before.isEmpty()) {
                    terms.add(before + " " + word);
                }
                before = word;
                start = -1;
            }
        }
        return terms;
    }
}
