package org.autotuner.prepare;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.bundle.Node;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.jspecify.annotations.Nullable;

/**
 * Words and pairs of words of a vocabulary. Sparse: (1 + log count) times inverse document frequency, rows of length 1
 * (Salton and Buckley 1988), for linear models. Dense: plain counts, for trees.
 */
final class TextWords implements ColumnEncoder {

    static final String KIND = "words";

    private final int column;
    private final List<Feature> features;
    private final List<String> terms;
    private final float[] idf;
    private final Map<String, Integer> positions;

    /** An encoder; {@code features} is empty if sparse, else has one per term. */
    TextWords(int column, List<Feature> features, List<String> terms, float[] idf) {
        this.column = column;
        this.features = features;
        this.terms = List.copyOf(terms);
        this.idf = idf;
        Map<String, Integer> numbered = new HashMap<>();
        this.terms.forEach(term -> numbered.put(term, numbered.size()));
        this.positions = Map.copyOf(numbered);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<Feature> features() {
        return features;
    }

    @Override
    public int sparseWidth() {
        return features.isEmpty() ? terms.size() : 0;
    }

    @Override
    public void encode(Table table, int from, int to, float[] out, int stride, int offset) {
        if (features.isEmpty()) {
            return;
        }
        TextColumn cells = (TextColumn) table.column(column);
        for (int row = from; row < to; row++) {
            int at = row * stride + offset;
            Arrays.fill(out, at, at + features.size(), 0);
            @Nullable String text = cells.text(row);
            if (text != null) {
                for (String term : WordSplitter.terms(text)) {
                    @Nullable Integer position = positions.get(term);
                    if (position != null) {
                        out[at + position]++;
                    }
                }
            }
        }
    }

    @Override
    public void encodeSparse(Table table, int row, int base, SparseRowsBuilder out) {
        @Nullable String text = ((TextColumn) table.column(column)).text(row);
        if (!features.isEmpty() || text == null) {
            return;
        }
        List<String> words = WordSplitter.terms(text);
        int[] found = new int[words.size()];
        int size = 0;
        for (String term : words) {
            @Nullable Integer position = positions.get(term);
            if (position != null) {
                found[size++] = position;
            }
        }
        Arrays.sort(found, 0, size);
        int[] terms = new int[size];
        double[] values = new double[size];
        int distinct = 0;
        double squares = 0;
        for (int i = 0; i < size; ) {
            int end = i;
            while (end < size && found[end] == found[i]) {
                end++;
            }
            terms[distinct] = found[i];
            values[distinct] = (1 + StrictMath.log(end - i)) * idf[found[i]];
            squares += values[distinct] * values[distinct];
            distinct++;
            i = end;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < distinct; i++) {
            out.add(base + terms[i], (float) (values[i] / length));
        }
    }

    @Override
    public void write(Node node) {
        node.put("column", column).putTexts("terms", terms).put("idf", idf);
    }

    static TextWords read(Node node, List<Feature> features, InputColumns columns) {
        List<String> terms = node.texts("terms");
        if (terms.stream().distinct().count() != terms.size()) {
            throw node.wrong("terms", "names a term twice");
        }
        float[] idf = Codecs.floats(node, "idf", terms.size());
        for (float weight : idf) {
            if (!(weight > 0)) {
                throw node.wrong("idf", "holds %s, but weights are positive".formatted(weight));
            }
        }
        if (!features.isEmpty()) {
            Codecs.width(node, features, terms.size());
        }
        return new TextWords(columns.column(node, "column", ColumnType.TEXT), features, terms, idf);
    }
}
