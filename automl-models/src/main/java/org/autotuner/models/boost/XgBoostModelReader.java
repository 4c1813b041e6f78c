package org.autotuner.models.boost;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.autotuner.model.TargetScale;
import org.autotuner.score.Link;
import org.autotuner.score.TreeEnsemble;
import org.autotuner.score.TreeEnsembleBuilder;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * Turns an XGBoost model in UBJSON (schema of XGBoost's doc/model.schema) into a {@link TreeEnsemble}. Classifiers add
 * up floats as XGBoost does and agree to the last bit before the link; real targets are scaled back in doubles.
 */
final class XgBoostModelReader {

    private final Task task;
    private final TargetScale scale;

    XgBoostModelReader(Task task, TargetScale scale) {
        this.task = task;
        this.scale = scale;
    }

    /**
     * The ensemble.
     *
     * @throws IllegalArgumentException if the document is not a model of trees for this task
     */
    TreeEnsemble read(byte[] ubjson) {
        Map<?, ?> learner = child(map(Ubjson.parse(ubjson), "model"), "learner");
        Map<?, ?> parameters = child(learner, "learner_model_param");
        Map<?, ?> model = child(child(learner, "gradient_booster"), "model");
        int width = Integer.parseInt(String.valueOf(parameters.get("num_feature")));
        int outputs = task.outputs();
        boolean real = !task.isClassification();
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder(width, outputs)
                .base(base(String.valueOf(parameters.get("base_score"))))
                .link(real ? Link.IDENTITY : outputs == 1 ? Link.SIGMOID : Link.SOFTMAX)
                .floatSums(!real);
        double[] targets = numbers(model, "tree_info");
        List<?> trees = list(model.get("trees"), "trees");
        if (trees.size() != targets.length) {
            throw new IllegalArgumentException("%d trees, but %d targets.".formatted(trees.size(), targets.length));
        }
        for (int i = 0; i < targets.length; i++) {
            add(builder, map(trees.get(i), "tree"), (int) targets[i]);
        }
        return builder.build();
    }

    /** The base is written as a list in the space of the outputs; binary probabilities become log odds. */
    private double[] base(String text) {
        String[] parts = text.replace("[", "").replace("]", "").split(",", -1);
        double[] base = new double[task.outputs()];
        for (int k = 0; k < base.length; k++) {
            float value = Float.parseFloat(parts[parts.length == 1 ? 0 : k].strip());
            base[k] = real() ? scale.mean() + scale.deviation() * value : base.length > 1 ? value : logOdds(value);
        }
        return base;
    }

    /** XGBoost's own formula, in float. */
    private static float logOdds(float probability) {
        return (float) -Math.log(1.0f / probability - 1.0f);
    }

    private boolean real() {
        return task instanceof RegressionTask || task instanceof QuantileTask;
    }

    private void add(TreeEnsembleBuilder builder, Map<?, ?> tree, int target) {
        int[] left = ints(tree, "left_children");
        int[] right = ints(tree, "right_children");
        int[] feature = ints(tree, "split_indices");
        int[] defaultLeft = ints(tree, "default_left");
        int[] splitType = ints(tree, "split_type");
        double[] condition = numbers(tree, "split_conditions");
        int[] flags = new int[left.length];
        double[] value = new double[left.length];
        for (int node = 0; node < left.length; node++) {
            if (left[node] < 0) {
                value[node] = real() ? scale.deviation() * condition[node] : condition[node];
                continue;
            }
            flags[node] =
                    TreeEnsembleBuilder.MISSING_NAN | (defaultLeft[node] != 0 ? TreeEnsembleBuilder.DEFAULT_LEFT : 0);
            flags[node] |= splitType[node] == 1
                    ? TreeEnsembleBuilder.CATEGORICAL | TreeEnsembleBuilder.SET_RIGHT
                    : TreeEnsembleBuilder.STRICT;
        }
        builder.addTree(
                target,
                feature,
                condition,
                left,
                right,
                flags,
                sets(tree, left.length),
                value,
                numbers(tree, "sum_hessian"));
    }

    private static int @Nullable [][] sets(Map<?, ?> tree, int nodes) {
        int[] owners = ints(tree, "categories_nodes");
        if (owners.length == 0) {
            return null;
        }
        int[] starts = ints(tree, "categories_segments");
        int[] sizes = ints(tree, "categories_sizes");
        int[] codes = ints(tree, "categories");
        int[][] sets = new int[nodes][0];
        for (int i = 0; i < owners.length; i++) {
            sets[owners[i]] = Arrays.copyOfRange(codes, starts[i], starts[i] + sizes[i]);
        }
        return sets;
    }

    private static Map<?, ?> child(Map<?, ?> parent, String name) {
        return map(parent.get(name), name);
    }

    private static Map<?, ?> map(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("'%s' of the XGBoost model is not an object.".formatted(name));
    }

    private static List<?> list(@Nullable Object value, String name) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("'%s' of the XGBoost model is not an array.".formatted(name));
    }

    private static double[] numbers(Map<?, ?> parent, String name) {
        Object value = parent.get(name);
        if (value instanceof double[] numbers) {
            return numbers;
        }
        return list(value, name).stream()
                .mapToDouble(cell -> cell instanceof Boolean flag ? flag ? 1 : 0 : ((Number) cell).doubleValue())
                .toArray();
    }

    private static int[] ints(Map<?, ?> parent, String name) {
        return Arrays.stream(numbers(parent, name))
                .mapToInt(number -> (int) number)
                .toArray();
    }
}
