package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.autotuner.budget.Deadline;
import org.autotuner.bundle.Node;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;

/** Fitted encoders side by side. */
final class FittedPlan implements FittedPreparation {

    private static final int BLOCK = 8192;

    private final InputColumns columns;
    private final List<ColumnEncoder> encoders;
    private final List<Feature> features;
    private final List<ColumnEncoder> sparse;
    private final int sparseWidth;
    private final List<ImageBlock> images;

    FittedPlan(InputColumns columns, List<ColumnEncoder> encoders) {
        this.columns = columns;
        this.encoders = List.copyOf(encoders);
        this.features = this.encoders.stream()
                .flatMap(encoder -> encoder.features().stream())
                .toList();
        this.images = images(this.encoders);
        this.sparse = this.encoders.stream()
                .filter(encoder -> encoder.sparseWidth() > 0)
                .toList();
        this.sparseWidth =
                this.sparse.stream().mapToInt(ColumnEncoder::sparseWidth).reduce(0, Math::addExact);
    }

    private static List<ImageBlock> images(List<ColumnEncoder> encoders) {
        List<ImageBlock> images = new ArrayList<>();
        int offset = 0;
        for (ColumnEncoder encoder : encoders) {
            encoder.image(offset).ifPresent(images::add);
            offset += encoder.features().size();
        }
        return List.copyOf(images);
    }

    @Override
    public List<Feature> features() {
        return features;
    }

    @Override
    public int sparseWidth() {
        return sparseWidth;
    }

    @Override
    public FeatureMatrix transform(Table table) {
        return transform(table, Deadline.never());
    }

    FeatureMatrix transform(Table table, Deadline deadline) {
        columns.check(table);
        int rows = table.rowCount();
        int width = features.size();
        if ((long) rows * width > Integer.MAX_VALUE - 8) {
            throw new DataException("%d rows x %d features do not fit into one matrix. Transform fewer rows at a time."
                    .formatted(rows, width));
        }
        float[] dense = new float[rows * width];
        int offset = 0;
        for (ColumnEncoder encoder : encoders) {
            for (int from = 0; from < rows; from += BLOCK) {
                deadline.check();
                encoder.encode(table, from, Math.min(rows, from + BLOCK), dense, width, offset);
            }
            offset += encoder.features().size();
        }
        if (sparse.isEmpty()) {
            return FeatureMatrix.dense(features, rows, dense).withImages(images);
        }
        return FeatureMatrix.of(features, rows, dense, sparseRows(table, deadline))
                .withImages(images);
    }

    private SparseRows sparseRows(Table table, Deadline deadline) {
        SparseRowsBuilder out = new SparseRowsBuilder(sparseWidth, table.rowCount(), sparse.size());
        for (int row = 0; row < table.rowCount(); row++) {
            if (row % BLOCK == 0) {
                deadline.check();
            }
            int base = 0;
            for (ColumnEncoder encoder : sparse) {
                encoder.encodeSparse(table, row, base, out);
                base += encoder.sparseWidth();
            }
            out.endRow();
        }
        return out.build();
    }

    @Override
    public void write(Node node) {
        columns.write(node);
        node.list("encoders");
        encoders.forEach(encoder -> EncoderCodecs.write(encoder, node.append("encoders")));
    }

    static FittedPlan read(Node node) {
        InputColumns columns = InputColumns.read(node);
        List<ColumnEncoder> encoders = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long sparseWidth = 0;
        for (Node child : node.nodes("encoders")) {
            ColumnEncoder encoder = EncoderCodecs.read(child, columns);
            for (Feature feature : encoder.features()) {
                if (!names.add(feature.name())) {
                    throw child.wrong("names", "repeats the feature '%s'".formatted(feature.name()));
                }
            }
            sparseWidth += encoder.sparseWidth();
            encoders.add(encoder);
        }
        if (sparseWidth > Integer.MAX_VALUE - 8) {
            throw node.wrong("encoders", "make %d sparse features, more than fit".formatted(sparseWidth));
        }
        return new FittedPlan(columns, encoders);
    }
}
