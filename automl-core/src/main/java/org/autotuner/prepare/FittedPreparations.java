package org.autotuner.prepare;

import java.util.function.Function;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;

/** Reads fitted preparations back from model files. */
public final class FittedPreparations {

    private FittedPreparations() {}

    /**
     * Reads what {@link FittedPreparation#write} of a built-in preparation wrote that needs no encoder of texts.
     *
     * @throws org.autotuner.error.BundleException if anything is absent or cannot be used; what is returned never fails
     *     for lack of validity later
     */
    @SuppressWarnings("DoNotCallSuggester") // replaced with the package's own reader
    public static FittedPreparation read(Node node) {
        return read(node, id -> {
            throw new BundleException(
                    "The preparation needs the encoder of texts '%s', which is not there. Read it with its model."
                            .formatted(id));
        });
    }

    /**
     * Reads what {@link FittedPreparation#write} of a built-in preparation wrote.
     *
     * @param encoders gives the encoder of an id, or throws
     * @throws org.autotuner.error.BundleException if anything is absent or cannot be used
     */
    public static FittedPreparation read(Node node, Function<String, TextEncoder> encoders) {
        if (!node.has("kind")) {
            return FittedPlan.read(node);
        }
        switch (node.text("kind")) {
            case NoFeatures.KIND:
                return none();
            case FittedSentences.KIND:
                return FittedSentences.read(node, encoders);
            default:
                throw node.wrong("kind", "is '%s', which this version does not know".formatted(node.text("kind")));
        }
    }

    /** A preparation that looks at no column and makes no feature. */
    public static FittedPreparation none() {
        return new NoFeatures();
    }
}
