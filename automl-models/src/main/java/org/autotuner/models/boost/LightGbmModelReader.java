package org.autotuner.models.boost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.model.TargetScale;
import org.autotuner.score.Link;
import org.autotuner.score.TreeEnsemble;
import org.autotuner.score.TreeEnsembleBuilder;

/**
 * Converts the text of LightGBM models (format version 4) to {@link TreeEnsemble}. Decision types: bit 0 categorical,
 * bit 1 default left, bits 2 and 3 the missing type (0 none, 1 zero, 2 NaN).
 */
final class LightGbmModelReader {

    private final TreeEnsembleBuilder builder;
    private final int outputs;
    private final double deviation;

    /**
     * A reader that collects trees of one or several models.
     *
     * @param width dense features
     * @param outputs of the ensemble
     * @param scale that the target had in training
     */
    LightGbmModelReader(int width, int outputs, Link link, TargetScale scale) {
        double[] base = new double[outputs];
        Arrays.fill(base, scale.mean());
        this.builder = new TreeEnsembleBuilder(width, outputs).link(link).base(base);
        this.deviation = scale.deviation();
        this.outputs = outputs;
    }

    /**
     * For models with straight lines in their leaves.
     *
     * @param low least value of each feature in training
     * @param high largest value of each feature in training
     */
    LightGbmModelReader withLines(float[] low, float[] high) {
        builder.lines(low, high);
        return this;
    }

    /** Adds all trees of a model whose trees belong to the outputs in turn. */
    LightGbmModelReader add(String text) {
        if (text.contains("\naverage_output\n")) {
            builder.average(true);
        }
        List<Map<String, String>> trees = trees(text);
        for (int i = 0; i < trees.size(); i++) {
            addTree(i % outputs, trees.get(i));
        }
        return this;
    }

    private static List<Map<String, String>> trees(String text) {
        List<Map<String, String>> trees = new ArrayList<>();
        int start = text.indexOf("\nTree=");
        while (start >= 0) {
            int end = text.indexOf("\n\n", start + 1);
            trees.add(fields(text, start + 1, end < 0 ? text.length() : end));
            start = text.indexOf("\nTree=", start + 1);
        }
        return trees;
    }

    /** Adds the trees of several models with one tree per round each: round by round, model k for output k. */
    LightGbmModelReader addInterleaved(List<String> texts) {
        List<List<Map<String, String>>> all =
                texts.stream().map(LightGbmModelReader::trees).toList();
        int rounds = all.stream().mapToInt(List::size).max().orElse(0);
        for (int round = 0; round < rounds; round++) {
            for (int k = 0; k < all.size(); k++) {
                if (round < all.get(k).size()) {
                    addTree(k, all.get(k).get(round));
                } else {
                    addConstant(k, 0); // this level had nothing left to split
                }
            }
        }
        return this;
    }

    TreeEnsemble build() {
        return builder.build();
    }

    private static Map<String, String> fields(String text, int from, int to) {
        Map<String, String> fields = new HashMap<>();
        int line = from;
        while (line < to) {
            int next = text.indexOf('\n', line);
            int stop = next < 0 || next > to ? to : next;
            int equals = text.indexOf('=', line);
            if (equals > 0 && equals < stop) {
                fields.put(text.substring(line, equals), text.substring(equals + 1, stop));
            }
            line = stop + 1;
        }
        return fields;
    }

    private void addTree(int output, Map<String, String> fields) {
        int leaves = Integer.parseInt(field(fields, "num_leaves"));
        double[] leafValues = Arrays.stream(doubles(field(fields, "leaf_value")))
                .map(value -> deviation * value)
                .toArray();
        if (leaves == 1) {
            addConstant(output, leafValues[0]);
            return;
        }
        int splits = leaves - 1;
        int nodes = splits + leaves;
        TreeEnsembleBuilder.Lines lines =
                "1".equals(fields.get("is_linear")) ? lines(fields, leafValues, splits) : null;
        double[] decision = doubles(field(fields, "decision_type"));
        double[] threshold = Arrays.copyOf(doubles(field(fields, "threshold")), nodes);
        int[] flags = new int[nodes];
        int[][] categories = new int[nodes][];
        int[] left = children(ints(field(fields, "left_child")), splits, nodes);
        int[] right = children(ints(field(fields, "right_child")), splits, nodes);
        boolean hasSets = false;
        for (int i = 0; i < splits; i++) {
            flags[i] = flags((int) decision[i]);
            if ((flags[i] & TreeEnsembleBuilder.CATEGORICAL) != 0) {
                categories[i] = codes(fields, (int) threshold[i]);
                hasSets = true;
            }
        }
        double[] values = new double[nodes];
        System.arraycopy(leafValues, 0, values, splits, leaves);
        double[] cover = new double[nodes];
        copy(fields, "internal_count", cover, 0);
        copy(fields, "leaf_count", cover, splits);
        builder.addTree(
                output,
                Arrays.copyOf(ints(field(fields, "split_feature")), nodes),
                threshold,
                left,
                right,
                flags,
                hasSets ? categories : null,
                values,
                cover,
                lines);
    }

