package org.autotuner.models.boost;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_float;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.autotuner.error.FamilyUnavailableException;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TargetScale;
import org.autotuner.model.TrainingData;
import org.autotuner.models.rounds.BoostingChecks;
import org.autotuner.models.rounds.FeatureRanges;
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
 * One LightGBM training: the only class that calls the library. It checks everything that the library takes without a
 * word or answers by ending the process: array lengths, labels, weights, category codes, use after closing. A quantile
 * task trains one booster per level, round by round together. Used by one thread; close it in any case.
 *
 * <p>Source: Ke et al., LightGBM: A Highly Efficient Gradient Boosting Decision Tree, NeurIPS 2017; LightGBM 4.3.
 */
final class LightGbmTraining implements RoundTrainer {

    /** Unknown names are ignored by the library; some known ones end the process. */
    private static final Set<String> PARAMETERS = Set.of(
            "boosting",
            "deterministic",
            "force_row_wise",
            "seed",
            "learning_rate",
            "num_leaves",
            "max_depth",
            "min_data_in_leaf",
            "min_sum_hessian_in_leaf",
            "feature_fraction",
            "feature_fraction_bynode",
            "bagging_fraction",
            "bagging_freq",
            "lambda_l1",
            "lambda_l2",
            "path_smooth",
            "extra_trees",
            "linear_tree",
            "linear_lambda",
            "cat_l2",
            "cat_smooth",
            "max_cat_to_onehot",
            "max_cat_threshold",
            "min_data_per_group",
            "zero_as_missing",
            "use_missing");

    private final Task task;
    private final int width;
    private final int validationRows;
    private final Link link;
    private final TargetScale scale;
    private final @Nullable FeatureRanges ranges;
    private final List<SWIGTYPE_p_void> boosters = new ArrayList<>();
    private final List<SWIGTYPE_p_void> datasets = new ArrayList<>();
    private boolean closed;

