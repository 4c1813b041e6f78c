package org.autotuner.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autotuner.error.OptionException;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Task;

/**
 * The built-in metrics, and those that others register as {@link Metric} services. Definitions follow scikit-learn
 * where it has the metric. Thread-safe.
 */
public final class Metrics {

    private static final Pattern TOP_K = Pattern.compile("top_([1-9]\\d{0,4})_accuracy");

    private static final Metric ROC_AUC = new RocAuc();
    private static final Metric PR_AUC = new PrAuc();
    private static final Metric LOG_LOSS = new LogLoss();
    private static final Metric BRIER = new Brier();
    private static final Metric R_2 = new R2();
    private static final Metric MEDIAN_ABSOLUTE_ERROR = new MedianAbsoluteError();
    private static final Metric PINBALL = new Pinball();

    private static final List<Metric> BUILT_IN = List.of(
            ROC_AUC,
            LOG_LOSS,
            PR_AUC,
            BRIER,
            LabelMetric.ACCURACY,
            LabelMetric.BALANCED_ACCURACY,
            LabelMetric.ERROR_RATE,
            LabelMetric.PRECISION,
            LabelMetric.RECALL,
            LabelMetric.SPECIFICITY,
            LabelMetric.F1,
            LabelMetric.F1_MACRO,
            LabelMetric.F1_MICRO,
            LabelMetric.F1_WEIGHTED,
            LabelMetric.PRECISION_MACRO,
            LabelMetric.PRECISION_WEIGHTED,
            LabelMetric.RECALL_MACRO,
            LabelMetric.RECALL_WEIGHTED,
            LabelMetric.MCC,
            LabelMetric.COHEN_KAPPA,
            new TopKAccuracy(3),
            new TopKAccuracy(5),
            PointMetric.RMSE,
            PointMetric.MAE,
            R_2,
            PointMetric.MAPE,
            PointMetric.SMAPE,
            PointMetric.RMSLE,
            MEDIAN_ABSOLUTE_ERROR,
            PINBALL);

    private Metrics() {}

    /** All metrics: the built-in ones first, then those found as services. */
    public static List<Metric> all() {
        List<Metric> all = new ArrayList<>(BUILT_IN);
        for (Metric metric : ServiceLoader.load(Metric.class, Metrics.class.getClassLoader())) {
            all.add(metric);
        }
        return List.copyOf(all);
    }

    /**
     * The metric of this name; {@code top_K_accuracy} for any K.
     *
     * @throws OptionException if there is none; the message lists the names
     */
    public static Metric byName(String name) {
        List<Metric> all = all();
        for (Metric metric : all) {
            if (metric.name().equals(name)) {
                return metric;
            }
        }
        Matcher topK = TOP_K.matcher(name);
        if (topK.matches()) {
            return topKAccuracy(Integer.parseInt(topK.group(1)));
        }
        throw new OptionException("There is no metric '%s'. Known metrics: %s."
                .formatted(name, all.stream().map(Metric::name).toList()));
    }

    /** All metrics that support a task, the default one first. */
    public static List<Metric> of(Task task) {
        List<Metric> supported = new ArrayList<>();
        supported.add(defaultFor(task));
        for (Metric metric : all()) {
            if (metric.supports(task) && !metric.name().equals(supported.get(0).name())) {
                supported.add(metric);
            }
        }
        return List.copyOf(supported);
    }

    /** ROC AUC for two classes, log loss for several, RMSE for a real value, pinball loss for quantiles. */
    public static Metric defaultFor(Task task) {
        if (task instanceof BinaryTask) {
            return ROC_AUC;
        }
        if (task instanceof MulticlassTask) {
            return LOG_LOSS;
        }
        return task instanceof RegressionTask ? PointMetric.RMSE : PINBALL;
    }

    /** Area under the ROC curve, 0..1; one-vs-rest macro mean for several classes. */
    public static Metric rocAuc() {
        return ROC_AUC;
    }

    /** Average precision, 0..1. */
    public static Metric prAuc() {
        return PR_AUC;
    }

    /** Mean negative log probability of the true label. */
    public static Metric logLoss() {
        return LOG_LOSS;
    }

    /** Mean squared difference of probability and outcome. */
    public static Metric brier() {
        return BRIER;
    }

    /** Share of right labels. */
    public static Metric accuracy() {
        return LabelMetric.ACCURACY;
    }

    /** Mean recall over the true classes. */
    public static Metric balancedAccuracy() {
        return LabelMetric.BALANCED_ACCURACY;
    }

    /** Share of wrong labels. */
    public static Metric errorRate() {
        return LabelMetric.ERROR_RATE;
    }

    /** Share of true positives among the rows decided positive; 0 if there are none. */
    public static Metric precision() {
        return LabelMetric.PRECISION;
    }

    /** Share of the positive rows that are found; 0 if there are none. */
    public static Metric recall() {
        return LabelMetric.RECALL;
    }

    /** Share of the negative rows that are decided so, 0..1: what medicine names beside sensitivity, which is recall. Two classes. */
    public static Metric specificity() {
        return LabelMetric.SPECIFICITY;
    }

    /** Harmonic mean of precision and recall of the positive label. */
    public static Metric f1() {
        return LabelMetric.F1;
    }

    /** Plain mean of F1 over the labels. */
    public static Metric f1Macro() {
        return LabelMetric.F1_MACRO;
    }

    /** F1 of the summed counts; equals accuracy. */
    public static Metric f1Micro() {
        return LabelMetric.F1_MICRO;
    }

    /** Mean of F1 over the labels by their weight in the truth. */
    public static Metric f1Weighted() {
        return LabelMetric.F1_WEIGHTED;
    }

    /** Matthews correlation coefficient, -1..1. */
    public static Metric mcc() {
        return LabelMetric.MCC;
    }

    /** Agreement beyond chance (Cohen 1960), at most 1. */
    public static Metric cohenKappa() {
        return LabelMetric.COHEN_KAPPA;
    }

    /** Root of the mean squared error. */
    public static Metric rmse() {
        return PointMetric.RMSE;
    }

    /** Mean absolute error. */
    public static Metric mae() {
        return PointMetric.MAE;
    }

    /** Share of variance explained, at most 1. */
    public static Metric r2() {
        return R_2;
    }

    /** Mean absolute error relative to the true value, as a fraction. */
    public static Metric mape() {
        return PointMetric.MAPE;
    }

    /** Symmetric relative error, 0..2. */
    public static Metric smape() {
        return PointMetric.SMAPE;
    }

    /** Root mean squared error of log(1 + x); true values at least 0. */
    public static Metric rmsle() {
        return PointMetric.RMSLE;
    }

    /** Median of the absolute error. */
    public static Metric medianAbsoluteError() {
        return MEDIAN_ABSOLUTE_ERROR;
    }

    /** Mean pinball loss over the levels of a quantile task. */
    public static Metric pinball() {
        return PINBALL;
    }

    /** Share of rows whose label is among the {@code k} most probable ones; {@code k} at least 1. */
    public static Metric topKAccuracy(int k) {
        return new TopKAccuracy(k);
    }
}
