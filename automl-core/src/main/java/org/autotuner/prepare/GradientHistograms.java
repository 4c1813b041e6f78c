package org.autotuner.prepare;

import java.util.Arrays;
import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Image;
import org.autotuner.data.ImageColumn;
import org.autotuner.data.Table;

/** {@link OrientedGradients} of an image at a fixed size, moved and scaled alike. */
final class GradientHistograms implements ColumnEncoder {

    static final String KIND = "gradients";

    private final int column;
    private final List<Feature> features;
    private final ImageSize size;
    private final OrientedGradients gradients;
    private final float centre;
    private final float factor;
    private final float missing;

    GradientHistograms(
            int column,
            List<Feature> features,
            ImageSize size,
            OrientedGradients gradients,
            float centre,
            float factor,
            float missing) {
        this.column = column;
        this.features = features;
        this.size = size;
        this.gradients = gradients;
        this.centre = centre;
        this.factor = factor;
        this.missing = missing;
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
        ImageColumn cells = (ImageColumn) table.column(column);
        float[] planes = new float[size.size()];
        for (int row = from; row < to; row++) {
            int at = row * stride + offset;
            Image image = cells.image(row);
            if (image == null) {
                Arrays.fill(out, at, at + features.size(), missing);
                continue;
            }
            image.planes(size.width(), size.height(), size.channels(), planes, 0);
            gradients.describe(planes, size, out, at);
            for (int i = at; i < at + features.size(); i++) {
                out[i] = (out[i] - centre) * factor;
            }
        }
    }

    @Override
    public void write(Node node) {
        node.put("column", column).put("cells", gradients.cells()).put("blocks", gradients.blocks());
        PixelPlanes.write(size, node);
        node.put("centre", centre).put("factor", factor).put("missing", missing);
    }

    static GradientHistograms read(Node node, List<Feature> features, InputColumns columns) {
        ImageSize size = PixelPlanes.readSize(node);
        OrientedGradients gradients = new OrientedGradients(node.integer("cells", 2, 64), node.flag("blocks"));
        Codecs.width(node, features, gradients.size());
        float missing = (float) node.real("missing");
        if (Float.isInfinite(missing)) {
            throw node.wrong("missing", "is infinite");
        }
        return new GradientHistograms(
                columns.column(node, "column", ColumnType.IMAGE),
                features,
                size,
                gradients,
                Codecs.finite(node, "centre"),
                Codecs.finite(node, "factor"),
                missing);
    }
}
