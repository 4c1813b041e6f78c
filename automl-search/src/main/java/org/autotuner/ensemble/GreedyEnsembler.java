package org.autotuner.ensemble;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.metric.Metric;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/**
 * Greedy selection with replacement (Caruana, Niculescu-Mizil, Crew, Ksikes: Ensemble Selection from Libraries of
 * Models, ICML 2004), with guards against luck: it starts from the average of the best few candidates where that is
 * better than the best alone; on few rows the selection is repeated on random halves of the rows and averaged
 * (bagged selection, section 3.3 there); the first step of minimal error is kept; on many rows it works on a random
 * sample of them.
 */
public final class GreedyEnsembler implements Ensembler {

    private static final int START = 3;
    private static final int BAGGED_BELOW_ROWS = 2_000;
    private static final int BAGS = 10;
    private static final int SAMPLE_OUTPUTS = 60_000;

    private final int rounds;
    private final int bags;

    /** 40 rounds, and on few rows 10 bags. */
    public GreedyEnsembler() {
        this(40, BAGS);
    }

    /**
     * A greedy selection.
     *
     * @param rounds most additions, at least 1
     * @param bags number of random halves on which the selection is repeated on few rows, at least 0
     */
    public GreedyEnsembler(int rounds, int bags) {
        if (rounds < 1 || bags < 0) {
            throw new IllegalArgumentException(
                    "rounds must be at least 1 and bags at least 0, but were %d and %d.".formatted(rounds, bags));
        }
        this.rounds = rounds;
        this.bags = bags;
    }

    @Override
    public double[] weights(Choice choice) {
        int count = choice.candidates().size();
        double[] total = new double[count];
        if (count <= 1) {
            Arrays.fill(total, 1);
            return total;
        }
        int rows = choice.truth().size();
        int outputs = choice.candidates().get(0).task().outputs();
        SplittableRandom random = new SplittableRandom(choice.seed());
        if (rows < BAGGED_BELOW_ROWS) {
            select(choice, all(rows), total);
            for (int bag = 0; bag < bags && !choice.deadline().isOver(); bag++) {
                select(choice, sample(rows, (rows + 1) / 2, random), total);
            }
        } else {
            int most = Math.max(BAGGED_BELOW_ROWS, SAMPLE_OUTPUTS / outputs);
            select(choice, rows <= most ? all(rows) : sample(rows, most, random), total);
        }
        double sum = Arrays.stream(total).sum();
        for (int i = 0; i < count; i++) {
            total[i] /= sum;
        }
        return total;
    }

    /** Adds the selection's relative weights (sum 1) to {@code total}. */
    private void select(Choice choice, int[] rows, double[] total) {
        Problem problem = new Problem(choice, rows);
        int count = problem.size();
        double[] single = new double[count];
        for (int i = 0; i < count; i++) {
            single[i] = problem.errorAlone(i);
        }
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(single[a], single[b]));

        int[] times = new int[count];
        times[order[0]] = 1;
        problem.add(order[0]);
        double best = single[order[0]];
        best = startFromSeveral(problem, order, times, best);
        int[] kept = times.clone();
        int without = 0;
        for (int round = 0; round < rounds && without < 5 && !choice.deadline().isOver(); round++) {
            int chosen = -1;
            double lowest = Double.POSITIVE_INFINITY;
            for (int i = 0; i < count && !choice.deadline().isOver(); i++) {
                double error = problem.errorWith(i);
                if (error < lowest || (error == lowest && chosen >= 0 && times[i] > times[chosen])) {
                    lowest = error;
                    chosen = i;
                }
            }
            if (chosen < 0) {
                break;
            }
            problem.add(chosen);
            times[chosen]++;
            if (lowest < best - 1e-9 * Math.abs(best)) {
                best = lowest;
                kept = times.clone();
                without = 0;
            } else {
                without++;
            }
        }
        double sum = Arrays.stream(kept).sum();
        for (int i = 0; i < count; i++) {
            total[i] += kept[i] / sum;
        }
    }

    private static double startFromSeveral(Problem problem, Integer[] order, int[] times, double best) {
        if (order.length < START) {
            return best;
        }
        for (int i = 1; i < START; i++) {
            problem.add(order[i]);
        }
        double together = problem.error();
        if (together <= best) {
            for (int i = 1; i < START; i++) {
                times[order[i]]++;
            }
            return together;
        }
        for (int i = 1; i < START; i++) {
            problem.remove(order[i]);
        }
        return best;
    }

    private static int[] all(int rows) {
        int[] all = new int[rows];
        Arrays.setAll(all, i -> i);
        return all;
    }

    /** Some rows without repetition, in increasing order. */
    private static int[] sample(int rows, int count, SplittableRandom random) {
        int[] shuffled = all(rows);
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(rows - i);
            int swap = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = swap;
        }
        int[] chosen = Arrays.copyOf(shuffled, count);
        Arrays.sort(chosen);
        return chosen;
    }

    /** The running sum of the chosen candidates' outputs, so that each try is one pass over the rows. */
    private static final class Problem {

        private final Task task;
        private final Metric metric;
        private final Target truth;
        private final Weights weights;
        private final double[][] outputs;
        private final double[] sum;
        private final double[] scratch;
        private int members;

        Problem(Choice choice, int[] rows) {
            List<Predictions> candidates = choice.candidates();
            task = candidates.get(0).task();
            metric = choice.metric();
            truth = choice.truth().select(rows);
            weights = choice.weights().select(rows);
            outputs = new double[candidates.size()][];
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = candidates.get(i).select(rows).toArray();
            }
            sum = new double[rows.length * task.outputs()];
            scratch = new double[sum.length];
        }

        int size() {
            return outputs.length;
        }

        void add(int candidate) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += outputs[candidate][i];
            }
            members++;
        }

        void remove(int candidate) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] -= outputs[candidate][i];
            }
            members--;
        }

        double error() {
            return errorOf(sum, null, members);
        }

        double errorAlone(int candidate) {
            return errorOf(outputs[candidate], null, 1);
        }

        double errorWith(int candidate) {
            return errorOf(sum, outputs[candidate], members + 1);
        }

        private double errorOf(double[] base, double @org.jspecify.annotations.Nullable [] added, int divisor) {
            double factor = 1.0 / divisor;
            for (int i = 0; i < scratch.length; i++) {
                scratch[i] = (added == null ? base[i] : base[i] + added[i]) * factor;
            }
            double error = metric.error(truth, Predictions.of(task, scratch), weights);
            return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
        }
    }
}
