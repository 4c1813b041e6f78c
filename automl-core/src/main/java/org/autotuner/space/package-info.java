/** Typed, conditional search spaces and their configurations. Start with {@code SearchSpace}. */
@NullMarked
package org.autotuner.space;

import org.jspecify.annotations.NullMarked;
