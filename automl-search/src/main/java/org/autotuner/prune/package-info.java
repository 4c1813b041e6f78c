/** Pruners stop unpromising trials. Start with {@code Pruner}. */
@NullMarked
package org.autotuner.prune;

import org.jspecify.annotations.NullMarked;
