package org.autotuner.profile;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.Column;
import org.autotuner.data.NumericColumn;

/**
 * How well one column alone tells the target: a table of its values (or of fifty bins of a number) learned on every
 * other row of a sample, measured on the rest.
 */
final class Leakage {

    static final int ROWS = 10_000;

    private static final int FEWEST = 100;
    private static final int BINS = 50;
    private static final int MOST_CLASSES = 20;

    private Leakage() {}

    /** Share of the prior's error (of squares for a real target) that the column takes away, 1 is perfect; NaN if unknown. */
    static double power(Column column, Column target, int[] rows) {
        double[] truth = Measures.identities(target, rows);
        boolean classes = target instanceof CategoricalColumn
                || (target instanceof NumericColumn && Measures.distinct(Measures.sorted(truth)) <= MOST_CLASSES);
        double[] values = Measures.identities(column, rows);
        double[] sorted = Measures.sorted(values);
        int present = sorted.length;
        if (rows.length < FEWEST || present < FEWEST / 2) {
            return Double.NaN;
        }
        boolean binned = !(column instanceof CategoricalColumn) && Measures.distinct(sorted) > BINS;
        double[] edges = binned ? Measures.edges(sorted, BINS) : new double[0];
        double[] keys = binned
                ? Arrays.stream(values)
                        .map(v -> Double.isNaN(v) ? -1 : Measures.bin(edges, v))
                        .toArray()
                : values;
        return classes ? classPower(keys, truth) : realPower(keys, truth);
    }

    private static double classPower(double[] keys, double[] truth) {
        Map<Double, Map<Double, Integer>> seen = new HashMap<>();
        Map<Double, Integer> all = new HashMap<>();
        for (int i = 0; i < keys.length; i += 2) {
            if (!Double.isNaN(truth[i])) {
                seen.computeIfAbsent(keys[i], key -> new HashMap<>()).merge(truth[i], 1, Integer::sum);
                all.merge(truth[i], 1, Integer::sum);
            }
        }
        if (all.size() < 2) {
            return Double.NaN;
        }
        Map<Double, Double> answers = new HashMap<>();
        seen.forEach((key, counts) -> answers.put(key, most(counts)));
        double prior = most(all);
        int wrong = 0;
        int priorWrong = 0;
        for (int i = 1; i < keys.length; i += 2) {
            if (!Double.isNaN(truth[i])) {
                wrong += answers.getOrDefault(keys[i], prior) == truth[i] ? 0 : 1;
                priorWrong += prior == truth[i] ? 0 : 1;
            }
        }
        return priorWrong < 5 ? Double.NaN : 1 - (double) wrong / priorWrong;
    }

    private static double most(Map<Double, Integer> counts) {
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(Double.NaN);
    }

    private static double realPower(double[] keys, double[] truth) {
        Map<Double, double[]> seen = new HashMap<>();
        double[] all = new double[2];
        for (int i = 0; i < keys.length; i += 2) {
            if (!Double.isNaN(truth[i])) {
                double[] sums = seen.computeIfAbsent(keys[i], key -> new double[2]);
                sums[0] += truth[i];
                sums[1]++;
                all[0] += truth[i];
                all[1]++;
            }
        }
        double error = 0;
        double priorError = 0;
        for (int i = 1; i < keys.length; i += 2) {
            if (!Double.isNaN(truth[i])) {
                double[] sums = seen.getOrDefault(keys[i], all);
                double off = truth[i] - sums[0] / sums[1];
                double priorOff = truth[i] - all[0] / all[1];
                error += off * off;
                priorError += priorOff * priorOff;
            }
        }
        return priorError > 0 ? 1 - error / priorError : Double.NaN;
    }
}
