package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.autotuner.bundle.Node;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Image;
import org.autotuner.data.ImageColumn;
import org.autotuner.data.Table;

/** The pixels of an image at a fixed size, moved and scaled alike. A missing image has the same number everywhere. */
final class PixelPlanes implements ColumnEncoder {

    static final String KIND = "pixels";

    private static final int MOST_FEATURES = 1 << 24;

    private final int column;
    private final List<Feature> features;
    private final ImageSize size;
    private final float centre;
    private final float factor;
    private final float missing;

    /**
     * An encoder.
     *
     * @param missing of every pixel of a missing image; NaN for trees
     */
    PixelPlanes(int column, List<Feature> features, ImageSize size, float centre, float factor, float missing) {
        this.column = column;
        this.features = features;
        this.size = size;
        this.centre = centre;
        this.factor = factor;
        this.missing = missing;
    }

    /** Pixels from 0 to 1, as networks that convolve them take them; a missing image is black. */
    static PixelPlanes plain(int column, String name, ImageSize size, FeatureNames names) {
        return new PixelPlanes(column, features(name, size, names), size, 0, 1, 0);
    }

    static List<Feature> features(String name, ImageSize size, FeatureNames names) {
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < size.size(); i++) {
            features.add(names.number(name + "#pixel" + i, name));
        }
        return List.copyOf(features);
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
    public Optional<ImageBlock> image(int offset) {
        return centre == 0 && factor == 1
                ? Optional.of(new ImageBlock(offset, size.width(), size.height(), size.channels()))
                : Optional.empty();
    }

    @Override
    public void encode(Table table, int from, int to, float[] out, int stride, int offset) {
        ImageColumn cells = (ImageColumn) table.column(column);
        int length = size.size();
        for (int row = from; row < to; row++) {
            int at = row * stride + offset;
            Image image = cells.image(row);
            if (image == null) {
                Arrays.fill(out, at, at + length, missing);
                continue;
            }
            image.planes(size.width(), size.height(), size.channels(), out, at);
            if (centre != 0 || factor != 1) {
                for (int i = at; i < at + length; i++) {
                    out[i] = (out[i] - centre) * factor;
                }
            }
        }
    }

    @Override
    public void write(Node node) {
        node.put("column", column);
        write(size, node);
        node.put("centre", centre).put("factor", factor).put("missing", missing);
    }

    static void write(ImageSize size, Node node) {
        node.put("width", size.width()).put("height", size.height()).put("channels", size.channels());
    }

    /** Reads a size whose image is of a bearable number of pixels. */
    static ImageSize readSize(Node node) {
        ImageSize size = new ImageSize(
                node.integer("width", 1, 1 << 12), node.integer("height", 1, 1 << 12), node.integer("channels", 1, 3));
        if (size.channels() == 2 || size.size() > MOST_FEATURES) {
            throw node.wrong("channels", "makes an image that cannot be: " + size);
        }
        return size;
    }

    static PixelPlanes read(Node node, List<Feature> features, InputColumns columns) {
        ImageSize size = readSize(node);
        Codecs.width(node, features, size.size());
        float missing = (float) node.real("missing");
        if (Float.isInfinite(missing)) {
            throw node.wrong("missing", "is infinite");
        }
        return new PixelPlanes(
                columns.column(node, "column", ColumnType.IMAGE),
                features,
                size,
                Codecs.finite(node, "centre"),
                Codecs.finite(node, "factor"),
                missing);
    }
}
