package org.autotuner.prepare;

import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.Table;

/** Looks at no column: for models that say the same for every row. */
final class NoFeatures implements FittedPreparation {

    static final String KIND = "none";

    @Override
    public List<Feature> features() {
        return List.of();
    }

    @Override
    public int sparseWidth() {
        return 0;
    }

    @Override
    public FeatureMatrix transform(Table table) {
        return FeatureMatrix.dense(List.of(), table.rowCount(), new float[0]);
    }

    @Override
    public void write(Node node) {
        node.put("kind", KIND);
    }
}
