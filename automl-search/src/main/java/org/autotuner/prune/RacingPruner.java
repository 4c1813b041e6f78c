package org.autotuner.prune;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/**
 * Ends a trial when it is unlikely to overtake the best completed trial on the folds that are left: a race with paired
 * differences (Maron, Moore: Hoeffding Races, NIPS 1993; Birattari and others: A Racing Algorithm for Configuring
 * Metaheuristics, GECCO 2002). A fold that is hard is hard for both, so their difference on it tells more than either.
 *
 * <p>After n of k folds the difference of the two means is known but for the folds that are left, with the deviation
 * {@code s * sqrt((k - n) / (n * k))}, where s is the deviation of a difference on one fold: that of the median completed
 * trial from the best one, and as long as there is one only, that of its own folds from each other, which is more. A
 * trial is ended when its mean difference is more than so many of these deviations above 0, or when it does the very same as
 * the best, as another configuration of the same model does.
 *
 * @param deviations 0 ends each trial that is behind; 1, the default, those that would overtake the best in about one of six
 *     cases; at least 0
 * @param hasRunningMeans false where one value per fold is reported; true where, after each fold, the mean of all folds
 *     so far is reported, as a fit of a table does
 */
public record RacingPruner(double deviations, boolean hasRunningMeans) implements Pruner {

    public RacingPruner {
        if (!(deviations >= 0)) {
            throw new IllegalArgumentException("deviations must be at least 0, but was %s.".formatted(deviations));
        }
    }

    /** For objectives that report one value per fold. */
    public RacingPruner(double deviations) {
        this(deviations, false);
    }

    /** One deviation. */
    public RacingPruner() {
        this(1);
    }

    @Override
    public String name() {
        return "racing";
    }

    @Override
    public RacingPruner forRunningMeans() {
        return new RacingPruner(deviations, true);
    }

    @Override
    public boolean shouldPrune(Trial trial, StudyHistory history) {
        double[] own = folds(trial);
        return own.length > 0
                && race(history)
                        .filter(race -> own.length < race.best.length)
                        .filter(race -> race.isSameAsBest(own) || !(race.behind(own) <= deviations))
                        .isPresent();
    }

    private Optional<Race> race(StudyHistory history) {
        List<Trial> completed = history.trials().stream()
                .filter(other -> other.value().isPresent() && !other.reports().isEmpty())
                .sorted(Comparator.comparing((Trial other) -> other.value().orElseThrow())
                        .thenComparing(Trial::number))
                .toList();
        if (completed.isEmpty()) {
            return Optional.empty();
        }
        double[] best = folds(completed.get(0));
        double[] others = completed.stream()
                .skip(1)
                .map(this::folds)
                .filter(folds -> folds.length == best.length)
                .mapToDouble(folds -> deviation(differences(folds, best)))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return Optional.of(new Race(best, others.length == 0 ? deviation(best) : others[(others.length - 1) / 2]));
    }

    private double[] folds(Trial trial) {
        return Reports.folds(trial, hasRunningMeans);
    }

    /**
     * What a trial runs against.
     *
     * @param best folds of the best completed trial
     * @param deviation how far the difference on a fold is from the mean one
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Race(double[] best, double deviation) {

        /** The mean difference from the best, in deviations of what the folds that are left may change. */
        double behind(double[] own) {
            double mean = mean(differences(own, best));
            double unit = deviation * Math.sqrt((best.length - own.length) / (double) (own.length * best.length));
            return mean == 0 ? 0 : mean / unit;
        }

        /** Another configuration of the same model; one equal fold may be chance where errors are counted. */
        boolean isSameAsBest(double[] own) {
            return own.length > 1 && Arrays.stream(differences(own, best)).allMatch(difference -> difference == 0);
        }
    }

    private static double[] differences(double[] of, double[] to) {
        double[] differences = new double[Math.min(of.length, to.length)];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = of[i] - to[i];
        }
        return differences;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / Math.max(1, values.length - 1));
    }
}
