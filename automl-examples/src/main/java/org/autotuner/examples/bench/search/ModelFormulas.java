package org.autotuner.examples.bench.search;

import static org.autotuner.examples.bench.search.Values.log10;
import static org.autotuner.examples.bench.search.Values.number;
import static org.autotuner.examples.bench.search.Values.text;

import java.util.List;
import java.util.Optional;
import org.autotuner.space.Configuration;

/** Formulas that behave like losses of learners: mixed, conditional and on log scales. */
final class ModelFormulas {

    private static final List<String> C = List.of("p", "q", "r", "s", "t");
    private static final List<String> D = List.of("u", "v", "w");
    private static final List<String> E = List.of("on", "off");

    private ModelFormulas() {}

    /** The function of a name; empty if there is none of that name. */
    static Optional<Loss> of(String function) {
        return switch (function) {
            case "cash_tree" -> Optional.of(ModelFormulas::cashTree);
            case "mixed8" -> Optional.of(ModelFormulas::mixed);
            case "lr_reg" -> Optional.of(ModelFormulas::learningRate);
            case "pipeline" -> Optional.of(ModelFormulas::pipeline);
            default -> Optional.empty();
        };
    }

    private static double cashTree(Configuration at) {
        String model = text(at, "model");
        return switch (model) {
            case "linear" -> 0.300
                    + 0.010 * square(log10(at, "lin_alpha") + 2.2)
                    + 0.05 * square(number(at, "lin_l1") - 0.15);
            case "svm" -> supportVectors(at);
            case "forest" -> forest(at);
            case "boost" -> boost(at);
            default -> throw new IllegalArgumentException("cash_tree has no model '%s'.".formatted(model));
        };
    }

    private static double supportVectors(Configuration at) {
        double cost = log10(at, "svm_C");
        String kernel = text(at, "svm_kernel");
        if (kernel.equals("linear")) {
            return 0.310 + 0.006 * square(cost - 0.3);
        }
        double gamma = log10(at, "svm_gamma");
        if (kernel.equals("rbf")) {
            double u = cost - 1.7;
            double v = gamma + 2.4;
            return 0.212 + 0.012 * u * u + 0.030 * v * v + 0.022 * u * v;
        }
        return 0.245
                + 0.010 * square(cost + 0.5)
                + 0.015 * square(gamma + 1.2)
                + 0.012 * square(number(at, "svm_degree") - 3);
    }

    private static double forest(Configuration at) {
        double depth = number(at, "rf_depth");
        return 0.200
                + 0.35 * Math.exp(-depth / 3.5)
                + 0.0006 * depth
                + 0.40 / number(at, "rf_trees")
                + 0.06 * square(number(at, "rf_features") - 0.32)
                + 0.010 * square(Math.log(number(at, "rf_leaf")) - 0.8);
    }

    private static double boost(Configuration at) {
        double rate = log10(at, "gb_lr");
        double trees = log10(at, "gb_trees");
        return 0.180
                + 0.030 * square(rate + trees - 1.5)
                + 0.010 * square(rate + 1.4)
                + 0.0025 * square(number(at, "gb_depth") - 5)
                + 0.06 * square(number(at, "gb_subsample") - 0.72);
    }

    private static double mixed(Configuration at) {
        double[] level = {0.9, 0.45, 0, 1.4, 0.25};
        double[][] pair = {{0.6, 0.1}, {0, 0.7}, {0.35, 0.3}};
        double[] centre = {-3, 1.5, 2.4, 0.5, -1.2};
        int c = C.indexOf(text(at, "c"));
        int d = D.indexOf(text(at, "d"));
        int e = E.indexOf(text(at, "e"));
        double a = number(at, "a") - 13;
        return 0.02 * a * a
                + 0.15 * square(log2(number(at, "b")) - 6.3 + 0.8 * d)
                + level[c]
                + pair[d][e]
                + 0.2 * square(number(at, "x") - centre[c])
                + 0.3 * square(log10(at, "y") + 2.1 + 0.1 * a)
                + 0.05 * square(number(at, "k") - 7);
    }

    private static double learningRate(Configuration at) {
        double batch = log2(number(at, "batch"));
        double momentum = number(at, "momentum");
        double effective = log10(at, "lr") - Math.log10(1 - momentum) - 0.15 * (batch - 6);
        return 0.10
                + 0.08 * square(effective + 2.3)
                + 0.5 * softPlus(6 * (effective + 1.5)) / 6
                + 0.03 * square(log10(at, "reg") + 3.4 + 0.6 * (effective + 2.3))
                + 0.15 * square(momentum - 0.85)
                + 0.01 * square(batch - 5);
    }

    private static double pipeline(Configuration at) {
        boolean isScaled = text(at, "scaler").equals("robust");
        if (text(at, "learner").equals("knn")) {
            return 0.26
                    + 0.02 * square(Math.log(number(at, "neighbours") / 9))
                    + 0.02 * square(number(at, "power") - 1.4)
                    + (isScaled ? 0 : 0.05);
        }
        double layers = number(at, "layers") - 3;
        return 0.22
                + 0.05 * square(log10(at, "rate") + 2 + 0.15 * layers)
                + 0.01 * layers * layers
                + 0.25 * square(number(at, "dropout") - 0.2)
                + (text(at, "activation").equals("tanh") ? 0.03 : 0)
                + (isScaled ? 0 : 0.02);
    }

    private static double softPlus(double value) {
        return value > 30 ? value : Math.log1p(Math.exp(value));
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    private static double square(double value) {
        return value * value;
    }
}
