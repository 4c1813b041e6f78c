package org.autotuner.execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.moment.Kurtosis;
import org.apache.commons.math3.stat.descriptive.moment.Skewness;
import org.autotuner.budget.Deadline;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.model.Derivations;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.score.Scorer;
import org.autotuner.score.TransformedScorer;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.TargetTransform;
import org.autotuner.task.TargetTransform.Kind;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/**
 * A change of a real target, as a hyperparameter that every family has beside its own: the model is trained on the changed
 * target and its outputs are changed back. Which changes are offered depends on the target's distribution alone. Fitted on
 * training rows; immutable and thread-safe.
 */
public final class TargetChange {

    /** The hyperparameter's name. */
    public static final String NAME = "target_transform";

    /** Its option that changes nothing. */
    public static final String NONE = "none";

    private static final ChoiceParameter<String> ANY =
            Parameter.choice(NAME, NONE, Kind.LOG.id(), Kind.POWER.id(), Kind.QUANTILE.id());

    private static final int FEWEST_ROWS = 50;
    private static final int FEWEST_VALUES = 20;
    private static final int JUDGED_ROWS = 20_000;
    /** The skewness of an exponential distribution is 2, that of a normal one 0. */
    private static final double SKEWED = 0.75;

    private static final double HEAVY_TAILED = 5;
    /** The logarithm must take away at least half of the skewness. */
    private static final double MUST_LEAVE = 0.5;
    /** How far beyond the training values predictions may lie, as a share of their range. */
    private static final double BEYOND = 0.05;

    private final TargetTransform transform;
    private final double low;
    private final double high;

    private TargetChange(TargetTransform transform, double low, double high) {
        this.transform = transform;
        this.low = low;
        this.high = high;
    }

    /** The changes that may help with this target, the most promising first; none for labels and well-behaved values. */
    static List<Kind> worthTrying(Task task, Target target) {
        if (!(task instanceof RegressionTask) || target.size() < FEWEST_ROWS) {
            return List.of();
        }
        int step = Math.max(1, target.size() / JUDGED_ROWS);
        double[] values = IntStream.range(0, target.size() / step)
                .mapToDouble(i -> target.value(i * step))
                .sorted()
                .toArray();
        if (Arrays.stream(values).distinct().limit(FEWEST_VALUES).count() < FEWEST_VALUES) {
            return List.of();
        }
        double skewness = new Skewness().evaluate(values);
        List<Kind> kinds = new ArrayList<>();
        if (Math.abs(skewness) > SKEWED) {
            boolean isLog = skewness > 0 && Math.abs(skewnessUnder(Kind.LOG, values)) < MUST_LEAVE * skewness;
            kinds.add(isLog ? Kind.LOG : Kind.POWER);
        }
        if (!kinds.isEmpty() || new Kurtosis().evaluate(values) > HEAVY_TAILED) {
            kinds.add(Kind.QUANTILE);
        }
        return kinds;
    }

    private static double skewnessUnder(Kind kind, double[] values) {
        TargetTransform transform = TargetTransform.fit(kind, Target.ofValues(values), Weights.none());
        return new Skewness()
                .evaluate(Arrays.stream(values).map(transform::apply).toArray());
    }

    /** The hyperparameter of a study; empty where no change may help. */
    public static Optional<ChoiceParameter<String>> parameter(Task task, Target target) {
        List<Kind> kinds = worthTrying(task, target);
        if (kinds.isEmpty()) {
            return Optional.empty();
        }
        List<String> options = new ArrayList<>(List.of(NONE));
        kinds.forEach(kind -> options.add(kind.id()));
        return Optional.of(Parameter.choice(NAME, options.toArray(new String[0])));
    }

    /** The change that a configuration asks for, fitted to these rows; empty if it asks for none. */
    public static Optional<TargetChange> of(Configuration configuration, Target target, Weights weights) {
        Object wanted = configuration.value(NAME);
        if (wanted == null || wanted.equals(NONE)) {
            return Optional.empty();
        }
        Kind kind = Kind.valueOf(configuration.get(ANY).toUpperCase(java.util.Locale.ROOT));
        TargetTransform transform = TargetTransform.fit(kind, target, weights);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < target.size(); row++) {
            double changed = transform.apply(target.value(row));
            low = Math.min(low, changed);
            high = Math.max(high, changed);
        }
        double beyond = BEYOND * (high - low);
        return Optional.of(new TargetChange(transform, low - beyond, high + beyond));
    }

    /** The rows with the changed target, those for validation as well; what is derived from them is kept apart. */
    public TrainingData apply(TrainingData data) {
        TrainingData validation = data.validation();
        return new TrainingData(
                data.task(),
                data.features(),
                changed(data.target()),
                data.weights(),
                validation == null ? null : apply(validation),
                new Apart(data.derivations(), transform.kind()));
    }

    private Target changed(Target target) {
        double[] values = new double[target.size()];
        Arrays.setAll(values, row -> transform.apply(target.value(row)));
        return Target.ofValues(values);
    }

    /** By what errors on the changed target are measured during a fit: a metric of amounts may be undefined there. */
    public Metric metric(Metric metric) {
        return metric.name().equals(Metrics.mae().name()) || metric.name().equals("median_absolute_error")
                ? Metrics.mae()
                : Metrics.rmse();
    }

    /** A model whose scorers predict the target itself; its curve stays that of errors on the changed one. */
    public FittedModel undo(FittedModel model) {
        return model.withScorers(this::undo);
    }

    /** The scorer of a model of the changed target as one of the target itself. */
    public TransformedScorer undo(Scorer scorer) {
        return TransformedScorer.of(scorer, transform, low, high);
    }

    /** Keeps what depends on the changed target apart from what depends on the target itself. */
    private record Apart(Derivations all, Kind kind) implements Derivations {

        private record Key(Kind kind, Object key) {}

        @Override
        public <T> T get(Class<T> type, Object key, Deadline deadline, Supplier<T> make, ToLongFunction<T> bytes) {
            return all.get(type, new Key(kind, key), deadline, make, bytes);
        }

        @Override
        public long seed(long ofFit) {
            return all.seed(ofFit);
        }

        @Override
        public long bytes() {
            return all.bytes();
        }
    }
}
