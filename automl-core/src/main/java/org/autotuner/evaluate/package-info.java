/** Metrics with intervals, confusion matrix, curves, leaderboard and quality gates. Start with {@code Evaluation}. */
@NullMarked
package org.autotuner.evaluate;

import org.jspecify.annotations.NullMarked;
