package org.autotuner.plan;

import java.util.List;
import java.util.Optional;

/**
 * Decides after each fold whether a trial goes on. After the first fold: the first trial of a family goes on unless it
 * is far from the best (it may be a partner in the ensemble); later ones must be near the best. After further folds:
 * the "forgiving" early stop of cross-validation (Bergman, Purucker, Hutter, arXiv 2405.03389): end a trial whose
 * running mean is worse than the best trial's worst fold.
 */
final class Screening {

    private static final double FIRST_OF_FAMILY = 0.6;
    private static final double LATER = 0.12;

    private Screening() {}

    /**
     * Whether the trial should go on.
     *
     * @param errors of its folds so far, the screening fold first
     * @param baseline error of the prior on the screening fold
     * @param known finished trials that this decision may know, best first
     */
    static boolean goesOn(String family, List<Double> errors, double baseline, List<FinishedTrial> known) {
        Optional<FinishedTrial> best = known.stream().findFirst();
        if (best.isEmpty() || best.get().foldErrors().isEmpty()) {
            return true;
        }
        List<Double> bestErrors = best.get().foldErrors();
        if (errors.size() == 1) {
            double gap = errors.get(0) - bestErrors.get(0);
            double range = Math.max(1e-12, baseline - bestErrors.get(0));
            boolean isFirst = known.stream().noneMatch(trial -> trial.family().equals(family));
            return gap <= (isFirst ? FIRST_OF_FAMILY : LATER) * range;
        }
        boolean isFirst = known.stream().noneMatch(trial -> trial.family().equals(family));
        double mean = errors.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double worst =
                bestErrors.stream().mapToDouble(Double::doubleValue).max().orElse(Double.POSITIVE_INFINITY);
        double bestMean =
                bestErrors.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double range = Math.max(1e-12, baseline - bestMean);
        return isFirst || mean <= Math.max(worst, bestMean + LATER * range);
    }
}
