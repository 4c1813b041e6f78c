package org.autotuner.models.boost;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TargetScale;
import org.autotuner.model.TrainingData;
import org.autotuner.models.rounds.BoostingChecks;
import org.autotuner.models.rounds.RoundTrainer;
import org.autotuner.models.rounds.TreeRounds;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.Link;
import org.autotuner.score.TreeEnsemble;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * The only way to XGBoost's native library: checks what the library does not, and frees what it allocates when closed.
 * One training by one thread; not thread-safe, but several run side by side.
 */
final class XgBoost implements RoundTrainer {

    /** Unknown names are ignored by the library, and others are set here. */
    private static final Set<String> PARAMETERS = Set.of(
            "learning_rate",
            "max_depth",
            "max_leaves",
            "grow_policy",
            "min_child_weight",
            "gamma",
            "subsample",
            "colsample_bytree",
            "colsample_bylevel",
            "colsample_bynode",
            "reg_alpha",
            "reg_lambda",
            "max_bin",
            "max_delta_step",
            "max_cat_to_onehot",
            "max_cat_threshold");

    private final Task task;
    private final TargetScale scale;
    private final int outputs;
    private final DMatrix training;
    private @Nullable DMatrix validation;
    private @Nullable Booster booster;
    private int rounds;
    private boolean closed;

    /** Asked first by whoever needs the library; loads it at the first question. */
    static Optional<String> unavailable() {
        return Native.REASON;
    }

    /**
     * Hands the data over.
     *
     * @param parameters of the booster; objective, classes, base score, threads and device are added here
     * @throws org.autotuner.error.DataException if labels, weights or category codes are out of range
     * @throws IllegalArgumentException if XGBoost refuses a parameter
     */
    XgBoost(TrainingData data, Map<String, Object> parameters, long seed) {
        for (String name : parameters.keySet()) {
            if (!PARAMETERS.contains(name)) {
                throw new IllegalArgumentException("'%s' is not a parameter that may be set for XGBoost. Known are %s."
                        .formatted(name, new TreeSet<>(PARAMETERS)));
            }
        }
        BoostingChecks.check(data);
        task = data.task();
        scale = TargetScale.of(data);
        outputs = task.outputs();
        try {
            training = matrix(data, scale);
        } catch (XGBoostError e) {
            throw refused(e);
        }
        boolean opened = false;
        try {
            Map<String, DMatrix> watched = new HashMap<>();
            if (data.validation() != null) {
                validation = matrix(data.validation(), scale);
                watched.put("validation", validation);
            }
            booster = XGBoost.train(training, parameters(data, parameters, seed), 0, watched, null, null);
            opened = true;
        } catch (XGBoostError e) {
            throw refused(e);
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    private static DMatrix matrix(TrainingData data, TargetScale scale) throws XGBoostError {
        FeatureMatrix features = data.features();
        DMatrix matrix = new DMatrix(features.denseArray(), features.rows(), features.width(), Float.NaN);
        boolean filled = false;
        try {
            matrix.setLabel(scale.apply(data));
            float[] weights = BoostingChecks.weights(data);
            if (weights != null) {
                matrix.setWeight(weights);
            }
            if (features.features().stream().anyMatch(feature -> feature.isCategorical())) {
                matrix.setFeatureTypes(features.features().stream()
                        .map(feature -> feature.isCategorical() ? "c" : "float")
                        .toArray(String[]::new));
            }
            filled = true;
            return matrix;
        } finally {
            if (!filled) {
                matrix.dispose();
            }
        }
    }

    private Map<String, Object> parameters(TrainingData data, Map<String, Object> given, long seed) {
        Map<String, Object> all = new HashMap<>(given);
        all.put("booster", "gbtree");
        all.put("tree_method", "hist");
        all.put("device", "cpu");
        all.put("nthread", 1);
        all.put("verbosity", 0);
        all.put("disable_default_eval_metric", 1);
        all.put("validate_parameters", "false");
        all.put("seed", (int) (seed >>> 33));
        all.put("base_score", 0.0);
        if (task instanceof BinaryTask) {
            all.put("objective", "binary:logistic");
            all.put("base_score", positiveShare(data));
        } else if (task instanceof QuantileTask quantiles) {
            all.put("objective", "reg:quantileerror");
            all.put(
                    "quantile_alpha",
                    quantiles.levels().stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")));
        } else if (task.isClassification()) {
            all.put("objective", "multi:softprob");
            all.put("num_class", outputs);
        } else {
            all.put("objective", "reg:squarederror");
        }
        return all;
    }

    private static double positiveShare(TrainingData data) {
        double positive = 0;
        double sum = 0;
        for (int row = 0; row < data.rows(); row++) {
            positive += data.weights().at(row) * data.target().value(row);
            sum += data.weights().at(row);
        }
        return Math.min(1 - 1e-4, Math.max(1e-4, positive / sum));
    }

    @Override
    public boolean update() {
        try {
            open().update(training, rounds);
            rounds++;
            return true;
        } catch (XGBoostError e) {
            throw refused(e);
        }
    }

    @Override
    public double[] validationOutputs() {
        if (validation == null) {
            throw new IllegalStateException("There are no validation rows to predict.");
        }
        float[][] margins;
        try {
            margins = open().predict(validation, true);
        } catch (XGBoostError e) {
            throw refused(e);
        }
        Link link = task.isClassification() ? outputs == 1 ? Link.SIGMOID : Link.SOFTMAX : Link.IDENTITY;
        double[] all = new double[margins.length * outputs];
        double[] one = new double[outputs];
        for (int row = 0; row < margins.length; row++) {
            for (int k = 0; k < outputs; k++) {
                one[k] = task.isClassification() ? margins[row][k] : scale.mean() + scale.deviation() * margins[row][k];
            }
            link.apply(one, outputs);
            System.arraycopy(one, 0, all, row * outputs, outputs);
        }
        return all;
    }

    @Override
    public FittedModel model() {
        return new TreeRounds(ensemble());
    }

    TreeEnsemble ensemble() {
        try {
            return new XgBoostModelReader(task, scale).read(open().toByteArray("ubj"));
        } catch (XGBoostError e) {
            throw refused(e);
        }
    }

    private Booster open() {
        if (closed || booster == null) {
            throw new IllegalStateException("This training is closed.");
        }
        return booster;
    }

    /** Frees the native memory; the booster goes before its data. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (booster != null) {
            booster.dispose();
        }
        if (validation != null) {
            validation.dispose();
        }
        training.dispose();
    }

    private static IllegalArgumentException refused(XGBoostError cause) {
        return new IllegalArgumentException("XGBoost refuses: " + cause.getMessage(), cause);
    }

    /** Loads the library when first touched: once per process, by the class loader's own lock. */
    private static final class Native {

        static final Optional<String> REASON = probe();

        private Native() {}

        private static Optional<String> probe() {
            try {
                new DMatrix(new float[] {0}, 1, 1, Float.NaN).dispose();
                return Optional.empty();
            } catch (Throwable e) {
                return Optional.of(NativeAdvice.forMissingLibrary("XGBoost", String.valueOf(e)));
            }
        }
    }
}
