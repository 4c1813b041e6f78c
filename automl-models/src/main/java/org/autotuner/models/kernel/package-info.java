/** Families that compare rows with rows: support vector machines and nearest neighbours. Start with {@code SvmFamily}. */
@NullMarked
package org.autotuner.models.kernel;

import org.jspecify.annotations.NullMarked;
