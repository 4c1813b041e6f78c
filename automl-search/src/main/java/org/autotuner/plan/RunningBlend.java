package org.autotuner.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.autotuner.execute.Seeds;
import org.autotuner.execute.StudyData;
import org.autotuner.predict.Predictions;
import org.autotuner.split.Fold;
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

    /** Rows of a half of one fold that tell whether a trial adds anything: below the one they do not, above the other no better. */
    private static final int LEAST_SHOWN = 500;

    private static final int MOST_SHOWN = 1_500;

    private final StudyData data;
    private final EvaluationRows rows;
    private final Task task;
    private final List<int[]> positions;
    private final List<RowErrors> halves;
    private final double[] errors = new double[HALVES];
    private double @Nullable [][] blend;

    RunningBlend(StudyData data, EvaluationRows rows) {
        this.data = data;
        this.rows = rows;
        this.task = data.task();
        SplittableRandom random = new SplittableRandom(Seeds.of(data.seed(), -9));
        int most = Math.min(MOST_ROWS, MOST_OUTPUTS / task.outputs());
        int[] sample = sample(rows.selection(), most, random);
        boolean[] isSecond =
                halved(data.target().select(rows.rowsAt(sample)), task.labels().size());
        this.positions = List.of(where(sample, isSecond, false), where(sample, isSecond, true));
        this.halves =
                positions.stream().map(half -> new RowErrors(data, rows, half)).toList();
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
        Step step = step(halves, before, errors, outputs);
        if (!(step.gain > HAIR)) {
            return 0;
        }
        for (int half = 0; half < HALVES; half++) {
            before[half] = mixed(before[half], outputs[half], PARTS[step.part]);
            errors[half] = step.errors[half];
        }
        return step.gain;
    }

    /**
     * What a trial would add by what one fold shows.
     *
     * @param predict predictions for validation rows of the fold, by their places there
     * @return as of {@link #add}; NaN if these rows are too few to tell, or there is nothing yet to add to
     */
    double promised(Fold fold, Function<int[], Predictions> predict) {
        double[][] now = blend;
        if (now == null || !isFinite(errors)) {
            return Double.NaN;
        }
        int[] placeOf = placesByPosition(fold);
        List<RowErrors> some = new ArrayList<>();
        double[][] before = new double[HALVES][];
        double[][] outputs = new double[HALVES][];
        double[] without = new double[HALVES];
        for (int half = 0; half < HALVES; half++) {
            int[] whole = positions.get(half);
            int[] shown = IntStream.range(0, whole.length)
                    .filter(i -> placeOf[whole[i]] >= 0)
                    .limit(MOST_SHOWN)
                    .toArray();
            if (shown.length < LEAST_SHOWN) {
                return Double.NaN;
            }
            some.add(new RowErrors(
                    data, rows, IntStream.of(shown).map(i -> whole[i]).toArray()));
            Predictions shownOfBlend = Predictions.of(task, now[half]).select(shown);
            before[half] = shownOfBlend.toArray();
            without[half] = some.get(half).error(shownOfBlend);
            outputs[half] = predict.apply(
                            IntStream.of(shown).map(i -> placeOf[whole[i]]).toArray())
                    .toArray();
        }
        return isFinite(without) ? step(some, before, without, outputs).gain : Double.NaN;
    }

    /** The place among a fold's validation rows of each position; -1 for the others. */
    private int[] placesByPosition(Fold fold) {
        int[] places = new int[rows.size()];
        Arrays.fill(places, -1);
        int[] validation = fold.validation();
        for (int place = 0; place < validation.length; place++) {
            places[rows.positionOf(validation[place])] = place;
        }
        return places;
    }

    /**
     * What mixing a trial into a blend does.
     *
     * @param gain cross-fitted, at most 1; 0 if the blend is better as it is
     * @param part the best one of {@link #PARTS}
     * @param errors of the halves with that part
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Step(double gain, int part, double[] errors) {}

    private Step step(List<RowErrors> on, double[][] before, double[] without, double[][] outputs) {
        double[][] after = new double[HALVES][PARTS.length];
        int[] best = new int[HALVES];
        for (int half = 0; half < HALVES; half++) {
            for (int i = 0; i < PARTS.length; i++) {
                after[half][i] = on.get(half).error(Predictions.of(task, mixed(before[half], outputs[half], PARTS[i])));
            }
            best[half] = lowest(after[half]);
        }
        double fallen = 0;
        double[] together = new double[PARTS.length];
        for (int half = 0; half < HALVES; half++) {
            int other = 1 - half;
            boolean isTaken = after[other][best[other]] < without[other];
            fallen += isTaken ? without[half] - after[half][best[other]] : 0;
            for (int i = 0; i < PARTS.length; i++) {
                together[i] += after[half][i];
            }
        }
        int part = lowest(together);
        double gain = fallen / (Math.abs(without[0]) + Math.abs(without[1]));
        boolean isBetter = gain > 0 && together[part] < without[0] + without[1];
        return new Step(isBetter ? Math.min(1, gain) : 0, part, new double[] {after[0][part], after[1][part]});
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
