package org.autotuner.models.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.models.torch.NamedWeights;
import org.autotuner.models.torch.NetworkGoal;
import org.autotuner.models.torch.ScriptLearner;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.score.Scorer;
import org.autotuner.space.Configuration;
import org.autotuner.task.Task;
import org.autotuner.train.EpochListener;
import org.autotuner.train.TrainingLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkFamiliesTest {

    private static final List<NetworkFamily> FAMILIES = List.of(new MlpFamily(), new RealMlpFamily(), new TabmFamily());

    static Stream<Arguments> familiesAndTasks() {
        return FAMILIES.stream().flatMap(family -> Stream.of("binary", "multiclass", "regression", "quantile")
                .map(kind -> Arguments.of(family, MadeRows.task(kind))));
    }

    static Stream<NetworkFamily> families() {
        return FAMILIES.stream();
    }

    /** Every starting point: the plain-Java network predicts what the engine does, missing and unseen levels included. */
    @ParameterizedTest
    @MethodSource("familiesAndTasks")
    void plainJavaAgreesWithTheEngine(NetworkFamily family, Task task) {
        TrainingData data = MadeRows.of(task, 400, 1);
        DataShape shape = shape(task, 400);
        NetworkGoal goal = NetworkGoal.of(data, Metrics.defaultFor(task));
        for (Configuration start : family.startingPoints(shape)) {
            Configuration quick = start.with(NetworkFamily.EPOCHS, 3).with(NetworkFamily.BATCH, 64);
            NetworkDesign design =
                    family.design(quick, data.features().features(), data, goal).withSeed(7);
            try (ScriptLearner learner = ScriptLearner.of(
                    design.plan(),
                    design.inputs().rows(data.features()),
                    goal.targets(data),
                    design.inputs().rows(data.features()),
                    design.settings())) {
                new TrainingLoop(design.settings()).run(learner, null, EpochListener.NONE, Deadline.never());
                int parts = design.plan().networks() * design.plan().members();
                Predictions engine = goal.predictions(learner.outputs(), parts);
                List<Predictions> plain = new ArrayList<>();
                for (int network = 0; network < learner.members(); network++) {
                    NamedWeights weights = learner.named(learner.weights(), network);
                    plain.add(score(task, NetworkExport.of(design, goal, weights), data));
                }
                double scale = task.isClassification() ? 1 : goal.scale().deviation();
                for (int at = 0; at < 400 * task.outputs(); at++) {
                    int row = at / task.outputs();
                    int k = at % task.outputs();
                    double mean = plain.stream()
                            .mapToDouble(each -> each.output(row, k))
                            .average()
                            .orElseThrow();
                    assertThat(mean / scale)
                            .as("%s, %s, row %d", family.id(), quick, row)
                            .isEqualTo(engine.output(row, k) / scale, within(1e-5));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("familiesAndTasks")
    void learnsFarMoreThanThePrior(NetworkFamily family, Task task) {
        TrainingData data = MadeRows.of(task, 1500, 1);
        TrainingData other = MadeRows.of(task, 500, 2);
        Metric metric = Metrics.defaultFor(task);
        Configuration start = family.startingPoints(shape(task, 1500)).get(0).with(NetworkFamily.EPOCHS, 20);
        if (family instanceof TabmFamily) {
            start = start.with(TabmFamily.MEMBERS, 4).with(TabmFamily.WIDTH, 64);
        }
        FitContext context = FitContext.of(metric, 3);
        FittedModel model = family.fit(data.withValidation(other), start, context);
        double error = metric.error(other.target(), score(task, model.scorer(), other), other.weights());
        double prior = metric.error(other.target(), prior(task, data, 500), other.weights());
        assertThat(error).isLessThan(0.62 * prior);
        assertThat(model.curve().lastStep()).isEqualTo(start.get(NetworkFamily.EPOCHS));
        assertThat(model.curve().at(model.curve().lastStep())).isEqualTo(error, within(1e-4 * prior));
    }

    @ParameterizedTest
    @MethodSource("families")
    void isBitEqualForASeedAndStopsAtGivenSteps(NetworkFamily family) {
        Task task = MadeRows.task("multiclass");
        TrainingData data = MadeRows.of(task, 300, 1);
        Configuration start = family.startingPoints(shape(task, 300)).get(0).with(NetworkFamily.EPOCHS, 10);
        FitContext context = FitContext.of(Metrics.logLoss(), 3);
        FittedModel whole = family.fit(data.withValidation(MadeRows.of(task, 100, 2)), start, context);
        int step = whole.curve().steps().get(1);
        FittedModel part = family.fit(data, start, context.withSteps(step));
        assertThat(outputs(task, part.scorer(), data)).isEqualTo(outputs(task, whole.scorer(step), data));
        assertThat(outputs(task, whole.scorer(), data)).isNotEqualTo(outputs(task, whole.scorer(step), data));
    }

    @ParameterizedTest
    @MethodSource("families")
    void followsTheGrantedShare(NetworkFamily family) {
        Task task = MadeRows.task("multiclass");
        TrainingData data = MadeRows.of(task, 4000, 1);
        Configuration start = family.startingPoints(shape(task, 4000)).get(0);
        FitContext context = FitContext.of(Metrics.logLoss(), 3);
        assertThat(family.adapt(start, data, context)).isEqualTo(start);
        Configuration ample = family.adapt(start, data, context.withSecondsShare(1e6));
        assertThat(ample.get(NetworkFamily.EPOCHS)).isEqualTo(start.get(NetworkFamily.EPOCHS));
        assertThat(ample.getOrDefault(NetworkFamily.NETWORKS)).isEqualTo(start.has(NetworkFamily.NETWORKS) ? 8 : 1);
        double share = 4096;
        while (family.adapt(start, data, context.withSecondsShare(share)).get(NetworkFamily.EPOCHS)
                >= start.get(NetworkFamily.EPOCHS)) {
            share *= 0.7;
        }
        assertThat(share).as("share at which there are fewer epochs").isBetween(1e-3, 4000.0);
        Configuration least = start;
        try {
            while (share > 1e-6) {
                least = family.adapt(start, data, context.withSecondsShare(share));
                share *= 0.7;
            }
        } catch (DeadlineExceededException e) {
            assertThat(e).hasMessageContaining("longer than a fit's share");
        }
        assertThat(share).as("share at which no network fits").isGreaterThan(1e-6);
        assertThat(least.get(NetworkFamily.EPOCHS))
                .isBetween(family.leastEpochs(), start.get(NetworkFamily.EPOCHS) - 1);
        assertThat(least)
                .as("not only with fewer epochs")
                .isNotEqualTo(start.with(NetworkFamily.EPOCHS, least.get(NetworkFamily.EPOCHS)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void theDeadlineEndsATraining(NetworkFamily family) {
        Task task = MadeRows.task("regression");
        TrainingData data = MadeRows.of(task, 4000, 1);
        Configuration start = family.startingPoints(shape(task, 4000)).get(0).with(NetworkFamily.EPOCHS, 256);
        FitContext context =
                FitContext.of(Metrics.rmse(), 3).withDeadline(Deadline.never().atMost(Duration.ofMillis(300)));
        long begin = System.nanoTime();
        assertThatThrownBy(() -> family.fit(data, start, context)).isInstanceOf(DeadlineExceededException.class);
        assertThat((System.nanoTime() - begin) * 1e-9).isLessThan(15);
    }

    /** Labels smoothed by 0.1 over three classes: the loss is least where the true one has 0.9 + 0.1 / 3. */
    @Test
    void realMlpIsLessSureWhereWrongLabelsAreCounted() {
        Task task = MadeRows.task("multiclass");
        TrainingData data = MadeRows.of(task, 600, 1);
        RealMlpFamily family = new RealMlpFamily();
        Configuration start = family.startingPoints(shape(task, 600)).get(0);
        Map<String, Double> sureness = new HashMap<>();
        for (String metric : List.of("accuracy", "error_rate", "log_loss")) {
            FitContext context = FitContext.of(Metrics.byName(metric), 3);
            double[] outputs = outputs(task, family.fit(data, start, context).scorer(), data);
            sureness.put(metric, meanOfHighest(outputs, task.outputs()));
        }
        assertThat(sureness.get("accuracy")).isLessThan(0.95).isEqualTo(sureness.get("error_rate"));
        assertThat(sureness.get("log_loss")).isGreaterThan(0.97);
    }

    private static double meanOfHighest(double[] outputs, int width) {
        double sum = 0;
        for (int at = 0; at < outputs.length; at += width) {
            double highest = 0;
            for (int k = 0; k < width; k++) {
                highest = Math.max(highest, outputs[at + k]);
            }
            sum += highest;
        }
        return sum * width / outputs.length;
    }

    private static DataShape shape(Task task, int rows) {
        return new DataShape(task, rows, 3, 2, 55, 0);
    }

    private static double[] outputs(Task task, Scorer scorer, TrainingData data) {
        return score(task, scorer, data).toArray();
    }

    private static Predictions score(Task task, Scorer scorer, TrainingData data) {
        double[] all = new double[data.rows() * task.outputs()];
        double[] out = new double[task.outputs()];
        FeatureRow row = data.features().cursor();
        for (int i = 0; i < data.rows(); i++) {
            scorer.score(row.to(i), out);
            System.arraycopy(out, 0, all, i * out.length, out.length);
        }
        return Predictions.of(task, all);
    }

    private static Predictions prior(Task task, TrainingData data, int rows) {
        List<Double> one = new ArrayList<>();
        double[] values = new double[data.rows()];
        java.util.Arrays.setAll(values, data.target()::value);
        java.util.Arrays.sort(values);
        if (task.isClassification()) {
            for (int k = task.labels().size() == 2 ? 1 : 0; k < task.labels().size(); k++) {
                int label = k;
                one.add(java.util.Arrays.stream(values).filter(v -> v == label).count() / (double) values.length);
            }
        } else if (task.outputs() == 3) {
            for (double level : new double[] {0.1, 0.5, 0.9}) {
                one.add(values[(int) (level * values.length)]);
            }
        } else {
            one.add(java.util.Arrays.stream(values).average().orElseThrow());
        }
        double[] all = new double[rows * one.size()];
        java.util.Arrays.setAll(all, i -> one.get(i % one.size()));
        return Predictions.of(task, all);
    }
}
