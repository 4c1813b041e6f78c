package org.autotuner.prepare;

/**
 * All options of a plan.
 *
 * @param codes whether low-cardinality categories become codes (trees only)
 * @param maxCodes largest number of levels that become codes
 * @param statistics whether all categories get target statistics
 * @param pairs whether pairs of categories get them
 */
record PlanOptions(
        Model model, NumericEncoding numbers, boolean codes, int maxCodes, boolean statistics, boolean pairs) {

    static final int ALL_CODES = Integer.MAX_VALUE;

    /** Kind of model that the features are for. */
    enum Model {
        TREES,
        LINEAR,
        KERNELS,
        NETWORKS
    }

    String id() {
        return "%s(numbers=%s,codes=%s,statistics=%s)"
                .formatted(
                        model.name().toLowerCase(java.util.Locale.ROOT),
                        numbers.name().toLowerCase(java.util.Locale.ROOT),
                        codes ? maxCodes : "none",
                        pairs ? "pairs" : statistics ? "single" : "many-levels");
    }

    /** Whether what is a category, or behaves like one, becomes codes however many levels it has. */
    boolean isAllCodes() {
        return codes && maxCodes == ALL_CODES;
    }

    boolean isTrees() {
        return model == Model.TREES;
    }
}
