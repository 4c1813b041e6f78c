package org.autotuner.models.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.autotuner.metric.Metrics;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is predicted from the shape alone, against the arrays that a booster holds after some rounds. */
class HeapUseTest {

    private static final int ROUNDS = 3;
    private static final int LEVELS = 300;
    private static final Task TWO = new BinaryTask("y", "no", "yes");
    private static final Task FIVE = new MulticlassTask("y", List.of("a", "b", "c", "d", "e"));
    private static final Task VALUE = new RegressionTask("y");

    record Case(Task task, int rows, int numbers, int categories) {
        DataShape shape() {
            return new DataShape(task, rows, numbers, categories, LEVELS * categories, 0);
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case(TWO, 20_000, 30, 0),
                new Case(VALUE, 20_000, 8, 0),
                new Case(FIVE, 10_000, 10, 0),
                new Case(TWO, 20_000, 10, 3),
                new Case(VALUE, 5_000, 60, 1));
    }

    private static TrainingData made(Case one) {
        SplittableRandom random = new SplittableRandom(2);
        List<Feature> features = new ArrayList<>();
        int width = one.numbers() + one.categories();
        for (int f = 0; f < width; f++) {
            features.add(new Feature("f" + f, "f" + f, f < one.numbers() ? 0 : LEVELS));
        }
        float[] dense = new float[one.rows() * width];
        int[] labels = new int[one.rows()];
        double[] values = new double[one.rows()];
        int classes = Math.max(1, one.task().labels().size());
        for (int row = 0; row < one.rows(); row++) {
            for (int f = 0; f < width; f++) {
                dense[row * width + f] = f < one.numbers() ? (float) random.nextGaussian() : random.nextInt(LEVELS);
            }
            values[row] = dense[row * width] + random.nextGaussian();
            labels[row] = random.nextInt(classes);
        }
        return new TrainingData(
                one.task(),
                FeatureMatrix.dense(features, one.rows(), dense),
                one.task() == VALUE ? Target.ofValues(values) : Target.ofLabels(labels),
                Weights.none(),
                null);
    }

    private static FitContext context() {
        return FitContext.of(Metrics.rmse(), 1).withSteps(ROUNDS);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void histogramBoostingTakesWhatWasSaid(Case one) {
        var settings = new HistogramBooster.Settings(
                0.1, new GrowthSettings(31, 0, false, 20, 1e-3, 0, 0, 10, 10), 253, 1, 1, new PointLoss.Squared());
        HistogramBooster booster = HistogramBooster.of(made(one), settings, context());
        for (int round = 0; round < ROUNDS; round++) {
            booster.update();
        }
        long predicted = HeapUse.of(one.shape())
                .histogramBoosting(
                        one.shape().columns(),
                        new HistogramBoostingFamily().space(one.shape()).defaults(),
                        ROUNDS);
        assertThat(predicted / (double) held(booster)).isBetween(0.75, 1.25);
        booster.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void orderedBoostingTakesWhatWasSaid(Case one) {
        double statistics = one.categories() * (1.0 + StatisticTargets.count(one.task()));
        HeapUse use = HeapUse.of(one.shape());
        int columns = one.shape().columns();
        long symmetric = use.symmetric(columns, statistics, 6, 4, ROUNDS);
        assertThat(symmetric / held(one, null, false)).as("symmetric").isBetween(0.75, 1.25);
        if (one.categories() > 0) {
            assertThat((symmetric + use.prefixMargins(3)) / held(one, null, true))
                    .as("ordered")
                    .isBetween(0.75, 1.25);
        }
        GrowthSettings growth = new GrowthSettings(31, 0, false, 20, 1e-3, 0, 0, 10, 10);
        assertThat(use.leafWise(columns, statistics, 31, 20, 4, ROUNDS) / held(one, growth, false))
                .as("leaf-wise")
                .isBetween(0.75, 1.25);
    }

    private static double held(Case one, @Nullable GrowthSettings growth, boolean isOrdered) {
        var settings =
                new OrderedBooster.Settings(0.1, 6, growth, 3, 253, 4, 0, 3, isOrdered, 1, 1, new PointLoss.Squared());
        OrderedBooster booster = OrderedBooster.of(made(one), settings, context());
        for (int round = 0; round < ROUNDS; round++) {
            booster.update();
        }
        long held = held(booster);
        booster.close();
        return held;
    }

    /** Bytes of all arrays that are reached from an object of ours, but for the data it was given. */
    private static long held(Object root) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Object> open = new ArrayList<>(List.of(root));
        long bytes = 0;
        while (!open.isEmpty()) {
            Object next = open.remove(open.size() - 1);
            if (!seen.add(next)
                    || next instanceof TrainingData
                    || next instanceof FitContext
                    || next instanceof Workers) {
                continue;
            }
            Class<?> type = next.getClass();
            if (type.isArray()) {
                int length = Array.getLength(next);
                bytes += 16 + (long) length * size(type.getComponentType());
                for (int i = 0; !type.getComponentType().isPrimitive() && i < length; i++) {
                    add(Array.get(next, i), open);
                }
            } else if (next instanceof Iterable<?> many) {
                many.forEach(one -> add(one, open));
            } else if (type.getName().startsWith("org.autotuner")) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())
                            && !field.getType().isPrimitive()) {
                        field.setAccessible(true);
                        try {
                            add(field.get(next), open);
                        } catch (IllegalAccessException e) {
                            throw new AssertionError(e);
                        }
                    }
                }
            }
        }
        return bytes;
    }

    private static void add(Object one, List<Object> open) {
        if (one != null) {
            open.add(one);
        }
    }

    private static int size(Class<?> type) {
        return type == byte.class || type == boolean.class
                ? 1
                : type == short.class ? 2 : type == long.class || type == double.class ? 8 : 4;
    }
}
