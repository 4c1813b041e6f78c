package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.autotuner.data.TextColumn;
import org.jspecify.annotations.Nullable;

/**
 * Fits what a text column gives to a model: frequent words and runs of characters as sparse vectors to linear models,
 * counts of the most telling words to trees, latent topics to all others and, where texts are long, to trees.
 */
final class TermFitter {

    private static final int SAMPLE_ROWS = 50_000;
    private static final int MOST_WORDS = 40_000;
    private static final int MOST_RUNS = 80_000;
    /** Weights that a linear model may have for the terms of one column, over all outputs. */
    private static final int MOST_WEIGHTS = 2_000_000;

    private static final int MOST_CANDIDATES = 20_000;
    private static final int MOST_DENSE = 200;
    /** Dense words may take this many cells, 200 MB. */
    private static final int MOST_CELLS = 50_000_000;

    private static final double LONG_TEXT_WORDS = 6;

    private final FitInput input;
    private final PlanOptions options;

    TermFitter(FitInput input, PlanOptions options) {
        this.input = input;
        this.options = options;
    }

    List<FittedStep> fit(int column) {
        int[] rows = input.spread(SAMPLE_ROWS);
        TermCounts words = TermCounts.of(TermKind.WORDS, input, column, rows);
        List<FittedStep> steps = new ArrayList<>();
        if (options.model() == PlanOptions.Model.LINEAR) {
            int weights = MOST_WEIGHTS / input.classes();
            addSparse(steps, column, words, Math.min(MOST_WORDS, weights / 3));
            TermCounts runs = TermCounts.of(TermKind.CHARACTERS, input, column, rows);
            addSparse(steps, column, runs, Math.min(MOST_RUNS, weights - weights / 3));
            return steps;
        }
        if (options.isTrees()) {
            addCounts(steps, column, words, rows);
        }
        if (!options.isTrees() || words.wordsPerText() >= LONG_TEXT_WORDS) {
            new TopicFitter(input).fit(column, words, least(rows.length)).ifPresent(steps::add);
        }
        return steps;
    }

    private static int least(int rows) {
        return rows < 100 ? 1 : 2;
    }

    /** Terms of one text help, too, but an arbitrary part of them does not: all of them or none. */
    private static void addSparse(List<FittedStep> steps, int column, TermCounts counts, int most) {
        List<TermCounts.Term> terms = counts.frequent(counts.size() <= most ? 1 : 2, most);
        if (!terms.isEmpty()) {
            steps.add(FittedStep.of(new TextTerms(column, List.of(), counts.vocabulary(terms))));
        }
    }

    private void addCounts(List<FittedStep> steps, int column, TermCounts words, int[] rows) {
        int least = Math.max(least(rows.length), rows.length / 1000);
        List<TermCounts.Term> candidates = words.frequent(least, MOST_CANDIDATES);
        int most = Math.min(MOST_DENSE, Math.max(8, MOST_CELLS / Math.max(1, input.rows())));
        double[] telling = telling(column, candidates, rows);
        List<TermCounts.Term> kept = IntStream.range(0, candidates.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -telling[i])
                        .thenComparing(i -> candidates.get(i).text()))
                .limit(most)
                .map(candidates::get)
                .toList();
        if (kept.isEmpty()) {
            return;
        }
        String name = input.name(column);
        List<Feature> features = kept.stream()
                .map(term -> input.names().number(name + "#" + term.text(), name))
                .toList();
        steps.add(FittedStep.of(new TextTerms(column, features, words.vocabulary(kept))));
    }

    /** Chi-squared like: squared distance of a term's target from what its number of texts lets expect. */
    private double[] telling(int column, List<TermCounts.Term> terms, int[] rows) {
        TermTable table = TermTable.of(terms.stream().map(TermCounts.Term::text).toList());
        TargetNumbers target = input.target();
        int outputs = target.outputs();
        double[] sums = new double[terms.size() * outputs];
        int[] last = new int[terms.size()];
        TextColumn cells = (TextColumn) input.table().column(column);
        TermScanner scanner = new TermScanner(TermKind.WORDS);
        for (int i = 0; i < rows.length; i++) {
            if (i % 256 == 0) {
                input.deadline().check();
            }
            int row = rows[i];
            int mark = i + 1;
            @Nullable String text = cells.text(row);
            if (text != null && input.weights().at(row) > 0) {
                scanner.scan(text, (buffer, from, to) -> {
                    int term = table.find(buffer, from, to);
                    if (term >= 0 && last[term] != mark) {
                        last[term] = mark;
                        target.add(row, 1, sums, term * outputs);
                    }
                });
            }
        }
        double[] telling = new double[terms.size()];
        for (int term = 0; term < telling.length; term++) {
            int texts = terms.get(term).texts();
            for (int k = 0; k < outputs; k++) {
                double prior = target.prior(k);
                double variance = target.isReal() ? texts : texts * prior * (1 - prior);
                double distance = sums[term * outputs + k] - texts * prior;
                telling[term] += variance > 0 ? distance * distance / variance : 0;
            }
        }
        return telling;
    }
}
