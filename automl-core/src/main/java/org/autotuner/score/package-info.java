/** Plain-Java scorers: what a trained model needs at prediction time. Start with {@code Scorer}. */
@NullMarked
package org.autotuner.score;

import org.jspecify.annotations.NullMarked;
