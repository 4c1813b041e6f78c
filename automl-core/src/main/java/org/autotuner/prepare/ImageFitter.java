package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.data.ImageColumn;
import org.autotuner.data.Table;

/**
 * Fits what models of numbers see of an image: histograms of oriented gradients, and the pixels at a small size. Either is
 * moved and scaled by one mean and one deviation over all its numbers, so that flat regions stay flat.
 */
final class ImageFitter {

    /** Longest side that gradients are taken at. */
    private static final int GRADIENT_SIDE = 64;

    private static final int PIXEL_SIDE = 14;
    private static final int FEW_CELLS = 4;
    private static final int MANY_CELLS = 6;
    private static final double CELL_SIDE = 5.6;
    private static final int SAMPLE_ROWS = 500;

    private final FitInput input;
    private final PlanOptions options;

    ImageFitter(FitInput input, PlanOptions options) {
        this.input = input;
        this.options = options;
    }

    /** Numbers that trees get of an image of this size, for estimates of cost. */
    static int features(ImageSize size) {
        return gradients(size, false).size() + size.atMost(PIXEL_SIDE).size();
    }

    private static OrientedGradients gradients(ImageSize size, boolean blocks) {
        long wanted = Math.round(Math.max(size.width(), size.height()) / CELL_SIDE);
        int cells = (int) Math.max(FEW_CELLS, Math.min(MANY_CELLS, wanted));
        return new OrientedGradients(cells, blocks);
    }

    List<FittedStep> fit(int column) {
        ImageColumn cells = (ImageColumn) input.table().column(column);
        if (isEmpty(cells)) {
            return List.of();
        }
        String name = input.name(column);
        ImageSize typical = ImageSize.typical(cells);
        ImageSize small = typical.atMost(PIXEL_SIDE);
        float missing = options.isTrees() ? Float.NaN : 0;
        List<Feature> pixels = PixelPlanes.features(name, small, input.names());
        Scale scale = scale(new PixelPlanes(column, pixels, small, 0, 1, Float.NaN));
        List<FittedStep> steps = new ArrayList<>();
        ImageSize large = typical.atMost(GRADIENT_SIDE);
        if (Math.min(large.width(), large.height()) >= FEW_CELLS) {
            OrientedGradients gradients = gradients(typical, options.model() == PlanOptions.Model.LINEAR);
            List<Feature> features = new ArrayList<>();
            for (int i = 0; i < gradients.size(); i++) {
                features.add(input.names().number(name + "#gradient" + i, name));
            }
            List<Feature> own = List.copyOf(features);
            Scale found = scale(new GradientHistograms(column, own, large, gradients, 0, 1, Float.NaN));
            steps.add(FittedStep.of(
                    new GradientHistograms(column, own, large, gradients, found.centre(), found.factor(), missing)));
        }
        steps.add(FittedStep.of(new PixelPlanes(column, pixels, small, scale.centre(), scale.factor(), missing)));
        return steps;
    }

    private boolean isEmpty(ImageColumn cells) {
        for (int row = 0; row < cells.size(); row++) {
            if (!cells.isMissing(row) && input.weights().at(row) > 0) {
                return false;
            }
        }
        return true;
    }

    private record Scale(float centre, float factor) {}

    /** Mean and deviation over all numbers of some rows that have an image. */
    private Scale scale(ColumnEncoder plain) {
        if (options.isTrees()) {
            return new Scale(0, 1);
        }
        Table rows = input.table().rows(input.spread(SAMPLE_ROWS));
        int width = plain.features().size();
        float[] values = new float[rows.rowCount() * width];
        plain.encode(rows, 0, rows.rowCount(), values, width, 0);
        input.deadline().check();
        double sum = 0;
        double squares = 0;
        long count = 0;
        for (float value : values) {
            if (!Float.isNaN(value)) {
                sum += value;
                squares += (double) value * value;
                count++;
            }
        }
        if (count == 0) {
            return new Scale(0, 1);
        }
        double mean = sum / count;
        double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
        return new Scale((float) mean, deviation > 1e-6 ? (float) (1 / deviation) : 1);
    }
}
