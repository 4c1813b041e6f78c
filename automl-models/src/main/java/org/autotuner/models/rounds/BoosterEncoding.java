package org.autotuner.models.rounds;

import org.autotuner.model.DataShape;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.space.Configuration;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.task.MulticlassTask;

/**
 * How columns reach a booster, as hyperparameters: categories as codes, as target statistics, or as these with pairs; numbers
 * alone or with what arithmetic on two of them gives.
 */
public final class BoosterEncoding {

    public static final OrdinalParameter<String> ENCODING =
            Parameter.ordinal("encoding", "codes", "statistics", "pairs");

    /** With {@code numbers}, too: categories one-hot up to 10 levels, else by rank and target statistics. */
    public static final OrdinalParameter<String> WITH_NUMBERS =
            Parameter.ordinal("encoding", "codes", "numbers", "statistics", "pairs");

    /** Whether telling sums, differences, products and ratios of two numbers are added; not by default. */
    public static final OrdinalParameter<Boolean> ARITHMETIC = Parameter.ordinal("arithmetic", false, true);

    private static final int MOST_NUMBERS = 150;
    /** Few pairs tell anything beyond their numbers. */
    private static final double USUAL_RESULTS = 4;

    private BoosterEncoding() {}

    /** Whether {@link #ARITHMETIC} can change anything: there are from 2 to 150 numbers and no image. */
    public static boolean hasArithmetic(DataShape shape) {
        return shape.numericColumns() >= 2
                && shape.numericColumns() <= MOST_NUMBERS
                && shape.image() == null
                && shape.constraints().isNone();
    }

    /** The point with {@link #ARITHMETIC} set to this where it can change anything, else the point. */
    public static Configuration arithmetic(Configuration point, boolean given, DataShape shape) {
        return hasArithmetic(shape) ? point.with(ARITHMETIC, given) : point;
    }

    /** The preparation that a configuration asks for, where {@code encoding} is the parameter of its categories. */
    public static PreparationPlan plan(Configuration configuration, OrdinalParameter<String> encoding) {
        return withArithmetic(plan(configuration.getOrDefault(encoding)), configuration);
    }

    /** The plan, with arithmetic if the configuration asks for it. */
    public static PreparationPlan withArithmetic(PreparationPlan plan, Configuration configuration) {
        return configuration.getOrDefault(ARITHMETIC) ? plan.withArithmetic() : plan;
    }

    private static PreparationPlan plan(String encoding) {
        return switch (encoding) {
            case "codes" -> PreparationPlan.forTrees();
            case "numbers" -> PreparationPlan.forTrees().withoutCodes();
            case "statistics" -> PreparationPlan.forTrees().withTargetStatistics(false);
            case "pairs" -> PreparationPlan.forTrees().withTargetStatistics(true);
            default -> throw new IllegalArgumentException("There is no encoding '%s'.".formatted(encoding));
        };
    }

    /** A guess of the number of features that the preparation makes. */
    public static double features(Configuration configuration, OrdinalParameter<String> encoding, DataShape shape) {
        double outputs = shape.task() instanceof MulticlassTask
                ? Math.min(12, shape.task().outputs())
                : 1;
        double categories = shape.categoricalColumns();
        double plain = Math.max(1, shape.numericColumns() + categories + shape.textNumbers()) + results(configuration);
        return switch (configuration.getOrDefault(encoding)) {
            case "numbers" -> plain + Math.min(shape.levels(), categories * 4);
            case "statistics" -> plain + categories * (1 + outputs);
            case "pairs" -> plain + (categories + Math.min(30, categories * (categories - 1) / 2)) * (1 + outputs);
            default -> plain;
        };
    }

    /** A guess of the number of features that arithmetic adds. */
    public static double results(Configuration configuration) {
        return configuration.getOrDefault(ARITHMETIC) ? USUAL_RESULTS : 0;
    }
}
