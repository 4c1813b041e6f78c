package org.autotuner.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.autotuner.bundle.Node;
import org.autotuner.predict.Predictions;
import org.jspecify.annotations.Nullable;

/**
 * How sure a classifier is of a row beside how sure it was of validation rows: the share of these to which it gave a lower
 * largest probability (the "maximum softmax probability" of Hendrycks and Gimpel 2017, made comparable between models). Where rows
 * have vectors, that share counts a third, and shares of validation rows with less {@link Familiarity} two thirds: of relative
 * familiarity the more, the more directions tell classes apart, and else of the absolute one.
 * Calibrated probabilities are no use here. Rows that resemble no class of training, such as questions out of scope, come out
 * low. Immutable and thread-safe.
 */
public final class Confidence {

    /**
     * Higher probabilities count as this one: beyond, the mean of fold models, which predicts, and the single ones, which the
     * validation rows saw, differ by their number and not by what they know.
     */
    private static final double SURE = 0.999;

    /** Of familiarity beside the probability. */
    private static final double WEIGHT = 2;
    /** Directions with which both kinds of familiarity count the same. */
    private static final double DIRECTIONS = 8;

    private final Shares probabilities;
    private final @Nullable Vectors vectors;

    /**
     * What rows with vectors are judged by.
     *
     * @param encoder id of what makes the vectors
     */
    private record Vectors(String encoder, Familiarity familiarity, Shares relative, Shares absolute, Shares all) {

        double sum(double probability, Familiarity.Score score) {
            return Confidence.sum(familiarity, probability, relative, absolute, score);
        }
    }

    private static double sum(
            Familiarity familiarity, double probability, Shares relative, Shares absolute, Familiarity.Score score) {
        double weight = familiarity.directions() / (familiarity.directions() + DIRECTIONS);
        return probability
                + WEIGHT * weight * relative.below(score.relative())
                + WEIGHT * (1 - weight) * absolute.below(score.absolute());
    }

    private Confidence(Shares probabilities, @Nullable Vectors vectors) {
        this.probabilities = probabilities;
        this.vectors = vectors;
    }

    /**
     * Learns how sure a model is of rows of its classes.
     *
     * @param outOfFold predictions of at least one row that the model was not fitted on; of a classification
     */
    public static Confidence fit(Predictions outOfFold) {
        return new Confidence(Shares.of(largest(outOfFold)), null);
    }

    /**
     * The same for rows that have vectors.
     *
     * @param encoder id of what makes the vectors
     * @param familiarity by which rows are judged from now on
     * @param scores of the same rows as the predictions, by {@link Familiarity}s that did not see them
     */
    public static Confidence fit(
            Predictions outOfFold, String encoder, Familiarity familiarity, List<Familiarity.Score> scores) {
        double[] largest = largest(outOfFold);
        Shares probabilities = Shares.of(largest.clone());
        Shares relative = Shares.of(
                scores.stream().mapToDouble(Familiarity.Score::relative).toArray());
        Shares absolute = Shares.of(
                scores.stream().mapToDouble(Familiarity.Score::absolute).toArray());
        double[] all = new double[largest.length];
        Arrays.setAll(
                all, row -> sum(familiarity, probabilities.below(largest[row]), relative, absolute, scores.get(row)));
        return new Confidence(probabilities, new Vectors(encoder, familiarity, relative, absolute, Shares.of(all)));
    }

    private static double[] largest(Predictions outOfFold) {
        double[] largest = new double[outOfFold.size()];
        Arrays.setAll(largest, row -> Math.min(SURE, largest(outOfFold, row)));
        return largest;
    }

    /** Largest probability of a row. */
    public static double largest(Predictions predictions, int row) {
        double largest = 0;
        for (int label = 0; label < predictions.task().labels().size(); label++) {
            largest = Math.max(largest, predictions.probability(row, label));
        }
        return largest;
    }

    /** Id of what makes the vectors that rows are also judged by, and their length; empty if probabilities alone count. */
    public Optional<String> encoder() {
        return Optional.ofNullable(vectors).map(Vectors::encoder);
    }

    /** Length of the vectors; 0 without. */
    public int width() {
        return vectors == null ? 0 : vectors.familiarity().width();
    }

    /** Share of the validation rows of which the model was less sure by its probabilities alone, in 0..1. */
    public double share(double largest) {
        return probabilities.below(Math.min(SURE, largest));
    }

    /**
     * Share of the validation rows of which the model was less sure, in 0..1.
     *
     * @param encoded holds the row's vector from {@code at} on
     * @throws IllegalStateException if it knows no vectors
     */
    public double share(double largest, float[] encoded, int at) {
        Vectors known = vectors;
        if (known == null) {
            throw new IllegalStateException("The confidence was learned without vectors.");
        }
        return known.all().below(known.sum(share(largest), known.familiarity().score(encoded, at)));
    }

    public void write(Node node) {
        probabilities.write(node, "quantiles");
        Vectors known = vectors;
        if (known != null) {
            Node place = node.child("vectors").put("encoder", known.encoder());
            known.relative().write(place, "relative");
            known.absolute().write(place, "absolute");
            known.all().write(place, "all");
            known.familiarity().write(place);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Confidence read(Node node) {
        Shares probabilities = Shares.read(node, "quantiles", 0, 1);
        if (!node.has("vectors")) {
            return new Confidence(probabilities, null);
        }
        Node place = node.node("vectors");
        return new Confidence(
                probabilities,
                new Vectors(
                        place.text("encoder"),
                        Familiarity.read(place),
                        Shares.read(place, "relative", -Double.MAX_VALUE, Double.MAX_VALUE),
                        Shares.read(place, "absolute", -Double.MAX_VALUE, 0),
                        Shares.read(place, "all", 0, 1 + WEIGHT)));
    }
}
