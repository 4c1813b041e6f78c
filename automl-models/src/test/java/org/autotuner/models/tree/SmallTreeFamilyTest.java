package org.autotuner.models.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.error.DataException;
import org.autotuner.metric.Metrics;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.Scorer;
import org.autotuner.space.Configuration;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class SmallTreeFamilyTest {

    private static final Task VALUE = new RegressionTask("y");
    private static final SmallTreeFamily FAMILY = new SmallTreeFamily();

    private static TrainingData data(Task task, int width, float[] cells, Target target, Weights weights) {
        List<Feature> features = IntStream.range(0, width)
                .mapToObj(j -> new Feature("x" + j, "x" + j, 0))
                .toList();
        return new TrainingData(task, FeatureMatrix.dense(features, target.size(), cells), target, weights, null);
    }

    private static Scorer fit(TrainingData data, int depth, int minLeaf) {
        Configuration settings = FAMILY.space(new DataShape(data.task(), data.rows(), 3, 0, 0, 0))
                .defaults()
                .with(SmallTreeFamily.DEPTH, depth)
                .with(SmallTreeFamily.MIN_LEAF, minLeaf);
        return FAMILY.fit(data, settings, FitContext.of(Metrics.defaultFor(data.task()), 1))
                .scorer();
    }

    private static double[] score(Scorer scorer, TrainingData data, int row) {
        double[] out = new double[scorer.outputs()];
        scorer.score(data.features().cursor().to(row), out);
        return out;
    }

    /** By hand: the first cut parts low from high, the second ones part within. */
    @Test
    void leavesHoldTheMeansOfTheirRows() {
        float[] cells = {1, 2, 3, 4, 5, 6, 7, 8};
        double[] values = {0, 0, 10, 14, 100, 102, 120, 120};
        TrainingData data = data(VALUE, 1, cells, Target.ofValues(values), Weights.none());
        Scorer scorer = fit(data, 2, 2);
        double[] expected = {0, 0, 12, 12, 101, 101, 120, 120};
        for (int row = 0; row < 8; row++) {
            assertThat(score(scorer, data, row)[0]).isCloseTo(expected[row], within(1e-9));
        }
    }

    @Test
    void rowsCountByTheirWeight() {
        TrainingData data = data(
                VALUE, 1, new float[] {1, 1, 1, 1}, Target.ofValues(0, 0, 8, 50), Weights.of(new double[] {1, 1, 2, 0
                }));
        assertThat(score(fit(data, 2, 2), data, 0)[0]).isCloseTo(4, within(1e-9));
    }

    @Test
    void aTreeOfDepthFiveHasAtMostThirtyTwoLeaves() {
        SplittableRandom random = new SplittableRandom(1);
        int rows = 3_000;
        float[] cells = new float[3 * rows];
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            for (int f = 0; f < 3; f++) {
                cells[3 * row + f] = random.nextFloat();
            }
            values[row] = Math.sin(20 * cells[3 * row]) + cells[3 * row + 1] * cells[3 * row + 2];
        }
        TrainingData data = data(VALUE, 3, cells, Target.ofValues(values), Weights.none());
        for (int depth = 2; depth <= 5; depth++) {
            Scorer scorer = fit(data, depth, 2);
            Set<Double> leaves = new HashSet<>();
            for (int row = 0; row < rows; row++) {
                leaves.add(score(scorer, data, row)[0]);
            }
            assertThat(leaves).hasSizeBetween(depth + 1, 1 << depth);
        }
    }

    @Test
    void noClassHasAProbabilityOfZero() {
        float[] cells = new float[60];
        int[] labels = new int[60];
        for (int row = 0; row < 60; row++) {
            cells[row] = row;
            labels[row] = row / 20;
        }
        TrainingData three = data(
                new MulticlassTask("y", List.of("a", "b", "c")), 1, cells, Target.ofLabels(labels), Weights.none());
        double[] shares = score(fit(three, 2, 2), three, 0);
        // 20 rows of one class, half a row more of all classes alike
        assertThat(shares[0]).isCloseTo((20 + 0.5 / 3) / 20.5, within(1e-6));
        assertThat(shares[2]).isCloseTo(0.5 / 3 / 20.5, within(1e-6));
        TrainingData two = data(
                new BinaryTask("y", "no", "yes"),
                1,
                cells,
                Target.ofLabels(IntStream.of(labels).map(label -> label / 2).toArray()),
                Weights.none());
        assertThat(score(fit(two, 2, 2), two, 0)[0]).isCloseTo(0.5 / 3 / 40.5, within(1e-6));
    }

    @Test
    void nothingToLearnFromIsToldAndATimeThatIsUpToo() {
        TrainingData none = data(VALUE, 0, new float[0], Target.ofValues(1), Weights.none());
        assertThatThrownBy(() -> fit(none, 2, 2)).isInstanceOf(DataException.class);
        TrainingData data = data(VALUE, 1, new float[] {1, 2}, Target.ofValues(1, 2), Weights.none());
        assertThatThrownBy(() -> SmallTree.fit(data, 2, 1, 1, Deadline.after(java.time.Duration.ZERO)))
                .isInstanceOf(org.autotuner.budget.DeadlineExceededException.class);
    }
}
