package org.autotuner.prepare;

import java.util.Arrays;
import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.Table;

/** One feature that is always 0: stands in where no column tells anything, so that no family meets an empty matrix. */
final class Nothing implements ColumnEncoder {

    static final String KIND = "nothing";

    private final List<Feature> features;

    Nothing(List<Feature> features) {
        this.features = features;
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
        if (stride == 1) {
            Arrays.fill(out, from, to, 0);
            return;
        }
        for (int row = from; row < to; row++) {
            out[row * stride + offset] = 0;
        }
    }

    @Override
    public void write(Node node) {
        // The feature is all there is.
    }

    static Nothing read(Node node, List<Feature> features, InputColumns columns) {
        Codecs.width(node, features, 1);
        return new Nothing(features);
    }
}
