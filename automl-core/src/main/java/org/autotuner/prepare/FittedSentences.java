package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.autotuner.budget.Deadline;
import org.autotuner.bundle.Node;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/** See {@link SentencePreparation}. */
final class FittedSentences implements FittedPreparation {

    static final String KIND = "sentences";

    private final InputColumns columns;
    private final List<Integer> texts;
    private final List<String> rest;
    private final TextEncoder encoder;
    private final FittedPreparation others;
    private final List<Feature> features;
    private final int tokens;

    private FittedSentences(
            InputColumns columns,
            List<Integer> texts,
            TextEncoder encoder,
            FittedPreparation others,
            List<Feature> features,
            int tokens) {
        this.columns = columns;
        this.texts = List.copyOf(texts);
        this.encoder = encoder;
        this.others = others;
        this.features = features;
        this.tokens = tokens;
        this.rest = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!this.texts.contains(i)) {
                rest.add(columns.names().get(i));
            }
        }
    }

    static FittedSentences of(
            InputColumns columns,
            List<Integer> texts,
            TextEncoder encoder,
            FittedPreparation others,
            boolean hasTokens) {
        int tokens = hasTokens ? encoder.mostTokens() : 0;
        Set<String> taken = new HashSet<>();
        others.features().forEach(feature -> taken.add(feature.name()));
        List<Feature> features = new ArrayList<>(others.features());
        for (int column : texts) {
            String source = columns.names().get(column);
            for (int i = 0; i < encoder.width() + tokens; i++) {
                String name = source + "@" + i;
                while (!taken.add(name)) {
                    name += "~";
                }
                features.add(new Feature(name, source, 0));
            }
        }
        return new FittedSentences(columns, texts, encoder, others, List.copyOf(features), tokens);
    }

    @Override
    public List<Feature> features() {
        return features;
    }

    @Override
    public int sparseWidth() {
        return others.sparseWidth();
    }

    @Override
    public Optional<TextEncoder> encoder() {
        return Optional.of(encoder);
    }

    @Override
    public FeatureMatrix transform(Table table) {
        return transform(table, new SharedVectors());
    }

    @Override
    public FeatureMatrix transform(Table table, SharedVectors shared) {
        columns.check(table);
        return join(others.transform(table.columns(rest)), table, shared, Deadline.never());
    }

    /** The features of the other columns, and behind them the vectors. */
    FeatureMatrix join(FeatureMatrix other, Table table, SharedVectors shared, Deadline deadline) {
        int rows = table.rowCount();
        int width = features.size();
        if ((long) rows * width > Integer.MAX_VALUE - 8) {
            throw new DataException("%d rows x %d features do not fit into one matrix. Transform fewer rows at a time."
                    .formatted(rows, width));
        }
        float[] dense = new float[rows * width];
        int before = other.width();
        for (int row = 0; row < rows; row++) {
            System.arraycopy(other.denseArray(), row * before, dense, row * width, before);
        }
        int vector = encoder.width();
        float scale = (float) Math.sqrt(vector);
        for (int i = 0; i < texts.size(); i++) {
            int column = texts.get(i);
            float[] values = shared.get(encoder, table, column, deadline);
            int at = before + i * (vector + tokens);
            for (int row = 0; row < rows; row++) {
                for (int c = 0; c < vector; c++) {
                    dense[row * width + at + c] = scale * values[row * vector + c];
                }
            }
            addTokens((TextColumn) table.column(column), dense, width, at + vector, deadline);
        }
        @Nullable SparseRows sparse = other.sparse();
        return sparse == null
                ? FeatureMatrix.dense(features, rows, dense)
                : FeatureMatrix.of(features, rows, dense, sparse);
    }

    private void addTokens(TextColumn cells, float[] dense, int width, int at, Deadline deadline) {
        for (int row = 0; row < cells.size() && tokens > 0; row++) {
            if (row % 256 == 0) {
                deadline.check();
            }
            @Nullable String text = cells.text(row);
            int[] ids = encoder.tokens(text == null ? "" : text);
            for (int i = 0; i < tokens; i++) {
                dense[row * width + at + i] = i < ids.length ? ids[i] : -1;
            }
        }
    }

    @Override
    public void write(Node node) {
        node.put("kind", KIND).put("encoder", encoder.id()).put("tokens", tokens > 0);
        columns.write(node);
        node.put("texts", texts.stream().mapToInt(Integer::intValue).toArray());
        others.write(node.child("others"));
    }

    static FittedSentences read(Node node, Function<String, TextEncoder> encoders) {
        InputColumns columns = InputColumns.read(node);
        List<Integer> texts = new ArrayList<>();
        for (int column : node.ints("texts")) {
            if (column < 0
                    || column >= columns.size()
                    || columns.types().get(column) != ColumnType.TEXT
                    || texts.contains(column)) {
                throw node.wrong("texts", "names column %d, which is no text".formatted(column));
            }
            texts.add(column);
        }
        FittedPreparation others = FittedPreparations.read(node.node("others"), encoders);
        return of(columns, texts, encoders.apply(node.text("encoder")), others, node.flag("tokens"));
    }
}
