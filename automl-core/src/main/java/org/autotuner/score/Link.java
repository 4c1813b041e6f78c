package org.autotuner.score;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.autotuner.bundle.Node;

/** Turns margins into final outputs, in place. */
public enum Link {
    /** As it is. */
    IDENTITY,
    /** 1 / (1 + exp(-x)) of each output. */
    SIGMOID,
    /** exp(x) / sum of exp over all outputs. */
    SOFTMAX,
    /** exp(x) of each output, for Poisson, gamma and Tweedie objectives. */
    EXP,
    /** Sigmoid of each output, divided by their sum: one-vs-rest classifiers. */
    NORMALISED_SIGMOID,
    /** The outputs in ascending order: quantiles of rising levels, which must not cross (Chernozhukov et al. 2010). */
    SORTED;

    /** Largest exponent of {@link #EXP}: keeps outputs finite. */
    private static final double MAX_EXPONENT = 700;

    /** Applies it to {@code out[0..outputs-1]}. */
    public void apply(double[] out, int outputs) {
        if (this == IDENTITY) {
            return;
        }
        if (this == SORTED) {
            Arrays.sort(out, 0, outputs);
            return;
        }
        if (this == SOFTMAX) {
            softmax(out, outputs);
            return;
        }
        for (int k = 0; k < outputs; k++) {
            out[k] = this == EXP ? Math.exp(Math.min(out[k], MAX_EXPONENT)) : sigmoid(out[k]);
        }
        if (this == NORMALISED_SIGMOID) {
            normalise(out, outputs);
        }
    }

    static double sigmoid(double margin) {
        return 1 / (1 + Math.exp(-margin));
    }

    private static void softmax(double[] out, int outputs) {
        double max = out[0];
        for (int k = 1; k < outputs; k++) {
            max = Math.max(max, out[k]);
        }
        for (int k = 0; k < outputs; k++) {
            out[k] = Math.exp(out[k] - max);
        }
        normalise(out, outputs);
    }

    /** Divides by the sum; equal shares where the sum is 0. */
    static void normalise(double[] out, int outputs) {
        double sum = 0;
        for (int k = 0; k < outputs; k++) {
            sum += out[k];
        }
        for (int k = 0; k < outputs; k++) {
            out[k] = sum > 0 ? out[k] / sum : 1.0 / outputs;
        }
    }

    void write(Node node) {
        node.put("link", name().toLowerCase(Locale.ROOT));
    }

    static Link read(Node node) {
        String name = node.text("link");
        for (Link link : values()) {
            if (link.name().toLowerCase(Locale.ROOT).equals(name)) {
                return link;
            }
        }
        throw node.wrong(
                "link",
                "is '%s', not one of %s"
                        .formatted(name, Arrays.stream(values()).map(Link::name).collect(Collectors.joining(", "))));
    }
}
