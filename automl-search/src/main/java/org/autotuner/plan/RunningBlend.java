package org.autotuner.plan;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.execute.Seeds;
import org.autotuner.execute.StudyData;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * The ensemble as far as it has got, trial by trial: greedy selection (Caruana and others: Ensemble Selection from
 * Libraries of Models, ICML 2004) in one pass, where each trial may take a part of the running mean. It tells what a trial
 * adds to those before; the delivered weights are chosen anew at the end. The gain is cross-fitted: the part is chosen on
 * one half of the rows and counts on the other, so that luck in choosing it is no gain. It works on the rows of selection,
 * of many on a random sample. Used by one thread, except {@link #sample}.
 */
final class RunningBlend {

    /** Parts of the blend that a trial may take: from all of it to about a trial's due among thirty. */
    private static final double[] PARTS = {1, 0.75, 0.5, 0.25, 1 / 8.0, 1 / 16.0, 1 / 32.0};

    /** Relative gains up to this do not count. */
    private static final double HAIR = 1e-4;

    private static final int MOST_ROWS = 20_000;
    private static final int MOST_OUTPUTS = 400_000;
    private static final int HALVES = 2;

    private final Task task;
    private final List<RowErrors> halves;
    private final double[] errors = new double[HALVES];
    private double @Nullable [][] blend;

    RunningBlend(StudyData data, EvaluationRows rows) {
        this.task = data.task();
        SplittableRandom random = new SplittableRandom(Seeds.of(data.seed(), -9));
        int most = Math.min(MOST_ROWS, MOST_OUTPUTS / task.outputs());
        int[] sample = sample(rows.selection(), most, random);
        boolean[] isSecond =
                halved(data.target().select(rows.rowsAt(sample)), task.labels().size());
        this.halves = List.of(
                new RowErrors(data, rows, where(sample, isSecond, false)),
                new RowErrors(data, rows, where(sample, isSecond, true)));
    }

    /** What is needed of a trial's predictions: the outputs on each half of the rows. */
    double[][] sample(Predictions outOfFold) {
        return halves.stream().map(half -> half.select(outOfFold).toArray()).toArray(double[][]::new);
    }

    /**
     * Lets a trial take that part of the blend which lowers the error most, if it does.
     *
     * @param outputs of the trial, from {@link #sample}; not copied
     * @return by which share of itself the error falls, in 0..1; 0 if the blend stays as it was, and for the first trial
     */
    double add(double[][] outputs) {
        double[][] before = blend;
        if (before == null || !isFinite(errors)) {
            blend = outputs;
            Arrays.setAll(errors, half -> error(half, outputs[half]));
            return 0;
        }
        double[][] after = new double[HALVES][PARTS.length];
        int[] best = new int[HALVES];
        for (int half = 0; half < HALVES; half++) {
            for (int i = 0; i < PARTS.length; i++) {
                after[half][i] = error(half, mixed(before[half], outputs[half], PARTS[i]));
            }
            best[half] = lowest(after[half]);
        }
        double fallen = 0;
        double[] together = new double[PARTS.length];
        for (int half = 0; half < HALVES; half++) {
            int other = 1 - half;
            boolean isTaken = after[other][best[other]] < errors[other];
            fallen += isTaken ? errors[half] - after[half][best[other]] : 0;
            for (int i = 0; i < PARTS.length; i++) {
                together[i] += after[half][i];
            }
        }
        int part = lowest(together);
        double gain = fallen / (Math.abs(errors[0]) + Math.abs(errors[1]));
        if (!(gain > HAIR) || !(together[part] < errors[0] + errors[1])) {
            return 0;
        }
        for (int half = 0; half < HALVES; half++) {
            before[half] = mixed(before[half], outputs[half], PARTS[part]);
            errors[half] = after[half][part];
        }
        return Math.min(1, gain);
    }

    private double error(int half, double[] outputs) {
        return halves.get(half).error(Predictions.of(task, outputs));
    }

    private static double[] mixed(double[] blend, double[] outputs, double part) {
        double[] mixed = new double[blend.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (1 - part) * blend[i] + part * outputs[i];
        }
        return mixed;
    }

    private static int lowest(double[] values) {
        int lowest = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] < values[lowest]) {
                lowest = i;
            }
        }
        return lowest;
    }

    private static boolean isFinite(double[] errors) {
        return Arrays.stream(errors).allMatch(Double::isFinite);
    }

    /** At most so many of the positions, in random order. */
    private static int[] sample(int[] positions, int most, SplittableRandom random) {
        int count = Math.min(most, positions.length);
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(positions.length - i);
            int swap = positions[i];
            positions[i] = positions[j];
            positions[j] = swap;
        }
        return Arrays.copyOf(positions, count);
    }

    /** Every second row of each label, so that rare labels are in both halves; of real values every second row. */
    private static boolean[] halved(Target truth, int labels) {
        boolean[] isNext = new boolean[Math.max(1, labels)];
        boolean[] isSecond = new boolean[truth.size()];
        for (int i = 0; i < isSecond.length; i++) {
            int label = truth.hasLabels() ? truth.label(i) : 0;
            isSecond[i] = isNext[label];
            isNext[label] = !isNext[label];
        }
        return isSecond;
    }

    private static int[] where(int[] positions, boolean[] isSecond, boolean wanted) {
        int[] chosen = new int[positions.length];
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            if (isSecond[i] == wanted) {
                chosen[count++] = positions[i];
            }
        }
        int[] cut = Arrays.copyOf(chosen, count);
        Arrays.sort(cut);
        return cut;
    }
}
