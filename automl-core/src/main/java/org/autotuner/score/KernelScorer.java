package org.autotuner.score;

import java.util.Arrays;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;

/**
 * A support vector machine with the Gaussian kernel {@code exp(-gamma * squared distance)} over the dense features, as
 * LibSVM trains it: a regression, or one machine per pair of classes whose calibrated votes are coupled to
 * probabilities. Missing cells count as 0. Immutable and thread-safe.
 */
public final class KernelScorer implements Scorer {

    static final String TYPE = "kernel";

    private final int width;
    private final double gamma;
    private final float[] vectors;
    /** Number of support vectors of each class; empty for a regression. */
    private final int[] counts;

    private final double[] coefficients;
    private final double[] rho;
    private final double[] slopes;
    private final double[] shifts;
    /** Label number of each class. */
    private final int[] labels;

    private final int outputs;

    private KernelScorer(
            int width,
            double gamma,
            float[] vectors,
            int[] counts,
            double[] coefficients,
            double[] rho,
            double[] slopes,
            double[] shifts,
            int[] labels,
            int outputs) {
        this.width = width;
        this.gamma = gamma;
        this.vectors = vectors;
        this.counts = counts;
        this.coefficients = coefficients;
        this.rho = rho;
        this.slopes = slopes;
        this.shifts = shifts;
        this.labels = labels;
        this.outputs = outputs;
    }

    /**
     * A regression: sum of coefficient x kernel, minus rho.
     *
     * @param vectors support vectors x width, row by row; copied
     * @param coefficients one per support vector; copied
     * @throws IllegalArgumentException if lengths do not fit or a number is not finite
     */
    public static KernelScorer regression(int width, double gamma, float[] vectors, double[] coefficients, double rho) {
        double[] none = new double[0];
        return checked(new KernelScorer(
                width,
                gamma,
                vectors.clone(),
                new int[0],
                coefficients.clone(),
                new double[] {rho},
                none,
                none,
                new int[0],
                1));
    }

    /**
     * A classification, in LibSVM's own layout.
     *
     * @param vectors support vectors x width, the ones of class 0 first; copied
     * @param counts number of support vectors of each of the k classes, k at least 2 ({@code nSV})
     * @param coefficients (k - 1) x support vectors, row by row ({@code sv_coef})
     * @param rho of each pair (0,1), (0,2), ..., (1,2), ...
     * @param slopes Platt's A of each pair ({@code probA})
     * @param shifts Platt's B of each pair ({@code probB})
     * @param labels the label number that each class stands for
     * @param outputs 1 for a binary task (the probability of label 1), else the number of labels of the task; labels
     *     without a class get 0
     * @throws IllegalArgumentException if lengths do not fit, a label is out of range or a number is not finite
     */
    public static KernelScorer classification(
            int width,
            double gamma,
            float[] vectors,
            int[] counts,
            double[] coefficients,
            double[] rho,
            double[] slopes,
            double[] shifts,
            int[] labels,
            int outputs) {
        if (counts.length < 2) {
            throw new IllegalArgumentException("At least 2 classes are needed, but there are " + counts.length + ".");
        }
        return checked(new KernelScorer(
                width,
                gamma,
                vectors.clone(),
                counts.clone(),
                coefficients.clone(),
                rho.clone(),
                slopes.clone(),
                shifts.clone(),
                labels.clone(),
                outputs));
    }

