/** Linear families and the prior: quick, small, and the first models of every search. Start with {@code LinearFamily}. */
@NullMarked
package org.autotuner.models.linear;

import org.jspecify.annotations.NullMarked;
