/** What came out of a model: class probabilities, real values, quantiles. Start with {@code Predictions}. */
@NullMarked
package org.autotuner.predict;

import org.jspecify.annotations.NullMarked;