    /**
     * Builds the data sets and the boosters.
     *
     * @param parameters of the booster, space separated {@code name=value}; objective, classes and categories are added
     * @throws org.autotuner.error.DataException if the data is not what LightGBM can take
     * @throws FamilyUnavailableException if the library does not load here
     */
    LightGbmTraining(TrainingData data, String parameters, int maxBin) {
        this.task = data.task();
        this.width = data.features().width();
        this.validationRows = data.validation() == null ? 0 : data.validation().rows();
        this.link = task instanceof BinaryTask ? Link.SIGMOID : task.isClassification() ? Link.SOFTMAX : Link.IDENTITY;
        LightGbmNative.problem().ifPresent(problem -> {
            throw new FamilyUnavailableException(problem);
        });
        check(parameters);
        boolean hasLines = parameters.contains("linear_tree=true");
        if (hasLines && task instanceof QuantileTask) {
            throw new IllegalArgumentException("LightGBM fits no lines for a quantile task: it renews its leaves.");
        }
        BoostingChecks.check(data);
        this.scale = TargetScale.of(data);
        this.ranges = hasLines ? FeatureRanges.of(data.features()) : null;
        try {
            // All of them: which of them the data set wants, too, such as zero_as_missing, is not ours to know.
            String datasetParameters = "%s max_bin=%d feature_pre_filter=false num_threads=1 verbosity=-1%s"
                    .formatted(parameters, maxBin, categories(data.features()));
            SWIGTYPE_p_void train = dataset(data, datasetParameters, null);
            SWIGTYPE_p_void validation =
                    data.validation() == null ? null : dataset(data.validation(), datasetParameters, train);
            for (String objective : objectives(task)) {
                SWIGTYPE_p_void booster = create(out ->
                        lightgbmlib.LGBM_BoosterCreate(train, "%s %s".formatted(objective, datasetParameters), out));
                boosters.add(booster);
                if (validation != null) {
                    verify(lightgbmlib.LGBM_BoosterAddValidData(booster, validation));
                }
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public boolean update() {
        requireOpen();
        boolean grew = false;
        SWIGTYPE_p_int finished = lightgbmlib.new_intp();
        try {
            for (SWIGTYPE_p_void booster : boosters) {
                verify(lightgbmlib.LGBM_BoosterUpdateOneIter(booster, finished));
                grew |= lightgbmlib.intp_value(finished) == 0;
            }
        } finally {
            lightgbmlib.delete_intp(finished);
        }
        return grew;
    }

    @Override
    public double[] validationOutputs() {
        requireOpen();
        if (validationRows == 0) {
            throw new IllegalStateException("This training has no validation rows.");
        }
        int outputs = task.outputs();
        int perBooster = outputs / boosters.size();
        double[] all = new double[validationRows * outputs];
        for (int b = 0; b < boosters.size(); b++) {
            double[] scores = scores(boosters.get(b), validationRows * perBooster);
            for (int row = 0; row < validationRows; row++) {
                for (int k = 0; k < perBooster; k++) { // LightGBM keeps one class after the other
                    all[row * outputs + b + k] = scale.undo(scores[k * validationRows + row]);
                }
            }
        }
        return all; // probabilities already: GetPredict applies the objective's link
    }

    @Override
    public FittedModel model() {
        return new TreeRounds(ensemble());
    }

    TreeEnsemble ensemble() {
        requireOpen();
        LightGbmModelReader reader = new LightGbmModelReader(width, task.outputs(), link, scale);
        if (ranges != null) {
            reader.withLines(ranges.low(), ranges.high());
        }
        if (boosters.size() == 1) {
            return reader.add(text(boosters.get(0))).build();
        }
        return reader.addInterleaved(
                        boosters.stream().map(LightGbmTraining::text).toList())
                .build();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            boosters.forEach(lightgbmlib::LGBM_BoosterFree);
            datasets.forEach(lightgbmlib::LGBM_DatasetFree);
        }
    }

    private static double[] scores(SWIGTYPE_p_void booster, int expected) {
        SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
        SWIGTYPE_p_double buffer = lightgbmlib.new_doubleArray(expected);
        try {
            verify(lightgbmlib.LGBM_BoosterGetNumPredict(booster, 1, length));
            if (lightgbmlib.int64_tp_value(length) != expected) {
                throw new IllegalStateException("LightGBM has %d scores where %d were expected."
                        .formatted(lightgbmlib.int64_tp_value(length), expected));
            }
            verify(lightgbmlib.LGBM_BoosterGetPredict(booster, 1, length, buffer));
            double[] scores = new double[expected];
            for (int i = 0; i < expected; i++) {
                scores[i] = lightgbmlib.doubleArray_getitem(buffer, i);
            }
            return scores;
        } finally {
            lightgbmlib.delete_doubleArray(buffer);
            lightgbmlib.delete_int64_tp(length);
        }
    }

    /** By way of a file, since the library's own call for a text never frees it. */
    private static String text(SWIGTYPE_p_void booster) {
        try {
            Path file = NativeFolder.scratch(".lightgbm");
            try {
                verify(lightgbmlib.LGBM_BoosterSaveModel(booster, 0, -1, 0, file.toString()));
                return Files.readString(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("LightGBM's model could not be written to the native-cache folder.", e);
        }
    }

    private SWIGTYPE_p_void dataset(TrainingData data, String parameters, @Nullable SWIGTYPE_p_void reference) {
        FeatureMatrix features = data.features();
        float[] cells = features.denseArray();
        SWIGTYPE_p_float copy = lightgbmlib.new_floatArray(cells.length);
        try {
            for (int i = 0; i < cells.length; i++) {
                lightgbmlib.floatArray_setitem(copy, i, cells[i]);
            }
            SWIGTYPE_p_void dataset = create(out -> lightgbmlib.LGBM_DatasetCreateFromMat(
                    lightgbmlib.float_to_voidp_ptr(copy),
                    lightgbmlibConstants.C_API_DTYPE_FLOAT32,
                    features.rows(),
                    features.width(),
                    1,
                    parameters,
                    reference,
                    out));
            datasets.add(dataset);
            setField(dataset, "label", scale.apply(data));
            float[] weights = BoostingChecks.weights(data);
            if (weights != null) {
                setField(dataset, "weight", weights);
            }
            return dataset;
        } finally {
            lightgbmlib.delete_floatArray(copy);
        }
    }

    private static void setField(SWIGTYPE_p_void dataset, String name, float[] values) {
        SWIGTYPE_p_float copy = lightgbmlib.new_floatArray(values.length);
        try {
            for (int row = 0; row < values.length; row++) {
                lightgbmlib.floatArray_setitem(copy, row, values[row]);
            }
            verify(lightgbmlib.LGBM_DatasetSetField(
                    dataset,
                    name,
                    lightgbmlib.float_to_voidp_ptr(copy),
                    values.length,
                    lightgbmlibConstants.C_API_DTYPE_FLOAT32));
        } finally {
            lightgbmlib.delete_floatArray(copy);
        }
    }

    private interface Creation {
        int into(SWIGTYPE_p_p_void out);
    }

    private static SWIGTYPE_p_void create(Creation creation) {
        SWIGTYPE_p_p_void out = lightgbmlib.new_voidpp();
        try {
            verify(creation.into(out));
            return lightgbmlib.voidpp_value(out);
        } finally {
            lightgbmlib.delete_voidpp(out);
        }
    }

    private static void verify(int code) {
        if (code != 0) {
            throw new IllegalStateException("LightGBM refused: " + lightgbmlib.LGBM_GetLastError());
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This training is closed.");
        }
    }

    private static void check(String parameters) {
        for (String parameter : parameters.strip().split(" +")) {
            int equals = parameter.indexOf('=');
            if (equals < 0 || !PARAMETERS.contains(parameter.substring(0, equals))) {
                throw new IllegalArgumentException("'%s' is not a parameter that may be set for LightGBM. Known are %s."
                        .formatted(parameter, new TreeSet<>(PARAMETERS)));
            }
        }
    }

    private static List<String> objectives(Task task) {
        if (task instanceof QuantileTask quantiles) {
            return quantiles.levels().stream()
                    .map(level -> "objective=quantile alpha=" + level)
                    .toList();
        }
        if (task instanceof BinaryTask) {
            return List.of("objective=binary");
        }
        return List.of(
                task.isClassification() ? "objective=multiclass num_class=" + task.outputs() : "objective=regression");
    }

    private static String categories(FeatureMatrix features) {
        String indices = IntStream.range(0, features.width())
                .filter(i -> features.features().get(i).isCategorical())
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(","));
        return indices.isEmpty() ? "" : " categorical_feature=" + indices;
    }
}
