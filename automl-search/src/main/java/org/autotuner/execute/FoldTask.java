package org.autotuner.execute;

import org.autotuner.space.Configuration;

/**
 * One unit of work, as data: fit one configuration on one fold.
 *
 * @param trial number of the trial, part of the seed
 * @param fold index into the study's folds
 * @param adapt whether the family may adapt the configuration to {@code secondsShare} first
 * @param secondsShare seconds that this fit should take; infinite in a trial budget
 * @param limitSeconds seconds, counted from the end of the preparation, after which the fit must return what it has;
 *     infinite in a trial budget
 */
public record FoldTask(
        int trial,
        int fold,
        String family,
        Configuration configuration,
        boolean adapt,
        double secondsShare,
        double limitSeconds) {}
