package org.autotuner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.autotuner.AutoTuner;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Deadline;
import org.autotuner.data.Table;
import org.autotuner.fakes.Samples;
import org.autotuner.metric.Metrics;
import org.autotuner.model.AutoModel;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.ConstantScorer;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.task.Target;
import org.autotuner.task.TargetTransform.Kind;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class TargetChangeTest {

    private static final Task REGRESSION = Tasks.regression("y");
    private static final ChoiceParameter<String> PARAMETER =
            Parameter.choice(TargetChange.NAME, TargetChange.NONE, "log", "power", "quantile");

    @Test
    void onlySkewedOrHeavyTailedTargetsAreChanged() {
        assertThat(TargetChange.worthTrying(REGRESSION, made(g -> g))).isEmpty();
        assertThat(TargetChange.worthTrying(REGRESSION, made(Math::exp))).containsExactly(Kind.LOG, Kind.QUANTILE);
        assertThat(TargetChange.worthTrying(REGRESSION, made(g -> -Math.exp(g))))
                .containsExactly(Kind.POWER, Kind.QUANTILE);
        assertThat(TargetChange.worthTrying(REGRESSION, made(g -> g * g * g))).containsExactly(Kind.QUANTILE);
    }

    @Test
    void labelsFewRowsAndFewValuesAreNot() {
        Task binary = Samples.study(30, 3).task();
        assertThat(TargetChange.worthTrying(binary, Target.ofLabels(new int[200])))
                .isEmpty();
        assertThat(TargetChange.worthTrying(REGRESSION, Target.ofValues(1, 2, 4, 8, 1000)))
                .isEmpty();
        assertThat(TargetChange.worthTrying(REGRESSION, made(g -> g > 2 ? 40 : Math.rint(Math.abs(g)))))
                .isEmpty();
        assertThat(TargetChange.parameter(REGRESSION, made(g -> g))).isEmpty();
        assertThat(TargetChange.parameter(REGRESSION, made(Math::exp))
                        .orElseThrow()
                        .options())
                .containsExactly("none", "log", "quantile");
    }

    @Test
    void rowsOfTrainingAndValidationAreChangedAndOutputsChangedBack() {
        Target target = Target.ofValues(1, 10, 100);
        TrainingData plain = data(target).withValidation(data(Target.ofValues(10, 10, 10)));
        TargetChange change =
                TargetChange.of(configuration("log"), target, Weights.none()).orElseThrow();
        TrainingData changed = change.apply(plain);
        assertThat(changed.target().value(1)).isCloseTo(Math.log(10), within(1e-12));
        assertThat(Objects.requireNonNull(changed.validation()).target().value(2))
                .isCloseTo(Math.log(10), within(1e-12));
        FittedModel model = change.undo(FittedModel.of(ConstantScorer.of(Math.log(50))));
        assertThat(changed.error(model.scorer(), Metrics.rmse()))
                .as("50 is far from the logarithms")
                .isGreaterThan(40);
        assertThat(plain.error(model.scorer(3), Metrics.mae())).isCloseTo((49 + 40 + 50) / 3.0, within(1e-9));
    }

    @Test
    void whatIsDerivedFromTheChangedTargetIsKeptApart() {
        Target target = Target.ofValues(1, 10, 100);
        TrainingData kept = new TrainingData(
                REGRESSION, features(), target, Weights.none(), null, new KeptDerivations(1, () -> {}));
        TrainingData changed = TargetChange.of(configuration("log"), target, Weights.none())
                .orElseThrow()
                .apply(kept);
        assertThat(derived(kept, "plain")).isEqualTo("plain");
        assertThat(derived(changed, "changed")).isEqualTo("changed");
        assertThat(derived(kept, "again")).isEqualTo("plain");
        assertThat(changed.derivations().seed(7)).isEqualTo(kept.derivations().seed(7));
    }

    @Test
    void withoutAWishNothingIsChanged() {
        Target target = Target.ofValues(1, 10, 100);
        assertThat(TargetChange.of(Configuration.empty(), target, Weights.none()))
                .isEmpty();
        assertThat(TargetChange.of(configuration("none"), target, Weights.none()))
                .isEmpty();
    }

    /** Prices that multiply: a plane of logarithms, which no plane of the prices themselves comes near. */
    @Test
    void aSkewedTargetIsPredictedBetterThroughItsLogarithm() {
        AutoModel model = AutoTuner.builder()
                .target("price")
                .families("linear")
                .budget(Budget.ofTrials(2).withThreads(1))
                .build()
                .fit(prices(600, 1));
        assertThat(model.provenance().configurations().values())
                .anySatisfy(configuration -> assertThat(configuration).contains("\"target_transform\":\"log\""));
        Table fresh = prices(600, 2);
        assertThat(model.evaluate(fresh).scores().get("r2").value())
                .as("of logarithms about 0.97, of prices themselves below 0.75")
                .isGreaterThan(0.93);
    }

    private static Table prices(int rows, long seed) {
        Random random = new Random(seed);
        double[] area = new double[rows];
        double[] age = new double[rows];
        double[] price = new double[rows];
        for (int row = 0; row < rows; row++) {
            area[row] = 3 * random.nextDouble();
            age[row] = 2 * random.nextDouble();
            price[row] = 1e4 * Math.exp(1.5 * area[row] - age[row] + 0.1 * random.nextGaussian());
        }
        return Table.builder()
                .numeric("area", area)
                .numeric("age", age)
                .numeric("price", price)
                .build();
    }

    private static String derived(TrainingData data, String made) {
        return data.derivations().get(String.class, "key", Deadline.never(), () -> made, text -> 8);
    }

    private static Configuration configuration(String change) {
        return Configuration.builder().set(PARAMETER, change).build();
    }

    private static TrainingData data(Target target) {
        return new TrainingData(REGRESSION, features(), target, Weights.none(), null);
    }

    private static FeatureMatrix features() {
        return FeatureMatrix.dense(List.of(new Feature("x", "x", 0)), 3, new float[] {1, 2, 3});
    }

    private static Target made(DoubleUnaryOperator change) {
        Random random = new Random(5);
        double[] values = new double[2_000];
        for (int i = 0; i < values.length; i += 2) { // as many above as below the middle
            double gaussian = random.nextGaussian();
            values[i] = change.applyAsDouble(gaussian);
            values[i + 1] = change.applyAsDouble(-gaussian);
        }
        return Target.ofValues(values);
    }
}