    private static KernelScorer checked(KernelScorer scorer) {
        String problem = scorer.problem();
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("This support vector machine cannot be: " + problem + ".");
        }
        return scorer;
    }

    /** What is wrong, or an empty text. */
    private String problem() {
        if (width < 1 || !(gamma >= 0) || Double.isInfinite(gamma) || outputs < 1) {
            return "width %d, gamma %s or outputs %d is out of range".formatted(width, gamma, outputs);
        }
        if (vectors.length % width != 0) {
            return "the support vectors are not rows of the width";
        }
        long size = vectors.length / width;
        long classes = counts.length;
        long pairs = classes == 0 ? 1 : classes * (classes - 1) / 2;
        long calibrated = classes == 0 ? 0 : pairs;
        if (classes == 1
                || rho.length != pairs
                || slopes.length != calibrated
                || shifts.length != calibrated
                || labels.length != classes
                || coefficients.length != size * Math.max(1, classes - 1)) {
            return "the arrays do not fit %d support vectors of %d classes".formatted(size, classes);
        }
        if (classes > 0
                && (Arrays.stream(counts).anyMatch(n -> n < 0)
                        || Arrays.stream(counts).asLongStream().sum() != size)) {
            return "the counts do not add up to the number of support vectors";
        }
        int last = outputs == 1 ? 1 : outputs - 1;
        if (Arrays.stream(labels).anyMatch(label -> label < 0 || label > last)
                || Arrays.stream(labels).distinct().count() != classes
                || (classes == 0 && outputs != 1)) {
            return "the labels are not different numbers in 0..%d".formatted(last);
        }
        return finite() ? "" : "a number is not finite";
    }

    private boolean finite() {
        for (float value : vectors) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        for (double[] values : new double[][] {coefficients, rho, slopes, shifts}) {
            if (!Arrays.stream(values).allMatch(Double::isFinite)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void score(FeatureRow row, double[] out) {
        double[] kernel = kernel(row);
        if (counts.length == 0) {
            double sum = -rho[0];
            for (int i = 0; i < kernel.length; i++) {
                sum += coefficients[i] * kernel[i];
            }
            out[0] = sum;
            return;
        }
        double[] pairs = pairs(kernel);
        double[] probabilities = PairCoupling.couple(pairs, counts.length);
        if (outputs == 1) {
            out[0] = probabilities[labels[0] == 1 ? 0 : 1];
            return;
        }
        Arrays.fill(out, 0, outputs, 0);
        for (int c = 0; c < labels.length; c++) {
            out[labels[c]] = probabilities[c];
        }
    }

    private double[] kernel(FeatureRow row) {
        float[] query = new float[width];
        for (int f = 0; f < width; f++) {
            float x = row.at(f);
            query[f] = !Float.isNaN(x) ? x : 0;
        }
        double[] kernel = new double[vectors.length / width];
        for (int i = 0; i < kernel.length; i++) {
            double sum = 0;
            int at = i * width;
            for (int f = 0; f < width; f++) {
                double difference = (double) query[f] - vectors[at + f];
                sum += difference * difference;
            }
            // Gamma may be 0 where an infinite cell makes the distance infinite.
            kernel[i] = gamma == 0 ? 1 : Math.exp(-gamma * sum);
        }
        return kernel;
    }

    /** Calibrated probability that the first class of each pair wins. */
    private double[] pairs(double[] kernel) {
        double[] probability = new double[rho.length];
        int size = kernel.length;
        int pair = 0;
        int startFirst = 0;
        for (int i = 0; i < counts.length; i++) {
            int startSecond = startFirst + counts[i];
            for (int j = i + 1; j < counts.length; j++) {
                double sum = -rho[pair];
                for (int v = startFirst; v < startFirst + counts[i]; v++) {
                    sum += coefficients[(j - 1) * size + v] * kernel[v];
                }
                for (int v = startSecond; v < startSecond + counts[j]; v++) {
                    sum += coefficients[i * size + v] * kernel[v];
                }
                probability[pair] = Link.sigmoid(-(sum * slopes[pair] + shifts[pair]));
                startSecond += counts[j];
                pair++;
            }
            startFirst += counts[i];
        }
        return probability;
    }

    @Override
    public void write(Node node) {
        node.put("width", width)
                .put("gamma", gamma)
                .put("vectors", vectors)
                .put("counts", counts)
                .put("coefficients", coefficients)
                .put("rho", rho)
                .put("slopes", slopes)
                .put("shifts", shifts)
                .put("labels", labels)
                .put("outputs", outputs);
    }

    static final class Codec implements ScorerCodec {

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Scorer read(Node node) {
            KernelScorer scorer = new KernelScorer(
                    node.integer("width", 1, Checks.MAX_WIDTH),
                    node.real("gamma"),
                    node.floats("vectors"),
                    node.ints("counts"),
                    node.doubles("coefficients"),
                    node.doubles("rho"),
                    node.doubles("slopes"),
                    node.doubles("shifts"),
                    node.ints("labels"),
                    // Bounded by what a task can have; the model file checks it against its task.
                    node.integer("outputs", 1, Integer.MAX_VALUE));
            String problem = scorer.problem();
            Checks.that(problem.isEmpty(), node, "vectors", "cannot be: " + problem);
            return scorer;
        }
    }
}
