package org.autotuner.metric;

import java.util.function.ToDoubleFunction;
import org.autotuner.predict.Predictions;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/**
 * A metric of decided labels, computed from the confusion matrix. Ratios whose denominator is 0 count as 0, averages
 * run over the labels that occur in truth or decisions, both as in scikit-learn.
 */
final class LabelMetric implements Metric {

    /** What is averaged over labels. */
    @FunctionalInterface
    interface PerLabel {
        double of(ConfusionMatrix matrix, int label);
    }

    static final Metric ACCURACY = any("accuracy", true, m -> m.correct() / m.total());
    static final Metric ERROR_RATE = any("error_rate", false, m -> (m.total() - m.correct()) / m.total());
    static final Metric BALANCED_ACCURACY = any("balanced_accuracy", true, LabelMetric::balancedAccuracy);
    static final Metric PRECISION = binary("precision", ConfusionMatrix::precision);
    static final Metric RECALL = binary("recall", ConfusionMatrix::recall);
    static final Metric SPECIFICITY = new LabelMetric("specificity", true, true, matrix -> matrix.recall(0));
    static final Metric F1 = binary("f1", ConfusionMatrix::f1);
    static final Metric PRECISION_MACRO = macro("precision_macro", ConfusionMatrix::precision);
    static final Metric RECALL_MACRO = macro("recall_macro", ConfusionMatrix::recall);
    static final Metric F1_MACRO = macro("f1_macro", ConfusionMatrix::f1);
    static final Metric F1_MICRO = any("f1_micro", true, m -> m.correct() / m.total());
    static final Metric PRECISION_WEIGHTED = weighted("precision_weighted", ConfusionMatrix::precision);
    static final Metric RECALL_WEIGHTED = weighted("recall_weighted", ConfusionMatrix::recall);
    static final Metric F1_WEIGHTED = weighted("f1_weighted", ConfusionMatrix::f1);
    static final Metric MCC = any("mcc", true, LabelMetric::mcc);
    static final Metric COHEN_KAPPA = any("cohen_kappa", true, LabelMetric::kappa);

    private final String name;
    private final boolean higherBetter;
    private final boolean binaryOnly;
    private final ToDoubleFunction<ConfusionMatrix> formula;

    private LabelMetric(
            String name, boolean higherBetter, boolean binaryOnly, ToDoubleFunction<ConfusionMatrix> formula) {
        this.name = name;
        this.higherBetter = higherBetter;
        this.binaryOnly = binaryOnly;
        this.formula = formula;
    }

    private static Metric any(String name, boolean higherBetter, ToDoubleFunction<ConfusionMatrix> formula) {
        return new LabelMetric(name, higherBetter, false, formula);
    }

    private static Metric binary(String name, PerLabel value) {
        return new LabelMetric(name, true, true, matrix -> value.of(matrix, 1));
    }

    private static Metric macro(String name, PerLabel value) {
        return any(name, true, matrix -> {
            double sum = 0;
            int present = 0;
            for (int label = 0; label < matrix.labels().size(); label++) {
                if (matrix.isPresent(label)) {
                    sum += value.of(matrix, label);
                    present++;
                }
            }
            return sum / present;
        });
    }

    private static Metric weighted(String name, PerLabel value) {
        return any(name, true, matrix -> {
            double sum = 0;
            for (int label = 0; label < matrix.labels().size(); label++) {
                sum += matrix.truths(label) * value.of(matrix, label);
            }
            return sum / matrix.total();
        });
    }

    private static double balancedAccuracy(ConfusionMatrix matrix) {
        double sum = 0;
        int present = 0;
        for (int label = 0; label < matrix.labels().size(); label++) {
            if (matrix.truths(label) > 0) {
                sum += matrix.recall(label);
                present++;
            }
        }
        return sum / present;
    }

    /** Gorodkin (2004), "Comparing two K-category assignments by a K-category correlation coefficient". */
    private static double mcc(ConfusionMatrix matrix) {
        double total = matrix.total();
        double cross = 0;
        double truths = 0;
        double decided = 0;
        for (int label = 0; label < matrix.labels().size(); label++) {
            cross += matrix.truths(label) * matrix.decided(label);
            truths += matrix.truths(label) * matrix.truths(label);
            decided += matrix.decided(label) * matrix.decided(label);
        }
        if (total == 0) {
            return Double.NaN;
        }
        double product = (total * total - truths) * (total * total - decided);
        return product <= 0 ? 0 : (matrix.correct() * total - cross) / Math.sqrt(product);
    }

    private static double kappa(ConfusionMatrix matrix) {
        double total = matrix.total();
        double chance = 0;
        for (int label = 0; label < matrix.labels().size(); label++) {
            chance += matrix.truths(label) / total * (matrix.decided(label) / total);
        }
        return chance >= 1 ? Double.NaN : (matrix.correct() / total - chance) / (1 - chance);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isHigherBetter() {
        return higherBetter;
    }

    @Override
    public boolean supports(Task task) {
        return binaryOnly ? task instanceof BinaryTask : task.isClassification();
    }

    @Override
    public double score(Target truth, Predictions predictions, Weights weights) {
        Inputs.check(this, truth, predictions);
        ConfusionMatrix matrix = ConfusionMatrix.of(truth, predictions, weights);
        return matrix.total() > 0 ? formula.applyAsDouble(matrix) : Double.NaN;
    }

    @Override
    public String toString() {
        return name;
    }
}
