/** Runs trials fold by fold, here or elsewhere. Start with {@code TrialRunner}. */
@NullMarked
package org.autotuner.execute;

import org.jspecify.annotations.NullMarked;
