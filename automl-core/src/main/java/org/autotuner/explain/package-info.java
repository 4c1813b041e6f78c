/** What moved a prediction and what matters overall. Start with {@code PermutationImportance}. */
@NullMarked
package org.autotuner.explain;

import org.jspecify.annotations.NullMarked;
