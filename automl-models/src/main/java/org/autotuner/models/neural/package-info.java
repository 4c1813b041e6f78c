/**
 * Networks for tables: partners of boosted trees in an ensemble, since they err elsewhere. Trained by scripts of package
 * {@code torch}, predicting in plain Java.
 */
@NullMarked
package org.autotuner.models.neural;

import org.jspecify.annotations.NullMarked;
