package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.autotuner.data.TextColumn;
import org.jspecify.annotations.Nullable;

/** Chooses the vocabulary of a text column: the most frequent terms if sparse, the most telling ones if dense. */
final class WordFitter {

    private static final int SAMPLE_ROWS = 50_000;
    private static final int MOST_CANDIDATES = 500_000;
    private static final int MOST_SPARSE = 5000;
    private static final int MOST_DENSE = 200;
    /** Dense words may take this many cells, 200 MB. */
    private static final int MOST_CELLS = 50_000_000;

    private final FitInput input;
    private final PlanOptions options;

    WordFitter(FitInput input, PlanOptions options) {
        this.input = input;
        this.options = options;
    }

    /** Number of texts with a term, and sums of the target over them. */
    private static final class Counts {
        private int texts;
        private final double[] sums;

        Counts(int outputs) {
            sums = new double[outputs];
        }
    }

    private record Term(String text, int texts, double rank) {}

    List<FittedStep> fit(int column) {
        boolean sparse = options.model() == PlanOptions.Model.LINEAR;
        int[] rows = input.spread(SAMPLE_ROWS);
        int[] read = new int[1];
        Map<String, Counts> counts = count((TextColumn) input.table().column(column), rows, read);
        int least = rows.length < 100 ? 1 : Math.max(2, sparse ? 2 : rows.length / 1000);
        List<Term> terms = new ArrayList<>();
        counts.forEach((text, seen) -> {
            // A term of all texts tells nothing.
            if (seen.texts >= least && seen.texts < read[0]) {
                terms.add(new Term(text, seen.texts, sparse ? seen.texts : telling(seen)));
            }
        });
        terms.sort(Comparator.comparingDouble((Term term) -> -term.rank()).thenComparing(Term::text));
        int most = sparse ? MOST_SPARSE : Math.min(MOST_DENSE, Math.max(8, MOST_CELLS / Math.max(1, input.rows())));
        List<Term> kept = terms.subList(0, Math.min(most, terms.size()));
        if (kept.isEmpty()) {
            return List.of();
        }
        String name = input.name(column);
        List<Feature> features = new ArrayList<>();
        float[] idf = new float[kept.size()];
        for (int i = 0; i < idf.length; i++) {
            idf[i] =
                    (float) (StrictMath.log((1.0 + read[0]) / (1.0 + kept.get(i).texts())) + 1);
            if (!sparse) {
                features.add(input.names().number(name + "#" + kept.get(i).text(), name));
            }
        }
        List<String> texts = kept.stream().map(Term::text).toList();
        return List.of(FittedStep.of(new TextWords(column, List.copyOf(features), texts, idf)));
    }

    private Map<String, Counts> count(TextColumn cells, int[] rows, int[] read) {
        int outputs = input.target().outputs();
        Map<String, Counts> counts = new HashMap<>();
        for (int i = 0; i < rows.length; i++) {
            if (i % 256 == 0) {
                input.deadline().check();
            }
            @Nullable String text = cells.text(rows[i]);
            if (text == null || input.weights().at(rows[i]) == 0) {
                continue;
            }
            read[0]++;
            for (String term : new HashSet<>(WordSplitter.terms(text))) {
                Counts seen = counts.computeIfAbsent(term, added -> new Counts(outputs));
                seen.texts++;
                input.target().add(rows[i], 1, seen.sums, 0);
            }
            if (counts.size() > MOST_CANDIDATES) {
                counts.values().removeIf(seen -> seen.texts == 1);
                if (counts.size() > MOST_CANDIDATES / 2) {
                    counts.values().removeIf(seen -> seen.texts < 4);
                }
            }
        }
        return counts;
    }

    /** Chi-squared like: squared distance of the term's target from what its number of texts lets expect. */
    private double telling(Counts seen) {
        double sum = 0;
        for (int k = 0; k < seen.sums.length; k++) {
            double prior = input.target().prior(k);
            double expected = seen.texts * prior;
            double variance = input.target().isReal() ? seen.texts : seen.texts * prior * (1 - prior);
            if (variance > 0) {
                sum += (seen.sums[k] - expected) * (seen.sums[k] - expected) / variance;
            }
        }
        return sum;
    }
}
