package org.autotuner.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.autotuner.error.OptionException;
import org.autotuner.model.DataShape;
import org.autotuner.model.ModelFamily;

/** Finds the families, and says for each whether it takes part. */
final class Families {

    /** Those that give a good model early come first; others follow by name. */
    private static final List<String> ORDER = List.of(
            "matrix-factorization",
            "svd-plus-plus",
            "bayesian-factorization-machine",
            "item-neighbours",
            "linear",
            "lightgbm",
            "histogram-boosting",
            "ordered-boosting",
            "xgboost",
            "extra-trees",
            "realmlp",
            "mlp",
            "random-forest",
            "svm",
            "neighbours",
            "tabm",
            "liblinear",
            "factorization-machine",
            "linear-sgd");

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
        all.sort(Comparator.comparingInt((ModelFamily family) -> rank(family.id()))
                .thenComparing(ModelFamily::id));
        Map<String, ModelFamily> byId = new LinkedHashMap<>();
        all.forEach(family -> byId.put(family.id(), family));
        given.forEach(family -> byId.put(family.id(), family));
        return byId;
    }

    /** The families that fit the task, the shape and the caller's wish. */
    static Chosen choose(Map<String, ModelFamily> found, List<String> wanted, DataShape shape) {
        for (String id : wanted) {
            if (!found.containsKey(id)) {
                throw new OptionException("There is no model family '%s'. Those on the class path are: %s."
                        .formatted(id, String.join(", ", found.keySet())));
            }
        }
        List<ModelFamily> chosen = new ArrayList<>();
        Map<String, String> reasons = new LinkedHashMap<>();
        for (ModelFamily family : found.values()) {
            Optional<String> unsuitable = family.unsuitable(shape);
            if (!wanted.isEmpty() && !wanted.contains(family.id())) {
                reasons.put(family.id(), "skipped: not among the families asked for");
            } else if (!family.supports(shape.task())) {
                reasons.put(family.id(), "skipped: it has no " + shape.task().kind());
            } else if (!family.obeys(shape.constraints())) {
                reasons.put(family.id(), "skipped: it keeps to no constraints such as these");
            } else if (wanted.isEmpty() && isReplaced(family, found, shape)) {
                reasons.put(
                        family.id(),
                        "skipped: " + family.standsInFor().orElseThrow() + " does the same and is available");
            } else if (unsuitable.isPresent()) {
                reasons.put(family.id(), "skipped: " + unsuitable.get());
            } else {
                chosen.add(family);
            }
        }
        return new Chosen(chosen, reasons);
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

    private static int rank(String id) {
        int rank = ORDER.indexOf(id);
        return rank < 0 ? ORDER.size() : rank;
    }
}
