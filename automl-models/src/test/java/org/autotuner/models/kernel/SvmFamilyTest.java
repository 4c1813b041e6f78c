package org.autotuner.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import libsvm.svm_parameter;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.model.DataShape;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.score.ConstantScorer;
import org.autotuner.space.Configuration;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class SvmFamilyTest {

    private final SvmFamily family = new SvmFamily();

    private Configuration configuration(TrainingData data, double c) {
        return family.space(shape(data)).defaults().with(SvmFamily.C, c);
    }

    private static DataShape shape(TrainingData data) {
        return new DataShape(data.task(), data.rows(), 2, 0, 0, 0);
    }

    @Test
    void theSolverReachesTheDecisionValuesOfLibSvm() {
        TrainingData data = Rings.labelled(300, 2, 1);
        double[] y = IntStream.range(0, 300)
                .mapToDouble(row -> data.target().label(row) == 1 ? 1 : -1)
                .toArray();
        var model = LibSvm.train(data.features(), y, svm_parameter.C_SVC, 10, 0.5, 0);
        double[][] expected = LibSvm.decisions(model, data.features());
        KernelRows kernel = new KernelRows(data.features().denseArray(), 300, 2, 0.5, 1 << 20);
        byte[] signs = new byte[300];
        double[] p = new double[300];
        double[] c = new double[300];
        for (int i = 0; i < 300; i++) {
            signs[i] = (byte) y[i];
            p[i] = -1;
            c[i] = 10;
        }
        double[] actual =
                new SmoSolver(kernel, p, signs, c).solve(1e-5, Deadline.never()).decisions();
        int sign = model.label[0]; // LibSVM's first class is the one it met first
        for (int i = 0; i < 300; i++) {
            assertThat(sign * actual[i]).as("row " + i).isCloseTo(expected[i][0], within(1e-3));
        }
    }

    @Test
    void regressionAgreesWithLibSvm() {
        TrainingData data = Rings.valued(250, 2);
        FittedModel model = family.fit(data, configuration(data, 10), Rings.context());
        double mean = IntStream.range(0, 250)
                .mapToDouble(data.target()::value)
                .average()
                .orElseThrow();
        double deviation = Math.sqrt(IntStream.range(0, 250)
                .mapToDouble(row -> Math.pow(data.target().value(row) - mean, 2))
                .average()
                .orElseThrow());
        double[] y = IntStream.range(0, 250)
                .mapToDouble(row -> (data.target().value(row) - mean) / deviation)
                .toArray();
        Points points = Points.of(data.features());
        double gamma = 1 / (2 * points.variance());
        double[][] expected = LibSvm.decisions(
                LibSvm.train(data.features(), y, svm_parameter.EPSILON_SVR, 10, gamma, 0.1), data.features());
        double[] actual = Rings.score(model.scorer(), data.features());
        for (int i = 0; i < 250; i++) {
            assertThat((actual[i] - mean) / deviation).as("row " + i).isCloseTo(expected[i][0], within(5e-3));
        }
    }

    @Test
    void aSmallCacheChangesNothing() {
        TrainingData data = Rings.valued(120, 3);
        double[] target =
                IntStream.range(0, 120).mapToDouble(data.target()::value).toArray();
        double[] bounds = new double[120];
        Arrays.fill(bounds, 5);
        float[] points = data.features().denseArray();
        double[] large = SmoSolver.regression(new KernelRows(points, 120, 2, 1, 1 << 20), target, bounds, 0.1)
                .solve(1e-3, Deadline.never())
                .coefficients();
        double[] small = SmoSolver.regression(new KernelRows(points, 120, 2, 1, 0), target, bounds, 0.1)
                .solve(1e-3, Deadline.never())
                .coefficients();
        assertThat(small).isEqualTo(large);
    }

    @Test
    void tellsRingsApartThatNoLineCan() {
        for (int classes : new int[] {2, 4}) {
            TrainingData data = Rings.labelled(600, classes, 4);
            FittedModel model = family.fit(data, configuration(data, 10), Rings.context());
            // 5 % of the labels are random, and 1/classes of those are right by chance.
            assertThat(Rings.accuracy(model.scorer(), Rings.labelled(2000, classes, 99)))
                    .as(classes + " classes")
                    .isGreaterThan(0.88);
        }
    }

    @Test
    void probabilitiesMeanWhatTheySay() {
        TrainingData data = Rings.labelled(800, 2, 6);
        TrainingData fresh = Rings.labelled(3000, 2, 7);
        double[] p = Rings.score(
                family.fit(data, configuration(data, 1), Rings.context()).scorer(), fresh.features());
        for (double low : new double[] {0, 0.8}) {
            int[] rows = IntStream.range(0, 3000)
                    .filter(row -> p[row] >= low && p[row] < low + 0.2)
                    .toArray();
            double said =
                    IntStream.of(rows).mapToDouble(row -> p[row]).average().orElseThrow();
            double was = IntStream.of(rows)
                    .mapToDouble(row -> fresh.target().label(row))
                    .average()
                    .orElseThrow();
            assertThat(was).as("said " + said).isCloseTo(said, within(0.05));
        }
    }

    @Test
    void rowsOfNoWeightDoNotCount() {
        TrainingData data = Rings.labelled(200, 2, 8);
        double[] weights =
                IntStream.range(0, 200).mapToDouble(row -> row < 100 ? 1 : 0).toArray();
        TrainingData half = new TrainingData(data.task(), data.features(), data.target(), Weights.of(weights), null);
        double[] with = Rings.score(
                family.fit(half, configuration(data, 1), Rings.context()).scorer(), data.features());
        int[] flipped = IntStream.range(0, 200)
                .map(row ->
                        row < 100 ? data.target().label(row) : 1 - data.target().label(row))
                .toArray();
        TrainingData other =
                new TrainingData(data.task(), data.features(), Target.ofLabels(flipped), Weights.of(weights), null);
        assertThat(Rings.score(
                        family.fit(other, configuration(data, 1), Rings.context())
                                .scorer(),
                        data.features()))
                .isEqualTo(with);
    }

    @Test
    void aLabelWithoutRowsAndASingleLabelAreNoFault() {
        TrainingData data = Rings.labelled(100, 3, 9);
        int[] labels = IntStream.range(0, 100)
                .map(row -> data.target().label(row) / 2 * 2)
                .toArray();
        TrainingData gap =
                new TrainingData(data.task(), data.features(), Target.ofLabels(labels), Weights.none(), null);
        double[] p = Rings.score(
                family.fit(gap, configuration(data, 1), Rings.context()).scorer(), data.features());
        for (int row = 0; row < 100; row++) {
            assertThat(p[3 * row] + p[3 * row + 2]).isCloseTo(1, within(1e-9));
        }
        TrainingData one =
                new TrainingData(data.task(), data.features(), Target.ofLabels(new int[100]), Weights.none(), null);
        assertThat(family.fit(one, configuration(data, 1), Rings.context()).scorer())
                .isInstanceOf(ConstantScorer.class);
    }

    @Test
    void obeysTheDeadlineAndIsUsableInTheMiddle() {
        TrainingData data = Rings.labelled(1000, 3, 10);
        long[] now = {0};
        Deadline short_ = Deadline.after(Duration.ofNanos(120), () -> now[0]++, new Cancellation());
        FittedModel model =
                family.fit(data, configuration(data, 100), Rings.context().withDeadline(short_));
        assertThat(Rings.score(model.scorer(), data.features())).doesNotContain(Double.NaN);
        assertThatThrownBy(() -> family.fit(
                        data, configuration(data, 1), Rings.context().withDeadline(Deadline.after(Duration.ZERO))))
                .isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void equalSeedsGiveEqualModels() {
        TrainingData data = Rings.labelled(200, 3, 11);
        double[] first = Rings.score(
                family.fit(data, configuration(data, 1), Rings.context()).scorer(), data.features());
        assertThat(Rings.score(
                        family.fit(data, configuration(data, 1), Rings.context())
                                .scorer(),
                        data.features()))
                .isEqualTo(first);
    }

    @Test
    void declinesWhatItCannotDo() {
        TrainingData data = Rings.labelled(10, 2, 1);
        assertThat(family.unsuitable(new DataShape(data.task(), 20_000, 5, 0, 0, 0)))
                .isPresent();
        assertThat(family.unsuitable(new DataShape(data.task(), 200, 0, 0, 0, 1)))
                .as("texts have topics")
                .isEmpty();
        assertThat(family.unsuitable(shape(data))).isEmpty();
        assertThat(family.supports(new QuantileTask("y", List.of(0.5)))).isFalse();
        assertThat(family.startingPoints(shape(data))).allMatch(family.space(shape(data))::contains);
    }
}
