package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.bundle.Node;

/** Checks that the readers of encoders share. */
final class Codecs {

    private Codecs() {}

    static <E extends Enum<E>> E constant(Node node, String at, Class<E> type, String name) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw node.wrong(at, "holds the unknown name '%s'".formatted(name));
    }

    /** An array of exactly this many floats, none infinite. */
    static float[] floats(Node node, String name, long length) {
        float[] values = node.floats(name);
        if (values.length != length) {
            throw node.wrong(name, "has %d numbers instead of %d".formatted(values.length, length));
        }
        for (float value : values) {
            if (Float.isInfinite(value)) {
                throw node.wrong(name, "holds an infinite number");
            }
        }
        return values;
    }

    static float finite(Node node, String name) {
        float value = (float) node.real(name);
        if (!Float.isFinite(value)) {
            throw node.wrong(name, "is not a finite number");
        }
        return value;
    }

    /** An array of finite, strictly increasing numbers. */
    static double[] increasing(Node node, String name) {
        double[] values = node.doubles(name);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i]) || (i > 0 && values[i] <= values[i - 1])) {
                throw node.wrong(name, "is not strictly increasing at position %d".formatted(i));
            }
        }
        return values;
    }

    static void writeFeatures(Node node, List<Feature> features) {
        node.putTexts("names", features.stream().map(Feature::name).toList());
        node.putTexts("sources", features.stream().map(Feature::source).toList());
        node.put(
                "cardinalities",
                features.stream().mapToInt(Feature::cardinality).toArray());
    }

    static List<Feature> readFeatures(Node node) {
        List<String> names = node.texts("names");
        List<String> sources = node.texts("sources");
        int[] cardinalities = node.ints("cardinalities");
        if (sources.size() != names.size() || cardinalities.length != names.size()) {
            throw node.wrong("names", "does not fit its sources and cardinalities");
        }
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < cardinalities.length; i++) {
            if (cardinalities[i] < 0) {
                throw node.wrong("cardinalities", "is negative at position %d".formatted(i));
            }
            features.add(new Feature(names.get(i), sources.get(i), cardinalities[i]));
        }
        return List.copyOf(features);
    }

    static void width(Node node, List<Feature> features, long expected) {
        if (features.size() != expected) {
            throw node.wrong("names", "has %d features instead of %d".formatted(features.size(), expected));
        }
    }
}
