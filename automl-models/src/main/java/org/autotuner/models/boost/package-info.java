/** Boosted trees: native libraries train, and what they learned becomes plain-Java tree ensembles at once. */
@NullMarked
package org.autotuner.models.boost;

import org.jspecify.annotations.NullMarked;
