package org.autotuner.prepare;

import java.util.Arrays;
import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.jspecify.annotations.Nullable;

/**
 * Latent semantic analysis (Deerwester et al. 1990): the weighted term vector of a text, projected on the leading right
 * singular vectors of the training texts. Scaled so that the squares of a row's features sum to their number; all zeros
 * for a text without known terms.
 */
final class TextTopics implements ColumnEncoder {

    static final String KIND = "topics";

    private final int column;
    private final List<Feature> features;
    private final Vocabulary vocabulary;
    /** Terms x topics. */
    private final float[] directions;

    TextTopics(int column, List<Feature> features, Vocabulary vocabulary, float[] directions) {
        this.column = column;
        this.features = features;
        this.vocabulary = vocabulary;
        this.directions = directions;
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
    public void encode(Table table, int from, int to, float[] out, int stride, int offset) {
        TextColumn cells = (TextColumn) table.column(column);
        int topics = features.size();
        double[] sums = new double[topics];
        for (int row = from; row < to; row++) {
            @Nullable String text = cells.text(row);
            Arrays.fill(sums, 0);
            if (text != null) {
                vocabulary.vector(text, (term, value) -> {
                    for (int k = 0; k < topics; k++) {
                        sums[k] += value * directions[term * topics + k];
                    }
                });
            }
            double squares = 0;
            for (double sum : sums) {
                squares += sum * sum;
            }
            double scale = squares > 0 ? Math.sqrt(topics / squares) : 0;
            int at = row * stride + offset;
            for (int k = 0; k < topics; k++) {
                out[at + k] = (float) (scale * sums[k]);
            }
        }
    }

    @Override
    public void write(Node node) {
        node.put("column", column).put("directions", directions);
        vocabulary.write(node);
    }

    static TextTopics read(Node node, List<Feature> features, InputColumns columns) {
        Vocabulary vocabulary = Vocabulary.read(node);
        float[] directions = Codecs.floats(node, "directions", (long) vocabulary.size() * features.size());
        for (float direction : directions) {
            if (Float.isNaN(direction)) {
                throw node.wrong("directions", "holds a number that is not finite");
            }
        }
        return new TextTopics(columns.column(node, "column", ColumnType.TEXT), features, vocabulary, directions);
    }
}
