package org.autotuner.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * The families' shares of the trials, by what a trial of each is expected to add to the ensemble: its chance to add
 * something times the mean size of what it then adds, drawn by Thompson sampling (Thompson, Biometrika 25, 1933; Chapelle,
 * Li: An Empirical Evaluation of Thompson Sampling, NeurIPS 2011, also for the sharpening of beliefs where trials are few).
 * Before its own trials tell, a family is believed to add the less often the worse its best single model is. What was seen
 * counts less with each trial after it, the more so with those of the same family, since gains dry up and blends change:
 * a family that has ceased to add loses its share, but is tried again now and then. Used by one
 * thread.
 */
final class FamilyGains {

    /** What is left of all that was seen after one more trial of any family; half after 34. */
    private static final double KEPT = 0.98;

    /** What is left besides after one more trial of the same family; half after 7. */
    private static final double KEPT_OF_OWN = 0.9;

    /** What is left of the level of gains after one more gain. */
    private static final double LEVEL_KEPT = 0.8;

    /** The largest size of a gain in units of the level, so that one trial does not decide for long. */
    private static final double LARGEST = 4;

    /** How many trials the belief before the first one counts as. */
    private static final double PRIOR = 3;

    /** A family's chance before its trials tell, as a share of that of the one whose best model is next better. */
    private static final double NEXT_BETTER = 0.7;

    /** Every trial counts as so many, or ten families would use up a study's few trials for being explored. */
    private static final double SHARPENED = 2;

    /** Share of the trials that all families have in equal parts, whatever was seen. */
    private static final double EVEN = 0.05;

    /**
     * A family whose trials take four times as long as the mean must promise twice as much: only the root, since gains per
     * trial fall, and many quick trials of one family are no substitute for one of another.
     */
    private static final double COST_EXPONENT = 0.5;

    private static final class Tally {
        private double trials;
        private double gains;
        private double sizes;
        private double seconds;

        private void keep(double share) {
            trials *= share;
            gains *= share;
            sizes *= share;
            seconds *= share;
        }
    }

    private final boolean isTimed;
    private final Map<String, Tally> tallies = new HashMap<>();
    private final Tally all = new Tally();

    /** Over the weight the logarithm of the geometric mean of recent gains; early ones are large whoever makes them. */
    private double logLevel;

    private double levelWeight;

    /** @param isTimed whether gains count by the time that they take; else no seconds enter */
    FamilyGains(boolean isTimed) {
        this.isTimed = isTimed;
    }

    /**
     * Notes a trial.
     *
     * @param gain relative fall of the ensemble's error, 0 if none
     */
    void add(String family, double gain, double seconds) {
        double size = 0;
        if (gain > 0) {
            logLevel = LEVEL_KEPT * logLevel + Math.log(gain);
            levelWeight = LEVEL_KEPT * levelWeight + 1;
            size = Math.min(LARGEST, gain / Math.exp(logLevel / levelWeight));
        }
        tallies.values().forEach(tally -> tally.keep(KEPT));
        all.keep(KEPT);
        Tally own = tallies.computeIfAbsent(family, id -> new Tally());
        own.keep(KEPT_OF_OWN);
        for (Tally tally : List.of(own, all)) {
            tally.trials++;
            tally.gains += gain > 0 ? 1 : 0;
            tally.sizes += size;
            tally.seconds += seconds;
        }
    }

    /**
     * The family of the next trial.
     *
     * @param families at least one, that with the best single model first
     */
    String draw(List<String> families, SplittableRandom random) {
        if (random.nextDouble() < EVEN) {
            return families.get(random.nextInt(families.size()));
        }
        double rate = (all.gains + 1) / (all.trials + 2);
        double first = families.size() * (1 - NEXT_BETTER) / (1 - Math.pow(NEXT_BETTER, families.size()));
        String drawn = families.get(0);
        double highest = Double.NEGATIVE_INFINITY;
        for (int rank = 0; rank < families.size(); rank++) {
            Tally tally = tallies.getOrDefault(families.get(rank), new Tally());
            double prior = Math.min(0.9, Math.max(0.02, rate * first * Math.pow(NEXT_BETTER, rank)));
            BetaDistribution belief = new BetaDistribution(
                    null,
                    SHARPENED * (PRIOR * prior + tally.gains),
                    SHARPENED * (PRIOR * (1 - prior) + tally.trials - tally.gains));
            double chance = belief.inverseCumulativeProbability(random.nextDouble());
            double size = (PRIOR + tally.sizes) / (PRIOR + tally.gains); // the mean of all is about 1
            double worth = chance * size * Math.pow(cost(tally), -COST_EXPONENT);
            if (worth > highest) {
                highest = worth;
                drawn = families.get(rank);
            }
        }
        return drawn;
    }

    /** Expected time of a trial as a multiple of the mean; 1 where time does not count. */
    private double cost(Tally tally) {
        if (!isTimed || !(all.seconds > 0)) {
            return 1;
        }
        double mean = all.seconds / all.trials;
        return (tally.seconds / mean + 1) / (tally.trials + 1);
    }
}
