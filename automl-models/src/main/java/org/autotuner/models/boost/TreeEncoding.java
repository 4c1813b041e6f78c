package org.autotuner.models.boost;

import org.autotuner.model.DataShape;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.task.MulticlassTask;

/** How categories reach boosted trees: a part of every booster's search space. */
enum TreeEncoding {
    /** Codes with the booster's own category splits up to 100 levels, target statistics above. */
    CODES,
    /** One-hot up to 10 levels, else rank and target statistics: numbers only. */
    NUMBERS,
    /** Codes, and target statistics of all categories and of whole numbers that behave like them. */
    STATISTICS,
    /** The same and statistics of the most telling pairs. */
    PAIRS;

    static Preparation preparation(TreeEncoding encoding) {
        PreparationPlan plan = PreparationPlan.forTrees();
        return switch (encoding) {
            case CODES -> plan;
            case NUMBERS -> plan.withoutCodes();
            case STATISTICS -> plan.withTargetStatistics(false);
            case PAIRS -> plan.withTargetStatistics(true);
        };
    }

    /** A guess of the number of features that the preparation makes. */
    static double features(TreeEncoding encoding, DataShape shape) {
        double classes = shape.task() instanceof MulticlassTask
                ? Math.min(12, shape.task().outputs())
                : 1;
        double categories = shape.categoricalColumns();
        double plain = Math.max(1, shape.numericColumns() + categories + 40.0 * shape.textColumns());
        return switch (encoding) {
            case CODES -> plain;
            case NUMBERS -> plain + Math.min(shape.levels(), categories * 4);
            case STATISTICS -> plain + categories * (1 + classes);
            case PAIRS -> plain
                    + categories * (1 + classes)
                    + Math.min(30, categories * (categories - 1) / 2) * classes;
        };
    }
}
