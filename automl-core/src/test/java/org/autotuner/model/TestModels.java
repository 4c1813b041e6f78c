package org.autotuner.model;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.score.SampleScorers;
import org.autotuner.score.Scorer;
import org.autotuner.task.BinaryTask;

/** A model of every scorer over three numeric columns, and its reader. */
public final class TestModels {

    private TestModels() {}

    public static AutoModel sample(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        AutoModelBuilder builder =
                AutoModel.builder(table(random, 1).schema(), new BinaryTask("buys", "no", "yes"), "log_loss");
        FittedPreparation preparation = new Plain(3);
        for (Scorer scorer : SampleScorers.all(random, 3, 1)) {
            builder.member(scorer.type(), 1 + random.nextInt(3), preparation, scorer);
        }
        return builder.temperature(1.25)
                .threshold(0.4)
                .validationScore(-0.31)
                .provenance(new Provenance("1", "abc", 7, Map.of("trees", "{\"rate\":0.1}"), Map.of("java", "17")))
                .attach("profile", node -> node.put("rows", 100).put("shares", new double[] {0.25, Double.NaN}))
                .build();
    }

    public static AutoModel read(byte[] file) {
        return ModelCodec.read(Bundle.fromBytes(file), Plain::read);
    }

    public static Table table(SplittableRandom random, int rows) {
        Table.Builder table = Table.builder();
        for (String name : List.of("age", "income", "visits")) {
            double[] values = new double[rows];
            for (int i = 0; i < rows; i++) {
                values[i] = random.nextInt(8) == 0 ? Double.NaN : random.nextInt(-8, 9) / 2.0;
            }
            table.column(name, NumericColumn.of(values));
        }
        return table.build();
    }

    /** Numbers as they are. */
    record Plain(int width) implements FittedPreparation {

        @Override
        public List<Feature> features() {
            return java.util.stream.IntStream.range(0, width)
                    .mapToObj(i -> new Feature("f" + i, "f" + i, 0))
                    .toList();
        }

        @Override
        public int sparseWidth() {
            return 0;
        }

        @Override
        public FeatureMatrix transform(Table table) {
            float[] dense = new float[table.rowCount() * width];
            for (int row = 0; row < table.rowCount(); row++) {
                for (int f = 0; f < width; f++) {
                    dense[row * width + f] = (float) ((NumericColumn) table.column(f)).number(row);
                }
            }
            return FeatureMatrix.dense(features(), table.rowCount(), dense);
        }

        @Override
        public void write(Node node) {
            node.put("width", width);
        }

        static FittedPreparation read(Node node) {
            return new Plain(node.integer("width", 3, 3));
        }
    }
}
