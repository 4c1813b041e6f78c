package org.autotuner.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.FeatureRow;

/** Merges the trees of an ensemble into functions of the features that they ask for. Used once, by one thread. */
final class AdditiveMerge {

    /** Values of all functions together. */
    private static final long MOST_VALUES = 250_000;

    private final TreeEnsemble trees;
    private final TreeEnsemble.Parts parts;
    private final double[] base;
    private final float[] row;
    private final FeatureRow cursor;
    /** Trees by the features that they ask for, packed so that a single feature comes before its pairs. */
    private final TreeMap<Long, List<Integer>> groups = new TreeMap<>();

    AdditiveMerge(TreeEnsemble trees) {
        this.trees = trees;
        this.parts = trees.parts();
        this.base = parts.base.clone();
        this.row = new float[parts.width];
        List<Feature> names = IntStream.range(0, parts.width)
                .mapToObj(feature -> new Feature("f" + feature, "f" + feature, 0))
                .toList();
        this.cursor = FeatureMatrix.dense(names, 1, row).cursor().to(0);
    }

    Optional<AdditiveScorer> merged() {
        if (parts.average || parts.floatSums || !isGrouped()) {
            return Optional.empty();
        }
        List<List<AdditiveAxis>> axes = new ArrayList<>();
        long values = 0;
        for (Map.Entry<Long, List<Integer>> group : groups.entrySet()) {
            Optional<List<AdditiveAxis>> own = axes(features(group.getKey()), group.getValue());
            if (own.isEmpty()) {
                return Optional.empty();
            }
            axes.add(own.get());
            values += AdditiveTerm.cells(own.get()) * base.length;
        }
        if (values > MOST_VALUES) {
            return Optional.empty();
        }
        List<AdditiveTerm> terms = new ArrayList<>();
        for (List<Integer> group : groups.values()) {
            terms.add(term(axes.get(terms.size()), group));
        }
        return Optional.of(new AdditiveScorer(parts.width, base, parts.link, terms));
    }

    /** Sorts the trees by their features; false if one has more than two. Those without any go into the base. */
    private boolean isGrouped() {
        for (int tree = 0; tree < parts.roots.length; tree++) {
            TreeSet<Integer> features = new TreeSet<>();
            for (int at = parts.roots[tree]; at < end(tree); at += TreeEnsemble.STRIDE) {
                if (parts.nodes[at] >= 0) {
                    features.add(parts.nodes[at] >>> TreeEnsemble.FEATURE_SHIFT);
                }
            }
            if (features.size() > 2) {
                return false;
            }
            if (features.isEmpty()) {
                base[parts.output[tree]] += parts.leaves[~parts.nodes[parts.roots[tree]]];
                continue;
            }
            long second = features.size() == 1 ? 0 : features.last() + 1L;
            groups.computeIfAbsent((long) features.first() << Integer.SIZE | second, key -> new ArrayList<>())
                    .add(tree);
        }
        return true;
    }

    private int end(int tree) {
        return tree + 1 < parts.roots.length ? parts.roots[tree + 1] : parts.nodes.length;
    }

    private static int[] features(long key) {
        int first = (int) (key >> Integer.SIZE);
        int second = (int) key - 1;
        return second < 0 ? new int[] {first} : new int[] {first, second};
    }

    /** Empty if a feature is asked in ways that cells do not tell apart. */
    private Optional<List<AdditiveAxis>> axes(int[] features, List<Integer> group) {
        List<AdditiveAxis> axes = new ArrayList<>();
        for (int feature : features) {
            TreeSet<Float> edges = new TreeSet<>();
            int codes = 0;
            for (int tree : group) {
                for (int at = parts.roots[tree]; at < end(tree); at += TreeEnsemble.STRIDE) {
                    int head = parts.nodes[at];
                    if (head < 0 || head >>> TreeEnsemble.FEATURE_SHIFT != feature) {
                        continue;
                    }
                    int slot = parts.nodes[at + 1];
                    if ((head & TreeEnsemble.CATEGORIES) != 0) {
                        codes = Math.max(codes, Math.max(1, Integer.SIZE * parts.sets[slot]));
                    } else if ((head & TreeEnsemble.ZERO_MISSING) != 0) {
                        return Optional.empty();
                    } else {
                        edges.add(Float.intBitsToFloat(slot) + 0f); // one zero of both
                    }
                }
            }
            if (codes > 0 && !edges.isEmpty()) {
                return Optional.empty();
            }
            axes.add(codes > 0 ? AdditiveAxis.categories(feature, codes) : AdditiveAxis.numbers(feature, array(edges)));
        }
        return Optional.of(axes);
    }

    private static float[] array(SortedSet<Float> edges) {
        float[] array = new float[edges.size()];
        int count = 0;
        for (float edge : edges) {
            array[count++] = edge;
        }
        return array;
    }

    /** Lets the trees score a row of each cell. */
    private AdditiveTerm term(List<AdditiveAxis> axes, List<Integer> group) {
        AdditiveAxis first = axes.get(0);
        int width = axes.size() == 1 ? 1 : axes.get(1).cells();
        double[] values = new double[first.cells() * width * base.length];
        for (int cell = 0; cell < first.cells() * width; cell++) {
            row[first.feature()] = first.sample(cell / width);
            if (axes.size() > 1) {
                row[axes.get(1).feature()] = axes.get(1).sample(cell % width);
            }
            for (int tree : group) {
                values[cell * base.length + parts.output[tree]] += trees.leafValue(tree, cursor);
            }
        }
        return new AdditiveTerm(axes, base.length, values);
    }
}
