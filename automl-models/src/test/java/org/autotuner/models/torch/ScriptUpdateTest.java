package org.autotuner.models.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.autotuner.train.Loss;
import org.autotuner.train.StepPlan;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.UpdateRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Five steps with one row, one weight and the squared loss of {@code w x + b - y}, whose gradient is plain; every rule is
 * followed in double precision. A write that the compiler dropped, or strides that it ignored, would show here.
 */
class ScriptUpdateTest {

    private static final double X0 = 0.5;
    private static final double X1 = -1.5;
    private static final double Y = 2;

    static Stream<UpdateRule> rules() {
        return Stream.of(
                UpdateRule.sgd(0),
                new UpdateRule.Sgd(0.9, false, 0.1),
                new UpdateRule.Sgd(0.9, true, 0.1),
                UpdateRule.adam(),
                new UpdateRule.Adam(0.8, 0.95, 1e-6, 0.2),
                new UpdateRule.AdamW(0.9, 0.95, 1e-8, 0.3));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void followsItsFormula(UpdateRule rule) {
        TrainingSettings settings = Networks.settings(new Loss.Squared())
                .withBatch(1)
                .withUpdate(rule)
                .withAveraging(0.5)
                .withRate(0.05);
        NetworkRows rows = new NetworkRows(1, new float[] {(float) X0, (float) X1}, new int[0]);
        NetworkTargets targets = NetworkTargets.ofValues(new float[] {(float) Y}, 1, new float[0]);
        NetworkPlan plan = new NetworkPlan(
                2,
                0,
                List.of(
                        new Inputs(2, new RawNumbers(), List.of(), 0),
                        new Dense("one", 1, 1, Start.of(new float[] {0.3f, -0.2f}), Start.constant(0.1))),
                1,
                1,
                1);
        double[] w = {0.3f, -0.2f, 0.1f};
        double[] m = new double[3];
        double[] v = new double[3];
        double[] average = w.clone();
        double[] x = {X0, X1, 1};
        try (ScriptLearner learner = ScriptLearner.of(plan, rows, targets, rows, settings)) {
            for (int step = 1; step <= 5; step++) {
                double rate = 0.05 / step;
                double share = 1.2 - 0.2 * step;
                learner.train(new StepPlan(
                        new int[][] {{0}}, 1, new double[] {rate}, new double[0], new double[] {share}, step));
                double residual = w[0] * x[0] + w[1] * x[1] + w[2] - Y;
                for (int i = 0; i < 3; i++) {
                    move(rule, w, m, v, i, 2 * residual * x[i], rate, share, step);
                }
                double forgotten = 1 - Math.min(0.5, (1.0 + step) / (10.0 + step));
                for (int i = 0; i < 3; i++) {
                    average[i] += forgotten * (w[i] - average[i]);
                }
                NamedWeights now = learner.named(learner.weights(), 0);
                assertThat(now.get("one.weight")[0]).isEqualTo((float) average[0], within(2e-6f));
                assertThat(now.get("one.weight")[1]).isEqualTo((float) average[1], within(2e-6f));
                assertThat(now.get("one.bias")[0]).isEqualTo((float) average[2], within(2e-6f));
            }
        }
    }

    private static void move(
            UpdateRule rule,
            double[] w,
            double[] m,
            double[] v,
            int i,
            double gradient,
            double rate,
            double share,
            int step) {
        if (rule instanceof UpdateRule.Sgd sgd) {
            double g = gradient + share * sgd.decay() * w[i];
            m[i] = sgd.momentum() * m[i] + g;
            w[i] -= rate * (sgd.nesterov() ? g + sgd.momentum() * m[i] : m[i]);
        } else if (rule instanceof UpdateRule.Adam adam) {
            double g = gradient + share * adam.decay() * w[i];
            w[i] -= rate * direction(m, v, i, g, adam.beta1(), adam.beta2(), adam.epsilon(), step);
        } else if (rule instanceof UpdateRule.AdamW adam) {
            w[i] *= 1 - rate * share * adam.decay();
            w[i] -= rate * direction(m, v, i, gradient, adam.beta1(), adam.beta2(), adam.epsilon(), step);
        }
    }

    private static double direction(
            double[] m, double[] v, int i, double g, double beta1, double beta2, double epsilon, int step) {
        m[i] = beta1 * m[i] + (1 - beta1) * g;
        v[i] = beta2 * v[i] + (1 - beta2) * g * g;
        double first = m[i] / (1 - Math.pow(beta1, step));
        double second = v[i] / (1 - Math.pow(beta2, step));
        return first / (Math.sqrt(second) + epsilon);
    }
}
