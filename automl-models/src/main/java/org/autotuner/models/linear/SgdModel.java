package org.autotuner.models.linear;

import org.autotuner.score.Scorer;
import org.tribuo.math.FeedForwardParameters;

/** Parameters of Tribuo that are being trained, and how they become a scorer. Not thread-safe. */
interface SgdModel {

    FeedForwardParameters parameters();

    /** Whether rows end with a one, whose weight is the bias. */
    boolean biasIsFeature();

    /** A copy of the parameters as they are now. */
    Scorer scorer();
}
