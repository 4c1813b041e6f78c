/** Turns table columns into numeric features; fitted on training rows only. Start with {@code Preparation}. */
@NullMarked
package org.autotuner.prepare;

import org.jspecify.annotations.NullMarked;
