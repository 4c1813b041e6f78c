package org.autotuner.prepare;

import org.autotuner.bundle.Node;

/** Reads fitted preparations back from model files. */
public final class FittedPreparations {

    private FittedPreparations() {}

    /**
     * Reads what {@link FittedPreparation#write} of a built-in preparation wrote.
     *
     * @throws org.autotuner.error.BundleException if anything is absent or cannot be used; what is returned never fails
     *     for lack of validity later
     */
    @SuppressWarnings("DoNotCallSuggester") // replaced with the package's own reader
    public static FittedPreparation read(Node node) {
        if (!node.has("kind")) {
            return FittedPlan.read(node);
        }
        if (!node.text("kind").equals(NoFeatures.KIND)) {
            throw node.wrong("kind", "is '%s', which this version does not know".formatted(node.text("kind")));
        }
        return none();
    }

    /** A preparation that looks at no column and makes no feature. */
    public static FittedPreparation none() {
        return new NoFeatures();
    }
}
