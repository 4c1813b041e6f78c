package org.autotuner.models.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.autotuner.metric.Metrics;
import org.autotuner.model.Constraints;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.TrainingData;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.AdditiveAxis;
import org.autotuner.score.AdditiveScorer;
import org.autotuner.score.AdditiveTerm;
import org.autotuner.score.Scorer;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class AdditiveBoostingFamilyTest {

    private static final Task VALUE = new RegressionTask("y");
    private static final Task TWO = new BinaryTask("y", "no", "yes");
    private static final int ROWS = 2_000;
    private static final AdditiveBoostingFamily FAMILY = new AdditiveBoostingFamily();

    /** Three numbers in -1..1 and a category of 12 levels. */
    private static final List<Feature> FEATURES = List.of(
            new Feature("a", "a", 0), new Feature("b", "b", 0), new Feature("c", "c", 0), new Feature("d", "d", 12));

    private static float[] cells(SplittableRandom random) {
        return new float[] {
            (float) (2 * random.nextDouble() - 1),
            (float) (2 * random.nextDouble() - 1),
            (float) (2 * random.nextDouble() - 1),
            random.nextInt(12)
        };
    }

    private static TrainingData made(ToDoubleFunction<float[]> law, Task task, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] dense = new float[4 * ROWS];
        double[] values = new double[ROWS];
        int[] labels = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            float[] cells = cells(random);
            System.arraycopy(cells, 0, dense, 4 * row, 4);
            values[row] = law.applyAsDouble(cells);
            labels[row] = (int) Math.floor(Math.max(0, Math.min(task.labels().size() - 1, values[row] + 1)));
        }
        Target target = task.isClassification() ? Target.ofLabels(labels) : Target.ofValues(values);
        return new TrainingData(task, FeatureMatrix.dense(FEATURES, ROWS, dense), target, Weights.none(), null);
    }

    private static Configuration settings(Task task, int pairs) {
        return FAMILY.space(shape(task)).defaults().with(Parameter.ints("pairs", 0, 4), pairs);
    }

    private static DataShape shape(Task task) {
        return new DataShape(task, ROWS, 3, 0, 1, 12, 0);
    }

    private static Scorer fit(TrainingData data, int pairs, FitContext context) {
        return FAMILY.fit(data, settings(data.task(), pairs), context).scorer();
    }

    private static FitContext context() {
        return FitContext.of(Metrics.rmse(), 1).withSteps(600);
    }

    private static double r2(Scorer scorer, TrainingData data) {
        double[] all = new double[ROWS];
        double[] out = new double[1];
        var cursor = data.features().cursor();
        for (int row = 0; row < ROWS; row++) {
            scorer.score(cursor.to(row), out);
            all[row] = out[0];
        }
        return Metrics.r2().score(data.target(), Predictions.of(VALUE, all), Weights.none());
    }

    private static double margin(Scorer scorer, float... cells) {
        double[] out = new double[scorer.outputs()];
        ((AdditiveScorer) scorer)
                .margins(FeatureMatrix.dense(FEATURES, 1, cells).cursor().to(0), out);
        return out[out.length - 1];
    }

    @Test
    void aSumOfFunctionsIsRecovered() {
        ToDoubleFunction<float[]> law = x -> Math.sin(4 * x[0]) + x[1] * x[1] + 0.5 * (x[3] % 3);
        Scorer scorer = fit(made(law, VALUE, 1), 0, context());
        assertThat(r2(scorer, made(law, VALUE, 2))).isGreaterThan(0.98);
    }

    /** What was learned can be read: the function of b is its square, up to a constant, and nothing depends on c. */
    @Test
    void theFunctionsCanBeRead() {
        ToDoubleFunction<float[]> law = x -> Math.sin(4 * x[0]) + x[1] * x[1] + 0.5 * (x[3] % 3);
        AdditiveScorer scorer = (AdditiveScorer) fit(made(law, VALUE, 1), 0, context());
        AdditiveTerm term = scorer.terms().stream()
                .filter(one -> one.axes().get(0).feature() == 1)
                .findFirst()
                .orElseThrow();
        AdditiveAxis axis = term.axes().get(0);
        double atZero = term.value(0, axis.cell(0));
        for (float b : new float[] {-0.9f, -0.5f, 0.3f, 0.6f, 0.95f}) {
            assertThat(term.value(0, axis.cell(b)) - atZero).isCloseTo(b * b, within(0.1));
        }
        assertThat(scorer.terms()).allMatch(one -> one.axes().size() == 1);
    }

    @Test
    void aProductIsLearnedByAPairAlone() {
        ToDoubleFunction<float[]> law = x -> 3.0 * x[0] * x[2] + 0.3 * x[1];
        TrainingData test = made(law, VALUE, 2);
        assertThat(r2(fit(made(law, VALUE, 1), 0, context()), test)).isLessThan(0.2);
        assertThat(r2(fit(made(law, VALUE, 1), 1, context()), test)).isGreaterThan(0.9);
    }

    @Test
    void theStrongestPairsAreFoundBesideStrongSingleFeatures() {
        ToDoubleFunction<float[]> law =
                x -> 20 * x[1] * x[1] + 10 * x[0] + (x[0] > 0 ? 1 : 0) * (x[3] % 2) * 2 + 0.4 * x[1] * x[2];
        List<int[]> pairs = PairFinder.best(made(law, VALUE, 1), 2, new PointLoss.Squared(), context());
        assertThat(pairs.get(0)).containsExactly(0, 3);
        TrainingData two = made(x -> 2.0 * x[1] * x[2] + x[0], TWO, 1);
        assertThat(PairFinder.best(two, 1, new PointLoss.Squared(), context()).get(0))
                .containsExactly(1, 2);
    }

    @Test
    void pairsAreOnlyOfColumnsThatMayActTogether() {
        TrainingData data = made(x -> 3.0 * x[0] * x[2] + x[0] * x[1], VALUE, 1);
        Constraints apart = Constraints.none().withInteraction(Set.of("a", "b"));
        List<int[]> pairs =
                PairFinder.best(data, 6, new PointLoss.Squared(), context().withConstraints(apart));
        List<List<Integer>> found = new ArrayList<>();
        pairs.forEach(pair -> found.add(List.of(pair[0], pair[1])));
        assertThat(found).contains(List.of(0, 1)).isSubsetOf(List.of(List.of(0, 1), List.of(2, 3)));
    }

    /** The definition: what a change of one feature does, depends on no other feature. */
    @Test
    void withoutPairsAChangeOfOneFeatureAlwaysDoesTheSame() {
        ToDoubleFunction<float[]> law = x -> x[0] * x[1] + Math.sin(3 * x[2]) * (x[3] % 4);
        for (Task task : List.of(VALUE, TWO, new MulticlassTask("y", List.of("p", "q", "r")))) {
            Scorer scorer = fit(made(law, task, 1), 0, context().withSteps(100));
            SplittableRandom random = new SplittableRandom(3);
            double most = 0;
            for (int i = 0; i < 400; i++) {
                float[] here = cells(random);
                float[] there = cells(random);
                int feature = i % 4;
                float from = here[feature];
                float to = cells(random)[feature];
                there[feature] = from;
                double before = margin(scorer, here);
                double beforeThere = margin(scorer, there);
                here[feature] = to;
                there[feature] = to;
                double change = margin(scorer, here) - before;
                assertThat(margin(scorer, there) - beforeThere)
                        .as("%s, feature %d", task.kind(), feature)
                        .isCloseTo(change, within(1e-9));
                most = Math.max(most, Math.abs(change));
            }
            assertThat(most).isGreaterThan(0.1);
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameModel() {
        TrainingData data = made(x -> 3.0 * x[0] * x[2] + x[1], VALUE, 1);
        TrainingData test = made(x -> 0, VALUE, 2);
        Scorer one = fit(data, 3, context().withSteps(40));
        Scorer two = fit(data, 3, context().withSteps(40).withThreads(2));
        for (int row = 0; row < 200; row++) {
            float[] cells = new float[4];
            for (int f = 0; f < 4; f++) {
                cells[f] = test.features().at(row, f);
            }
            assertThat(margin(two, cells)).isEqualTo(margin(one, cells));
        }
    }

    @Test
    void aColumnAloneHasNoPairs() {
        DataShape one = new DataShape(VALUE, ROWS, 1, 0, 0, 0);
        assertThat(FAMILY.space(one).defaults().names()).doesNotContain("pairs");
        assertThat(FAMILY.space(shape(VALUE)
                                .withConstraints(Constraints.none().with("a", Constraints.Direction.INCREASING)))
                        .defaults()
                        .names())
                .contains("pairs")
                .doesNotContain("encoding");
    }
}
