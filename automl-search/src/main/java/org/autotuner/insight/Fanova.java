package org.autotuner.insight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Functional analysis of variance over a forest (Hutter, Hoos, Leyton-Brown: An Efficient Approach for Assessing
 * Hyperparameter Importance, ICML 2014), with marginals that are exact over the boxes of the leaves.
 *
 * <p>The share of a parameter at the top of the space is that of its main effect. A parameter that exists only under
 * options of a choice acts through that choice, so its share includes the interactions with the choices that own it:
 * {@code Var E[f | owners, parameter] - Var E[f | owners]}. Where it is not active it has no effect; nothing is imputed.
 */
final class Fanova {

    private static final int PAIRED = 10;

    private final Axes axes;
    private final Forest forest;
    private final double[] totals;
    private final Map<Set<Integer>, double[]> explained = new HashMap<>();

    Fanova(Axes axes, Forest forest) {
        this.axes = axes;
        this.forest = forest;
        this.totals = new double[forest.trees()];
        for (int tree = 0; tree < totals.length; tree++) {
            totals[tree] = forest.variance(tree);
        }
    }

    /** All parameters, the most important first. */
    List<Importance> parameters() {
        List<Importance> found = new ArrayList<>();
        for (int axis = 0; axis < axes.size(); axis++) {
            Set<Integer> owners = axes.ancestors(axis);
            found.add(importance(List.of(axis), List.of(with(owners, axis)), List.of(owners)));
        }
        found.sort(Comparator.comparing(Importance::share).reversed());
        return found;
    }

    /**
     * Pairs of the ten most important parameters, the strongest interaction first; a parameter and its owner are none, nor
     * are two that are never active together.
     */
    List<Importance> interactions(List<Importance> parameters) {
        List<Integer> first = parameters.stream()
                .limit(PAIRED)
                .map(importance -> axes.indexOf(importance.axes().get(0).parameter()))
                .toList();
        List<Importance> found = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            for (int j = i + 1; j < first.size(); j++) {
                int a = first.get(i);
                int b = first.get(j);
                boolean isOwner =
                        axes.ancestors(a).contains(b) || axes.ancestors(b).contains(a);
                if (isOwner || !axes.areCompatible(a, b)) {
                    continue;
                }
                Set<Integer> owners = new TreeSet<>(axes.ancestors(a));
                owners.addAll(axes.ancestors(b));
                found.add(importance(
                        List.of(a, b), List.of(with(owners, a, b), owners), List.of(with(owners, a), with(owners, b))));
            }
        }
        found.sort(Comparator.comparing(Importance::share).reversed());
        return found;
    }

    /** Mean and deviation over the trees of a sum and difference of explained variances. */
    private Importance importance(List<Integer> of, List<Set<Integer>> plus, List<Set<Integer>> minus) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int tree = 0; tree < totals.length; tree++) {
            if (totals[tree] > 0) {
                double variance = 0;
                for (Set<Integer> set : plus) {
                    variance += explained(set)[tree];
                }
                for (Set<Integer> set : minus) {
                    variance -= explained(set)[tree];
                }
                double share = Math.min(1, Math.max(0, variance / totals[tree]));
                sum += share;
                squares += share * share;
                count++;
            }
        }
        double mean = count == 0 ? 0 : sum / count;
        double deviation = count < 2 ? 0 : Math.sqrt(Math.max(0, squares - count * mean * mean) / (count - 1));
        return new Importance(of.stream().map(axes::axis).toList(), mean, deviation);
    }

    private double[] explained(Set<Integer> parameters) {
        return explained.computeIfAbsent(parameters, key -> {
            double[] variances = new double[totals.length];
            for (int tree = 0; tree < variances.length && !key.isEmpty(); tree++) {
                variances[tree] = forest.explained(tree, key);
            }
            return variances;
        });
    }

    private static Set<Integer> with(Set<Integer> owners, int... more) {
        Set<Integer> all = new TreeSet<>(owners);
        for (int axis : more) {
            all.add(axis);
        }
        return all;
    }
}
