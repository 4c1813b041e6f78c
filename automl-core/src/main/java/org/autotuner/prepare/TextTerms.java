package org.autotuner.prepare;

import java.util.Arrays;
import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.jspecify.annotations.Nullable;

/** The terms of a {@link Vocabulary}. Sparse: weighted vectors of length 1, for linear models. Dense: plain counts, for trees. */
final class TextTerms implements ColumnEncoder {

    /** First there were only words. */
    static final String KIND = "words";

    private final int column;
    private final List<Feature> features;
    private final Vocabulary vocabulary;

    /** An encoder; {@code features} is empty if sparse, else has one per term. */
    TextTerms(int column, List<Feature> features, Vocabulary vocabulary) {
        this.column = column;
        this.features = features;
        this.vocabulary = vocabulary;
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
        return features.isEmpty() ? vocabulary.size() : 0;
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
                vocabulary.count(text, out, at);
            }
        }
    }

    @Override
    public void encodeSparse(Table table, int row, int base, SparseRowsBuilder out) {
        @Nullable String text = ((TextColumn) table.column(column)).text(row);
        if (features.isEmpty() && text != null) {
            vocabulary.vector(text, (term, value) -> out.add(base + term, value));
        }
    }

    @Override
    public void write(Node node) {
        node.put("column", column);
        vocabulary.write(node);
    }

    static TextTerms read(Node node, List<Feature> features, InputColumns columns) {
        Vocabulary vocabulary = Vocabulary.read(node);
        if (!features.isEmpty()) {
            Codecs.width(node, features, vocabulary.size());
        }
        return new TextTerms(columns.column(node, "column", ColumnType.TEXT), features, vocabulary);
    }
}
