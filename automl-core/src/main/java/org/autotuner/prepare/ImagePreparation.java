package org.autotuner.prepare;

import java.util.List;
import org.autotuner.data.ColumnType;
import org.autotuner.data.ImageColumn;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/**
 * The pixels of the first image column, for networks that convolve them, as one {@link ImageBlock}: at the size that is typical
 * of the training rows, its longest side at most {@code side} and its shortest at least 4. Other columns are left out. A missing
 * image is black. Immutable and thread-safe.
 *
 * @param side longest side in pixels
 */
public record ImagePreparation(int side) implements Preparation {

    private static final int LEAST_SIDE = 4;

    public ImagePreparation {
        if (side < LEAST_SIDE) {
            throw new IllegalArgumentException("side must be at least %d, but is %d.".formatted(LEAST_SIDE, side));
        }
    }

    /** The size that images are given where this one is typical of them. */
    public ImageSize size(ImageSize typical) {
        ImageSize size = typical.atMost(side);
        return new ImageSize(Math.max(LEAST_SIDE, size.width()), Math.max(LEAST_SIDE, size.height()), size.channels());
    }

    /** Numbers that families of other kinds get of an image of this size, for estimates of what they cost. */
    public static int described(ImageSize typical) {
        return ImageFitter.features(typical);
    }

    @Override
    public String id() {
        return "images(side=%d)".formatted(side);
    }

    @Override
    public Prepared fit(Table features, Target target, Weights weights, PrepareContext context) {
        for (int column = 0; column < features.columnCount(); column++) {
            if (features.column(column).type() == ColumnType.IMAGE) {
                String name = features.schema().fields().get(column).name();
                ImageSize size = size(ImageSize.typical((ImageColumn) features.column(column)));
                FittedPlan plan = new FittedPlan(
                        InputColumns.of(features), List.of(PixelPlanes.plain(column, name, size, new FeatureNames())));
                return new Prepared(plan, plan.transform(features, context.deadline()));
            }
        }
        throw new DataException("There is no image column among %s. Use a family that needs none."
                .formatted(features.schema().names()));
    }
}
