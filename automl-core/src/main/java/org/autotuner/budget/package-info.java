/** What the caller grants (time, memory, threads, trials) and the one deadline that every loop asks. Start with {@code Budget}. */
@NullMarked
package org.autotuner.budget;

import org.jspecify.annotations.NullMarked;
