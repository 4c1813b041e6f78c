package org.autotuner.models.boost;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.autotuner.model.DataShape;
import org.autotuner.models.rounds.BoosterEncoding;
import org.autotuner.models.rounds.LeafWise;
import org.autotuner.space.Configuration;

/** LightGBM's starting points, best first: library defaults, tuned defaults, and rows of AutoGluon's portfolio. */
final class LightGbmPortfolio {

    private LightGbmPortfolio() {}

    static List<Configuration> of(DataShape shape) {
        boolean hasCategories = shape.categoricalColumns() > 0;
        boolean hasManyLevels = hasCategories && shape.levels() > 40 * shape.categoricalColumns();
        boolean hasReadings =
                hasCategories || (shape.wholeColumns() > 0 && shape.task().outputs() <= 3);
        String first = hasManyLevels ? "pairs" : hasReadings ? "statistics" : "codes";
        String second = hasReadings ? "pairs" : "codes";
        List<Configuration> points = new ArrayList<>();
        points.add(row(0.05, 31, 20, 1, 1, 0, 0, false, hasCategories && !hasManyLevels ? "codes" : first));
        points.add(
                shape.task().isClassification()
                        ? row(0.04, 50, 40, 1, 0.75, 0, 0, false, first)
                        : row(0.05, 100, 3, 1, 0.7, 0, 0, false, first));
        points.add(row(0.0193, 64, 28, 0.553, 0.992, 0.914, 1.9, true, second));
        points.add(row(0.0398, 16, 1, 0.579, 0.959, 0.938, 0.99, false, second));
        points.add(row(0.03, 128, 3, 0.9, 1, 0, 0, false, first));
        points.add(row(0.0179, 39, 3, 0.462, 0.877, 0.238, 0.355, true, "codes"));
        points.add(row(0.0114, 84, 3, 0.528, 0.978, 0.0269, 0.838, false, "codes"));
        points.add(row(0.0127, 5, 12, 0.733, 0.854, 0.241, 0.298, true, first));
        points.add(row(0.0351, 64, 1, 0.668, 0.928, 0.0125, 0.716, false, second));
        points.add(row(0.0537, 32, 1, 0.497, 0.992, 0.797, 1.22, true, "codes"));
        points.add(row(0.0079, 8, 24, 0.94, 0.815, 0.437, 0.3, false, first));
        points.add(row(0.018, 180, 12, 0.404, 0.95, 0.766, 1.6, true, "codes"));
        points.add(row(0.0309, 24, 1, 0.49, 0.78, 0.642, 0.581, false, first));
        points.add(row(0.0413, 128, 9, 0.619, 0.884, 0.651, 1.74, true, second));
        points.add(row(0.0433, 19, 18, 0.661, 0.933, 0.557, 1.27, false, "codes"));
        if (LeafWise.hasLines(shape)) {
            points.replaceAll(LeafWise::constant);
            points.add(1, LeafWise.linear(row(0.06, 15, 20, 0.8, 0.9, 0, 0, false, first)));
            points.add(5, LeafWise.linear(row(0.03, 31, 10, 0.5, 0.8, 0, 1, true, second)));
        }
        return IntStream.range(0, points.size())
                .mapToObj(i -> BoosterEncoding.arithmetic(points.get(i), hasArithmetic(i), shape))
                .map(point -> hasCategories ? withCategories(point) : point)
                .toList();
    }

    /** Half of the points, so that ensembles find both; the very first one is as simple as can be. */
    private static boolean hasArithmetic(int place) {
        return place % 4 >= 2;
    }

    private static Configuration withCategories(Configuration point) {
        return point.with(LightGbmFamily.CATEGORY_L2, LightGbmFamily.CATEGORY_L2.defaultValue())
                .with(LightGbmFamily.CATEGORY_SMOOTH, LightGbmFamily.CATEGORY_SMOOTH.defaultValue());
    }

    private static Configuration row(
            double rate,
            int leaves,
            int minRows,
            double features,
            double rows,
            double l1,
            double l2,
            boolean extra,
            String encoding) {
        return Configuration.builder()
                .set(LeafWise.LEARNING_RATE, rate)
                .set(LeafWise.LEAVES, leaves)
                .set(LeafWise.MIN_ROWS, minRows)
                .set(LeafWise.FEATURES, features)
                .set(LeafWise.ROWS, rows)
                .set(LightGbmFamily.L1, l1)
                .set(LeafWise.L2, l2)
                .set(LightGbmFamily.EXTRA, extra)
                .set(BoosterEncoding.ENCODING, encoding)
                .build();
    }
}
