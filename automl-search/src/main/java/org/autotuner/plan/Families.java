package org.autotuner.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.autotuner.error.OptionException;
import org.autotuner.model.DataShape;
import org.autotuner.model.ModelFamily;
import org.autotuner.prepare.ImagePreparation;

/** Finds the families, and says for each whether it takes part. */
final class Families {

    /** Those that give a good model early come first; others follow by name. */
    private static final List<String> ORDER = List.of(
            "naive-bayes",
            "matrix-factorization",
            "svd-plus-plus",
            "item-neighbours",
            "linear",
            "linear-sentences",
            "lightgbm",
            "histogram-boosting",
            "ordered-boosting",
            "xgboost",
            "cnn",
            "resnet",
            "extra-trees",
            "additive",
            "svm-sentences",
            "mlp-sentences",
            "transformer",
            "realmlp",
            "mlp",
            "random-forest",
            "svm",
            "neighbours",
            "tabm",
            "liblinear",
            "factorization-machine",
            "linear-sgd");

    /** Of these the first two are good and quick where all columns are texts, the others good partners; trees come after them. */
    private static final List<String> TEXT_ORDER = List.of(
            "naive-bayes",
            "linear",
            "linear-sentences",
            "svm-sentences",
            "transformer",
            "mlp-sentences",
            "svm",
            "mlp",
            "realmlp",
            "lightgbm",
            "extra-trees");

    /** Those that see most in images come first; boosting dozens of gradients for each class costs much and tells less. */
    private static final List<String> IMAGE_ORDER =
            List.of("linear", "svm", "pretrained-resnet", "cnn", "mlp", "resnet", "extra-trees", "realmlp", "lightgbm");

    private Families() {}

    /** The families of a study; {@code reasons} says for the others why not. */
    record Chosen(List<ModelFamily> families, Map<String, String> reasons) {}

    /** All families on the class path and those given, by id; a given one replaces a found one of the same id. */
    static Map<String, ModelFamily> found(List<ModelFamily> given, List<String> warnings) {
        List<ModelFamily> all = new ArrayList<>();
        var loader = ServiceLoader.load(ModelFamily.class, Families.class.getClassLoader())
                .iterator();
        while (true) {
            try {
                if (!loader.hasNext()) {
                    break;
                }
                all.add(loader.next());
            } catch (ServiceConfigurationError e) {
                warnings.add("A model family could not be loaded: " + e.getMessage());
            }
        }
        all.addAll(given);
        all.sort(Comparator.comparingInt((ModelFamily family) -> rank(ORDER, family.id()))
                .thenComparing(ModelFamily::id));
        Map<String, ModelFamily> byId = new LinkedHashMap<>();
        all.forEach(family -> byId.put(family.id(), family));
        given.forEach(family -> byId.put(family.id(), family));
        return byId;
    }

    /** These families and, where texts have vectors, those that also do well with them, in the same order as all. */
    static Map<String, ModelFamily> withSentences(Map<String, ModelFamily> found, Sentences sentences) {
        List<ModelFamily> all = new ArrayList<>(found.values());
        all.addAll(sentences.families());
        all.sort(Comparator.comparingInt((ModelFamily family) -> rank(ORDER, family.id()))
                .thenComparing(ModelFamily::id));
        Map<String, ModelFamily> byId = new LinkedHashMap<>();
        all.forEach(family -> byId.put(family.id(), family));
        return byId;
    }

    /** The families that fit the task, the shape and the caller's wish. */
    static Chosen choose(Map<String, ModelFamily> found, List<String> wanted, DataShape shape) {
        return choose(found, wanted, false, shape);
    }

    /**
     * As above.
     *
     * @param isInterpretable whether only models that a person can follow are wanted
     * @throws OptionException if a wanted family does not exist, or is not interpretable where it must be
     */
    static Chosen choose(
            Map<String, ModelFamily> found, List<String> wanted, boolean isInterpretable, DataShape shape) {
        for (String id : wanted) {
            if (!found.containsKey(id)) {
                throw new OptionException("There is no model family '%s'. Those on the class path are: %s."
                        .formatted(id, String.join(", ", found.keySet())));
            }
        }
        if (isInterpretable) {
            checkInterpretable(found, wanted);
        }
        List<ModelFamily> chosen = new ArrayList<>();
        Map<String, String> reasons = new LinkedHashMap<>();
        for (ModelFamily family : found.values()) {
            Optional<String> unsuitable = family.unsuitable(shape);
            if (!wanted.isEmpty() && !wanted.contains(family.id())) {
                reasons.put(family.id(), "skipped: not among the families asked for");
            } else if (isInterpretable && !family.isInterpretable()) {
                reasons.put(family.id(), "skipped: only interpretable models are wanted");
            } else if (wanted.isEmpty()
                    && !isInterpretable
                    && family.onlyOnRequest().isPresent()) {
                reasons.put(family.id(), "skipped: " + family.onlyOnRequest().get());
            } else if (!family.supports(shape.task())) {
                reasons.put(family.id(), "skipped: it has no " + shape.task().kind());
            } else if (!family.obeys(shape.constraints())) {
                reasons.put(family.id(), "skipped: it keeps to no constraints such as these");
            } else if (wanted.isEmpty() && isReplaced(family, found, shape)) {
                reasons.put(
                        family.id(),
                        "skipped: " + family.standsInFor().orElseThrow() + " does the same and is available");
            } else if (wanted.isEmpty() && isBehindOnImages(family.id(), shape)) {
                reasons.put(family.id(), "skipped: on images alone others of its kind do better in less time");
            } else if (unsuitable.isPresent()) {
                reasons.put(family.id(), "skipped: " + unsuitable.get());
            } else {
                chosen.add(family);
            }
        }
        if (shape.textColumns() == shape.columns()) {
            chosen.sort(Comparator.comparingInt(family -> rank(TEXT_ORDER, family.id())));
        }
        if (shape.image() != null) {
            chosen.sort(Comparator.comparingInt(family -> rank(IMAGE_ORDER, family.id())));
        }
        return new Chosen(chosen, reasons);
    }

    private static void checkInterpretable(Map<String, ModelFamily> found, List<String> wanted) {
        List<String> others = wanted.stream()
                .filter(id -> !Objects.requireNonNull(found.get(id)).isInterpretable())
                .toList();
        if (!others.isEmpty()) {
            throw new OptionException(
                    "interpretable() does not go with the families %s. Leave out either; the interpretable ones are: %s."
                            .formatted(
                                    String.join(", ", others),
                                    found.values().stream()
                                            .filter(ModelFamily::isInterpretable)
                                            .map(ModelFamily::id)
                                            .collect(Collectors.joining(", "))));
        }
    }

    /** Of the built-in families only: others may be made for images. */
    private static boolean isBehindOnImages(String id, DataShape shape) {
        return shape.image() != null
                && ORDER.contains(id)
                && !IMAGE_ORDER.contains(id)
                && shape.columns() == shape.numericColumns()
                && shape.numericColumns() == ImagePreparation.described(shape.image());
    }

    private static boolean isReplaced(ModelFamily family, Map<String, ModelFamily> found, DataShape shape) {
        return family.standsInFor()
                .map(found::get)
                .filter(other -> other.supports(shape.task())
                        && other.obeys(shape.constraints())
                        && other.unavailable().isEmpty()
                        && other.unsuitable(shape).isEmpty())
                .isPresent();
    }

    private static int rank(List<String> order, String id) {
        int rank = order.indexOf(id);
        return rank < 0 ? order.size() : rank;
    }
}
