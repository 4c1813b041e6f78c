/** The facade: {@code AutoTuner.fit} and {@code AutoTuner.minimize}, {@code Study}, {@code FitJob}, {@code FitReport}. */
@NullMarked
package org.autotuner;

import org.jspecify.annotations.NullMarked;
