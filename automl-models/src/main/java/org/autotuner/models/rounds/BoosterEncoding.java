package org.autotuner.models.rounds;

import org.autotuner.model.DataShape;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.task.MulticlassTask;

/** How categories reach a booster, as a hyperparameter: as codes, as target statistics, or as these with pairs. */
public final class BoosterEncoding {

    public static final OrdinalParameter<String> ENCODING =
            Parameter.ordinal("encoding", "codes", "statistics", "pairs");

    /** With {@code numbers}, too: categories one-hot up to 10 levels, else by rank and target statistics. */
    public static final OrdinalParameter<String> WITH_NUMBERS =
            Parameter.ordinal("encoding", "codes", "numbers", "statistics", "pairs");

    private BoosterEncoding() {}

    public static PreparationPlan plan(String encoding) {
        return switch (encoding) {
            case "codes" -> PreparationPlan.forTrees();
            case "numbers" -> PreparationPlan.forTrees().withoutCodes();
            case "statistics" -> PreparationPlan.forTrees().withTargetStatistics(false);
            case "pairs" -> PreparationPlan.forTrees().withTargetStatistics(true);
            default -> throw new IllegalArgumentException("There is no encoding '%s'.".formatted(encoding));
        };
    }

    /** A guess of the number of features that the preparation makes. */
    public static double features(String encoding, DataShape shape) {
        double outputs = shape.task() instanceof MulticlassTask
                ? Math.min(12, shape.task().outputs())
                : 1;
        double categories = shape.categoricalColumns();
        double plain = Math.max(1, shape.numericColumns() + categories + shape.textNumbers());
        return switch (encoding) {
            case "numbers" -> plain + Math.min(shape.levels(), categories * 4);
            case "statistics" -> plain + categories * (1 + outputs);
            case "pairs" -> plain + (categories + Math.min(30, categories * (categories - 1) / 2)) * (1 + outputs);
            default -> plain;
        };
    }
}
