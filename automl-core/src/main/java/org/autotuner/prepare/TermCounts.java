package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.autotuner.data.TextColumn;
import org.jspecify.annotations.Nullable;

/** In how many texts of some rows each term occurs. Confined to one thread. */
final class TermCounts {

    private static final int MOST_CANDIDATES = 1_000_000;

    private final TermKind kind;
    private TermTable table = new TermTable(1 << 12);
    private int[] counts = new int[1 << 12];
    private int[] last = new int[1 << 12];
    private int texts;
    private long words;

    private TermCounts(TermKind kind) {
        this.kind = kind;
    }

    /** A term and in how many texts it is. */
    record Term(String text, int texts) {}

    static TermCounts of(TermKind kind, FitInput input, int column, int[] rows) {
        TermCounts counts = new TermCounts(kind);
        TextColumn cells = (TextColumn) input.table().column(column);
        TermScanner scanner = new TermScanner(kind);
        for (int i = 0; i < rows.length; i++) {
            if (i % 256 == 0) {
                input.deadline().check();
            }
            @Nullable String text = cells.text(rows[i]);
            if (text != null && input.weights().at(rows[i]) > 0) {
                counts.texts++;
                scanner.scan(text, counts::add);
                counts.words += scanner.words();
                counts.shrink();
            }
        }
        return counts;
    }

    /** Number of different terms. */
    int size() {
        return table.size();
    }

    /** Number of texts that were read: neither missing nor of weight 0. */
    int texts() {
        return texts;
    }

    double wordsPerText() {
        return (double) words / Math.max(1, texts);
    }

    /** The most frequent terms, but none of fewer than {@code least} texts and none of all: that tells nothing. */
    List<Term> frequent(int least, int most) {
        List<Term> terms = new ArrayList<>();
        for (int number = 0; number < table.size(); number++) {
            if (counts[number] >= least && counts[number] < texts) {
                terms.add(new Term(table.term(number), counts[number]));
            }
        }
        terms.sort(Comparator.comparingInt((Term term) -> -term.texts()).thenComparing(Term::text));
        return terms.subList(0, Math.min(most, terms.size()));
    }

    /** Inverse document frequency, smoothed as in scikit-learn. */
    float idf(Term term) {
        return (float) (StrictMath.log((1.0 + texts) / (1.0 + term.texts())) + 1);
    }

    Vocabulary vocabulary(List<Term> terms) {
        float[] idf = new float[terms.size()];
        for (int i = 0; i < idf.length; i++) {
            idf[i] = idf(terms.get(i));
        }
        return new Vocabulary(kind, terms.stream().map(Term::text).toList(), idf);
    }

    private void add(char[] buffer, int from, int to) {
        int number = table.add(buffer, from, to);
        if (number == counts.length) {
            counts = Arrays.copyOf(counts, 2 * number);
            last = Arrays.copyOf(last, 2 * number);
        }
        if (last[number] != texts) {
            last[number] = texts;
            counts[number]++;
        }
    }

    private void shrink() {
        for (int least = 2; table.size() > (least == 2 ? MOST_CANDIDATES : MOST_CANDIDATES / 2); least *= 2) {
            TermTable kept = new TermTable(table.size() / 2);
            int[] keptCounts = new int[counts.length];
            for (int number = 0; number < table.size(); number++) {
                if (counts[number] >= least) {
                    String term = table.term(number);
                    keptCounts[kept.add(term.toCharArray(), 0, term.length())] = counts[number];
                }
            }
            table = kept;
            counts = keptCounts;
            last = new int[counts.length];
        }
    }
}
