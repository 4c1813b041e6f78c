package org.autotuner.prepare;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * All options of a plan.
 *
 * @param maxCodes largest number of levels that become codes (trees and networks only); 0 for none
 */
record PlanOptions(Model model, NumericEncoding numbers, int maxCodes, Set<Extra> extras) {

    /** Kind of model that the features are for. */
    enum Model {
        TREES,
        LINEAR,
        KERNELS,
        NETWORKS
    }

    /** What may be added. */
    enum Extra {
        /** Codes of whole numbers that behave like categories. */
        NUMBER_CODES,
        /** Target statistics of all categories. */
        STATISTICS,
        /** Target statistics of pairs of categories. */
        PAIRS,
        /** Simple counts of texts beside their terms or topics. */
        TEXT_COUNTS,
        /** Telling sums, differences, products and ratios of two numbers (trees only). */
        ARITHMETIC
    }

    PlanOptions {
        extras = Set.copyOf(extras);
    }

    /** What a kind of model has by default. */
    static PlanOptions of(Model model, NumericEncoding numbers, int maxCodes) {
        return new PlanOptions(model, numbers, maxCodes, Set.of(Extra.TEXT_COUNTS));
    }

    PlanOptions with(Extra extra, boolean wanted) {
        EnumSet<Extra> changed = EnumSet.noneOf(Extra.class);
        changed.addAll(extras);
        if (wanted) {
            changed.add(extra);
        } else {
            changed.remove(extra);
        }
        return new PlanOptions(model, numbers, maxCodes, changed);
    }

    PlanOptions withNumbers(NumericEncoding given) {
        return new PlanOptions(model, given, maxCodes, extras);
    }

    PlanOptions withMaxCodes(int given) {
        return new PlanOptions(model, numbers, given, extras);
    }

    boolean codes() {
        return maxCodes > 0;
    }

    boolean has(Extra extra) {
        return extras.contains(extra);
    }

    String id() {
        return "%s(numbers=%s,codes=%s,statistics=%s%s%s)"
                .formatted(
                        model.name().toLowerCase(Locale.ROOT),
                        numbers.name().toLowerCase(Locale.ROOT),
                        codes() ? maxCodes + (has(Extra.NUMBER_CODES) ? "+numbers" : "") : "none",
                        has(Extra.PAIRS) ? "pairs" : has(Extra.STATISTICS) ? "single" : "many-levels",
                        has(Extra.TEXT_COUNTS) ? "" : ",text-counts=none",
                        has(Extra.ARITHMETIC) ? ",arithmetic" : "");
    }

    boolean isTrees() {
        return model == Model.TREES;
    }
}
