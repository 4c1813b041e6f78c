package org.autotuner.prepare;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.autotuner.bundle.Node;

/**
 * Terms and their inverse document frequencies, and the vector of a text over them: (1 + log count) times the frequency,
 * scaled to length 1 (Salton and Buckley 1988). Immutable and thread-safe.
 */
final class Vocabulary {

    /** Receives the entries of a vector by increasing term. */
    @FunctionalInterface
    interface Sink {
        void entry(int term, float value);
    }

    private final TermKind kind;
    private final TermTable terms;
    private final float[] idf;

    Vocabulary(TermKind kind, List<String> terms, float[] idf) {
        this.kind = kind;
        this.terms = TermTable.of(terms);
        this.idf = idf;
    }

    int size() {
        return idf.length;
    }

    /** Adds one to {@code out[offset + term]} for each known term of the text. */
    void count(String text, float[] out, int offset) {
        new TermScanner(kind).scan(text, (buffer, from, to) -> {
            int term = terms.find(buffer, from, to);
            if (term >= 0) {
                out[offset + term]++;
            }
        });
    }

    /** Hands the vector of the text to {@code sink}; nothing if the text has no known term. */
    void vector(String text, Sink sink) {
        Found found = new Found();
        new TermScanner(kind).scan(text, (buffer, from, to) -> {
            int term = terms.find(buffer, from, to);
            if (term >= 0) {
                found.add(term);
            }
        });
        int[] numbers = found.numbers;
        Arrays.sort(numbers, 0, found.size);
        double[] values = new double[found.size];
        int distinct = 0;
        double squares = 0;
        for (int i = 0; i < found.size; ) {
            int end = i;
            while (end < found.size && numbers[end] == numbers[i]) {
                end++;
            }
            numbers[distinct] = numbers[i];
            values[distinct] = (1 + StrictMath.log(end - i)) * idf[numbers[i]];
            squares += values[distinct] * values[distinct];
            distinct++;
            i = end;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < distinct; i++) {
            sink.entry(numbers[i], (float) (values[i] / length));
        }
    }

    void write(Node node) {
        node.put("terms_are", kind.name());
        node.putTexts(
                "terms", IntStream.range(0, idf.length).mapToObj(terms::term).toList());
        node.put("idf", idf);
    }

    static Vocabulary read(Node node) {
        TermKind kind = node.has("terms_are")
                ? Codecs.constant(node, "terms_are", TermKind.class, node.text("terms_are"))
                : TermKind.WORDS;
        List<String> terms = node.texts("terms");
        float[] idf = Codecs.floats(node, "idf", terms.size());
        for (float weight : idf) {
            if (!(weight > 0)) {
                throw node.wrong("idf", "holds %s, but weights are positive".formatted(weight));
            }
        }
        Vocabulary vocabulary = new Vocabulary(kind, terms, idf);
        if (vocabulary.terms.size() != terms.size()) {
            throw node.wrong("terms", "names a term twice");
        }
        return vocabulary;
    }

    /** A growing list of term numbers. */
    private static final class Found {
        private int[] numbers = new int[64];
        private int size;

        void add(int term) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = term;
        }
    }
}
