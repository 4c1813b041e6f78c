/** Weights that were trained elsewhere, read from files. For families of several packages. */
@NullMarked
package org.autotuner.models.weights;

import org.jspecify.annotations.NullMarked;
