/** How good predictions are. Start with {@code Metrics}. */
@NullMarked
package org.autotuner.metric;

import org.jspecify.annotations.NullMarked;
