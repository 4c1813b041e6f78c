/** Weights over out-of-fold predictions. Start with {@code Ensembler}. */
@NullMarked
package org.autotuner.ensemble;

import org.jspecify.annotations.NullMarked;