    /** Lines of leaves; one without features is a constant and becomes the leaf's value. */
    private TreeEnsembleBuilder.Lines lines(Map<String, String> fields, double[] leafValues, int splits) {
        int leaves = leafValues.length;
        int[] counts = ints(field(fields, "num_features"));
        double[] ofLeaves = doubles(field(fields, "leaf_const"));
        String[] named = words(field(fields, "leaf_features"));
        String[] weighed = words(field(fields, "leaf_coeff"));
        int[][] features = new int[splits + leaves][0];
        double[][] slopes = new double[splits + leaves][0];
        double[] constants = new double[splits + leaves];
        int at = 0;
        for (int leaf = 0; leaf < leaves; leaf++) {
            int node = splits + leaf;
            features[node] = new int[counts[leaf]];
            slopes[node] = new double[counts[leaf]];
            for (int i = 0; i < counts[leaf]; i++, at++) {
                features[node][i] = Integer.parseInt(named[at]);
                slopes[node][i] = deviation * number(weighed[at]);
            }
            constants[node] = deviation * ofLeaves[leaf];
            boolean isFinite = Double.isFinite(constants[node])
                    && Arrays.stream(slopes[node]).allMatch(Double::isFinite);
            if (!isFinite) { // of rows that determine no line: the leaf has its plain value
                features[node] = new int[0];
                slopes[node] = new double[0];
                constants[node] = 0;
            } else if (counts[leaf] == 0) {
                leafValues[leaf] = constants[node];
            }
        }
        return new TreeEnsembleBuilder.Lines(features, slopes, constants);
    }

    /** Separated by one space or, between leaves, two. */
    private static String[] words(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() ? new String[0] : stripped.split(" +");
    }

    private void addConstant(int output, double value) {
        int[] leaf = {-1};
        builder.addTree(
                output, new int[1], new double[1], leaf, leaf, new int[1], null, new double[] {value}, new double[1]);
    }

    private static int flags(int decision) {
        if ((decision & 1) != 0) {
            return TreeEnsembleBuilder.CATEGORICAL;
        }
        int flags = (decision & 2) != 0 ? TreeEnsembleBuilder.DEFAULT_LEFT : 0;
        int missing = (decision >> 2) & 3;
        return flags
                | (missing == 2 ? TreeEnsembleBuilder.MISSING_NAN : 0)
                | (missing == 1 ? TreeEnsembleBuilder.MISSING_ZERO : 0);
    }

    private static int[] codes(Map<String, String> fields, int set) {
        int[] boundaries = ints(field(fields, "cat_boundaries"));
        String[] words = field(fields, "cat_threshold").split(" ");
        int[] codes = new int[32 * (boundaries[set + 1] - boundaries[set])];
        int count = 0;
        for (int word = boundaries[set]; word < boundaries[set + 1]; word++) {
            int bits = Integer.parseUnsignedInt(words[word]);
            for (int bit = 0; bit < 32; bit++) {
                if ((bits >>> bit & 1) != 0) {
                    codes[count++] = 32 * (word - boundaries[set]) + bit;
                }
            }
        }
        return Arrays.copyOf(codes, count);
    }

    /** LightGBM numbers leaf k as ~k; here leaves follow the splits. */
    private static int[] children(int[] given, int splits, int nodes) {
        int[] children = new int[nodes];
        Arrays.fill(children, -1);
        for (int i = 0; i < splits; i++) {
            children[i] = given[i] >= 0 ? given[i] : splits + ~given[i];
        }
        return children;
    }

    private static void copy(Map<String, String> fields, String name, double[] into, int at) {
        double[] values = doubles(field(fields, name));
        System.arraycopy(values, 0, into, at, values.length);
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException(
                    "LightGBM's model text has no '%s': its format has changed.".formatted(name));
        }
        return value;
    }

    private static int[] ints(String text) {
        return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    private static double[] doubles(String text) {
        return Arrays.stream(text.split(" "))
                .mapToDouble(LightGbmModelReader::number)
                .toArray();
    }

    /** C++ writes infinities, which thresholds may be, and what is no number in its own way. */
    private static double number(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan", "-nan" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }
}
