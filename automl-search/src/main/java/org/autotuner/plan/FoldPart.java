package org.autotuner.plan;

import org.autotuner.prepare.FittedPreparation;
import org.autotuner.score.Scorer;

/**
 * One fold's model as it would be delivered.
 *
 * @param steps number of rounds or epochs it was cut to; 0 for families without steps
 */
record FoldPart(FittedPreparation preparation, Scorer scorer, int steps) {}
