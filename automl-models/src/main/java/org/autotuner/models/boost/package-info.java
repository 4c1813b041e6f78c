/**
 * Boosted trees by native libraries, driven round by round: LightGBM and XGBoost. What they learn is converted to
 * {@code TreeEnsemble}; their memory is freed at the end of each fit. Start with {@code LightGbmFamily}. All native
 * calls go through {@code LightGbmTraining} and its sibling for XGBoost, which check what the libraries do not.
 */
@NullMarked
package org.autotuner.models.boost;

import org.jspecify.annotations.NullMarked;
