package org.autotuner.prepare;

/**
 * All options of a plan.
 *
 * @param codes whether low-cardinality categories become codes (trees only)
 * @param maxCodes largest number of levels that become codes
 * @param numberCodes whether whole numbers that behave like categories become codes, too
 * @param statistics whether all categories get target statistics
 * @param pairs whether pairs of categories get them
 * @param textCounts whether texts give simple counts beside their terms or topics
 * @param arithmetic whether telling sums, differences, products and ratios of two numbers are added (trees only)
 */
record PlanOptions(
        Model model,
        NumericEncoding numbers,
        boolean codes,
        int maxCodes,
        boolean numberCodes,
        boolean statistics,
        boolean pairs,
        boolean textCounts,
        boolean arithmetic) {

    /** Kind of model that the features are for. */
    enum Model {
        TREES,
        LINEAR,
        KERNELS,
        NETWORKS
    }

    String id() {
        return "%s(numbers=%s,codes=%s,statistics=%s%s%s)"
                .formatted(
                        model.name().toLowerCase(java.util.Locale.ROOT),
                        numbers.name().toLowerCase(java.util.Locale.ROOT),
                        codes ? maxCodes + (numberCodes ? "+numbers" : "") : "none",
                        pairs ? "pairs" : statistics ? "single" : "many-levels",
                        textCounts ? "" : ",text-counts=none",
                        arithmetic ? ",arithmetic" : "");
    }

    boolean isTrees() {
        return model == Model.TREES;
    }
}
