package org.autotuner.models.neural;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.autotuner.models.torch.Inputs;
import org.autotuner.models.torch.NetworkRows;
import org.autotuner.models.torch.Start;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;

/**
 * Which features are numbers and which are categories, and how the latter share embedding tables: those of one width lie in
 * one table, so that one lookup serves them all.
 *
 * @param numbers feature indices
 * @param categories in the order of the network's code columns
 * @param tables in the same order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NetworkInputs(int[] numbers, List<Category> categories, List<Inputs.Table> tables) {

    /**
     * A category.
     *
     * @param from row of its table that stands for a missing or unseen level; level c has row {@code from + 1 + c}
     */
    record Category(int feature, int levels, int width, int from, String table) {}

    /**
     * The inputs of prepared features.
     *
     * @param width of an embedding by the number of levels
     */
    static NetworkInputs of(List<Feature> features, IntUnaryOperator width) {
        List<Integer> numbers = new ArrayList<>();
        TreeMap<Integer, List<Integer>> byWidth = new TreeMap<>();
        for (int f = 0; f < features.size(); f++) {
            if (features.get(f).isCategorical()) {
                byWidth.computeIfAbsent(width.applyAsInt(features.get(f).cardinality()), w -> new ArrayList<>())
                        .add(f);
            } else {
                numbers.add(f);
            }
        }
        List<Category> categories = new ArrayList<>();
        List<Inputs.Table> tables = new ArrayList<>();
        byWidth.forEach((w, own) -> {
            String name = "embedding" + w;
            int rows = 0;
            for (int feature : own) {
                int levels = features.get(feature).cardinality();
                categories.add(new Category(feature, levels, w, rows, name));
                rows += levels + 1;
            }
            tables.add(new Inputs.Table(name, own.size(), rows, w, Start.normal(1 / Math.sqrt(w))));
        });
        return new NetworkInputs(numbers.stream().mapToInt(Integer::intValue).toArray(), categories, tables);
    }

    /** Width of the concatenated inputs. */
    int width(int numberWidth) {
        return numbers.length * numberWidth
                + categories.stream().mapToInt(Category::width).sum();
    }

    /** The rows as a network takes them; a missing number counts as 0, what imputed and scaled numbers have in the middle. */
    NetworkRows rows(FeatureMatrix features) {
        int rows = features.rows();
        float[] values = new float[rows * numbers.length];
        int[] codes = new int[rows * categories.size()];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < numbers.length; i++) {
                float value = features.at(row, numbers[i]);
                values[row * numbers.length + i] = Float.isFinite(value) ? value : 0;
            }
            for (int i = 0; i < categories.size(); i++) {
                Category category = categories.get(i);
                float code = features.at(row, category.feature());
                boolean isKnown = code >= 0 && code < category.levels();
                codes[row * categories.size() + i] = category.from() + (isKnown ? 1 + (int) code : 0);
            }
        }
        return new NetworkRows(rows, values, codes);
    }
}
