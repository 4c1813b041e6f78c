package org.autotuner.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.space.Configuration;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class LibLinearFamilyTest {

    private final LibLinearFamily family = new LibLinearFamily();
    private final FitContext context = FitContext.of(Samples.LOSS, 7);

    private Configuration defaults(Task task) {
        return family.startingPoints(shape(task, 100)).get(0);
    }

    private static DataShape shape(Task task, int rows) {
        return new DataShape(task, rows, 3, 0, 0, 0);
    }

    private double[] fit(TrainingData data, Configuration configuration, FeatureMatrix rows) {
        return Samples.score(family.fit(data, configuration, context).scorer(), rows);
    }

    /** LIBLINEAR called as its own documentation does. */
    private static Model reference(TrainingData data, double[] y, SolverType solver, boolean freeBias) {
        Linear.disableDebugOutput();
        Problem problem = new Problem();
        problem.l = data.rows();
        problem.n = data.features().width() + 1;
        problem.bias = 1;
        problem.y = y;
        problem.x = IntStream.range(0, data.rows())
                .mapToObj(row -> nodes(data.features(), row))
                .toArray(FeatureNode[][]::new);
        Parameter parameter = new Parameter(solver, 0.3, 0.01);
        parameter.setMaxIters(200);
        parameter.setP(0.05);
        parameter.setRandom(new Random(7));
        parameter.setRegularizeBias(!freeBias);
        return Linear.train(problem, parameter);
    }

    private static FeatureNode[] nodes(FeatureMatrix features, int row) {
        return IntStream.rangeClosed(0, features.width())
                .mapToObj(j -> new FeatureNode(j + 1, j == features.width() ? 1 : features.at(row, j)))
                .toArray(FeatureNode[]::new);
    }

    @Test
    void probabilitiesAgreeWithTheLibrarysOwn() {
        for (int classes : new int[] {2, 4}) {
            for (boolean absolutes : new boolean[] {false, true}) {
                FeatureMatrix features = Samples.gaussian(300, 3, 1);
                SplittableRandom random = new SplittableRandom(2);
                int[] labels = IntStream.range(0, 300)
                        .map(row -> features.at(row, 0) > 0.3 ? classes - 1 : random.nextInt(classes))
                        .toArray();
                Task task = classes == 2 ? Samples.BINARY : Samples.classes(4);
                TrainingData data = new TrainingData(task, features, Target.ofLabels(labels), Weights.none(), null);
                Configuration configuration =
                        defaults(task).with(LibLinearFamily.PENALTY, absolutes ? "absolutes" : "squares");
                double[] ours = fit(data, configuration, features);
                Model model = reference(
                        data,
                        Arrays.stream(labels).asDoubleStream().toArray(),
                        absolutes ? SolverType.L1R_LR : SolverType.L2R_LR,
                        true);
                double[] theirs = new double[classes];
                for (int row = 0; row < 300; row++) {
                    Linear.predictProbability(model, nodes(features, row), theirs);
                    for (int k = 0; k < classes; k++) {
                        int label = model.getLabels()[k];
                        if (classes == 4) {
                            assertThat(ours[4 * row + label]).isCloseTo(theirs[k], within(1e-6));
                        } else if (label == 1) {
                            assertThat(ours[row]).isCloseTo(theirs[k], within(1e-6));
                        }
                    }
                }
            }
        }
    }

    @Test
    void valuesAgreeWithTheLibrarysOwn() {
        TrainingData data = Samples.real(300, 3, 1, x -> 500 + 40 * x[0] - x[2], z -> 5 * z);
        double[] raw = IntStream.range(0, 300).mapToDouble(data.target()::value).toArray();
        double mean = Arrays.stream(raw).average().orElseThrow();
        double spread = Math.sqrt(
                Arrays.stream(raw).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
        double[] y = Arrays.stream(raw).map(v -> (v - mean) / spread).toArray();
        for (boolean absolute : new boolean[] {true, false}) {
            Model model =
                    reference(data, y, absolute ? SolverType.L2R_L1LOSS_SVR_DUAL : SolverType.L2R_L2LOSS_SVR, false);
            double[] ours = fit(
                    data,
                    defaults(Samples.REAL).with(LibLinearFamily.LOSS, absolute ? "absolute" : "squared"),
                    data.features());
            for (int row = 0; row < 300; row++) {
                double theirs = mean + spread * Linear.predict(model, nodes(data.features(), row));
                assertThat(ours[row]).isCloseTo(theirs, within(1e-6 * spread));
            }
        }
    }

    @Test
    void anAbsoluteLossIsNotMovedByOutliers() {
        TrainingData data =
                Samples.real(500, 1, 3, x -> 3 * x[0], z -> Math.abs(z) > 2.3 ? 300 * Math.abs(z) : 0.1 * z);
        double[] out = fit(data, defaults(Samples.REAL), Samples.matrix(1, 0, 1));
        assertThat(out[0]).isBetween(-5.0, 5.0);
        assertThat(out[1] - out[0]).isBetween(2.0, 4.0);
    }

    @Test
    void absentAndOnlyClassesAreNoFault() {
        FeatureMatrix features = Samples.gaussian(20, 2, 1);
        int[] only = new int[20];
        int[] two = IntStream.range(0, 20).map(row -> row % 2 * 2).toArray();
        for (Task task : List.of(Samples.BINARY, Samples.classes(3))) {
            double[] p = fit(
                    new TrainingData(task, features, Target.ofLabels(only), Weights.none(), null),
                    defaults(task),
                    features);
            assertThat(p).hasSize(20 * task.outputs());
            assertThat(Arrays.stream(p).boxed()).allMatch(value -> value > 0 && value < 1);
        }
        double[] p = fit(
                new TrainingData(Samples.classes(3), features, Target.ofLabels(two), Weights.none(), null),
                defaults(Samples.classes(3)),
                features);
        assertThat(p[1]).isBetween(1e-6, 0.05);
        assertThat(p[0] + p[1] + p[2]).isCloseTo(1, within(1e-9));
    }

    @Test
    void equalArgumentsGiveEqualModelsInParallelToo() {
        TrainingData data = Samples.logistic(400, 5, 3, x -> x[0] - x[1]);
        Configuration lasso = defaults(Samples.BINARY).with(LibLinearFamily.PENALTY, "absolutes");
        double[] alone = fit(data, lasso, data.features());
        assertThat(IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(i -> fit(data, lasso, data.features()))
                        .toList())
                .allSatisfy(other -> assertThat(other).isEqualTo(alone));
    }

    @Test
    void nothingIsPrinted() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            fit(Samples.logistic(200, 2, 3, x -> x[0]), defaults(Samples.BINARY), Samples.gaussian(1, 2, 1));
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void declinesWhatItCannotDoInTime() {
        assertThat(family.supports(new QuantileTask("y", List.of(0.5)))).isFalse();
        for (Task task : List.of(Samples.BINARY, Samples.REAL)) {
            DataShape small = shape(task, 1000);
            assertThat(family.unsuitable(small)).isEmpty();
            assertThat(family.unsuitable(shape(task, 500_000_000))).isPresent();
            assertThat(family.startingPoints(small)).allMatch(family.space(small)::contains);
            assertThat(family.cost(defaults(task), small).interruptible()).isFalse();
        }
    }
}
