package org.autotuner.models.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

/** Ordered boosting by hand, and its point: no row's own target moves what the row is judged by. */
class PrefixMarginsTest {

    private static FeatureMatrix rows(int count) {
        return FeatureMatrix.dense(java.util.List.of(new Feature("x", "x", 0)), count, new float[count]);
    }

    private static TrainingData values(double... targets) {
        return new TrainingData(
                new RegressionTask("y"), rows(targets.length), Target.ofValues(targets), Weights.none(), null);
    }

    /** A tree whose leaf of a row is given. */
    private record Fixed(int[] leafOf, int count) implements RoundGrower.Round {

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public int leaves(int output) {
            return count;
        }

        @Override
        public boolean isShared() {
            return true;
        }

        @Override
        public void find(Bins bins, int output, short[] into) {
            for (int row = 0; row < into.length; row++) {
                into[row] = (short) leafOf[row];
            }
        }

        @Override
        public void limit(int output, double[] values, short[] leaves) {}

        @Override
        public void keep(double[][] values) {}
    }

    @Test
    void rowsAreJudgedByTheLargestModelThatEndsBeforeThem() {
        double[] targets = {4, 5, 1, 7, 20, 9, 8, 2}; // of which the mean is where all begin
        int[] order = {7, 0, 5, 2, 1, 6, 3, 4};
        float[][] gradients = new float[1][8];
        try (Workers workers = new Workers(1)) {
            Margins all = new Margins(values(targets), new PointLoss.Squared(), workers);
            PrefixMargins margins = new PrefixMargins(all, order, 0, 1);
            Bins bins = Bins.of(rows(8), 2, workers, Deadline.never());
            margins.gradients(gradients, new float[1][0]);
            margins.give(new Fixed(new int[8], 1), bins);
            margins.gradients(gradients, new float[1][0]);
        }
        // in their order the targets are 2 4 9 1 5 8 7 20: means of the first one, two and four of them
        double[] means = {2, 2, 3, 3, 4, 4, 4, 4};
        for (int at = 0; at < 8; at++) {
            assertThat(gradients[0][order[at]] + targets[order[at]])
                    .as("row at place %d", at)
                    .isCloseTo(means[at], within(1e-5));
        }
    }

    @Test
    void noRowsOwnTargetMovesWhatItIsJudgedBy() {
        int count = 300;
        SplittableRandom random = new SplittableRandom(3);
        double[] targets = random.doubles(count).toArray();
        int[] order = CategoryColumn.order(count, random);
        int[][] leaves = IntStream.range(0, 5)
                .mapToObj(tree -> random.ints(count, 0, 4).toArray())
                .toArray(int[][]::new);
        float[] before = judged(targets, order, leaves);
        int last = order[count - 1]; // in no model; takes back what another gets, so that all begin where they did
        for (int at = count / 50;
                at < count - 1;
                at += 7) { // the rows before are judged by the model that has seen them
            double[] changed = targets.clone();
            changed[order[at]] += 8;
            changed[last] -= 8;
            assertThat(judged(changed, order, leaves)[order[at]])
                    .as("row at place %d", at)
                    .isCloseTo(before[order[at]], within(1e-5f));
        }
    }

    /** By what each row is judged after all trees. */
    private static float[] judged(double[] targets, int[] order, int[][] leaves) {
        float[][] gradients = new float[1][targets.length];
        try (Workers workers = new Workers(1)) {
            Margins all = new Margins(values(targets), new PointLoss.Squared(), workers);
            PrefixMargins margins = new PrefixMargins(all, order, 1, 0.3);
            Bins bins = Bins.of(rows(targets.length), 2, workers, Deadline.never());
            for (int[] tree : leaves) {
                margins.gradients(gradients, new float[1][0]);
                margins.give(new Fixed(tree, 4), bins);
            }
            margins.gradients(gradients, new float[1][0]);
        }
        float[] found = new float[targets.length];
        for (int row = 0; row < found.length; row++) {
            found[row] = (float) (gradients[0][row] + targets[row]);
        }
        return found;
    }
}
