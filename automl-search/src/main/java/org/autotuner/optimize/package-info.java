/** Optimizers propose configurations. Start with {@code Optimizer}. */
@NullMarked
package org.autotuner.optimize;

import org.jspecify.annotations.NullMarked;
