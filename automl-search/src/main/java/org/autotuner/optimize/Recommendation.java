package org.autotuner.optimize;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;

/**
 * Which configuration of a study to use. Where values are noisy the lowest of many observations is mostly a lucky one:
 * then the trial with the best posterior mean under a Gaussian process is recommended, which weighs repeated and nearby
 * evaluations against one another (Picheny, Wagner, Ginsbourger: A Benchmark of Kriging-Based Infill Criteria for Noisy
 * Optimization, Structural and Multidisciplinary Optimization 48, 2013); but the best observation stays where the other
 * is better by less than three quarters of the deviation of their difference, nearly a toss-up. Without noise, and with
 * fewer than {@value #LEAST_TRIALS} completed trials, it is the trial with the best observation. Only what was evaluated is
 * recommended: the lowest posterior mean anywhere was measured to be truly worse. A rough function without noise can
 * look like a noisy one, unless two repetitions show that it is not. Immutable and thread-safe.
 *
 * @param observedBest the completed trial of the best value, the earliest among equals
 * @param trial the recommended one: of several trials of its configuration the first
 * @param expectedValue what the recommended configuration is expected to give, in the objective's unit: where values are
 *     noisy the posterior mean, taken back from the transformed unit in which it is a mean, so that it is rather a median
 *     where the noise is skewed; else the value observed
 * @param noiseDeviation about the standard deviation of a single value at the recommended configuration, in the
 *     objective's unit; 0 where the noise does not matter or cannot be told
 */
public record Recommendation(Trial observedBest, Trial trial, double expectedValue, double noiseDeviation) {

    /** Fewest completed trials to estimate noise from. */
    static final int LEAST_TRIALS = 10;

    /**
     * From trials in which lower values are better, such as those of a {@code StudyHistory}. A function of the space and
     * the trials alone. Trials that did not complete with a finite value say nothing; of several values the first counts.
     * Costs some tenths of a second at most, whatever the number of trials: of more than {@value Recommender#FITTED} the
     * process's parameters are fitted to an even sample, and of more than {@value Recommender#HELD} different
     * configurations it takes those that such a sample promises most of.
     *
     * @return empty if no trial completed
     */
    public static Optional<Recommendation> of(SearchSpace space, List<Trial> trials) {
        return of(space, trials, 1);
    }

    /** The same, from trials in which higher values are better. */
    public static Optional<Recommendation> ofMaximised(SearchSpace space, List<Trial> trials) {
        return of(space, trials, -1);
    }

    private static Optional<Recommendation> of(SearchSpace space, List<Trial> trials, int sign) {
        List<Trial> finite = trials.stream()
                .filter(trial -> trial.value().filter(Double::isFinite).isPresent())
                .sorted(Comparator.comparing(Trial::number))
                .toList();
        Optional<Trial> best = trials.stream()
                .filter(trial -> trial.value().isPresent())
                .min(Comparator.<Trial>comparingDouble(
                                trial -> sign * trial.value().orElseThrow())
                        .thenComparing(Trial::number));
        if (finite.size() >= LEAST_TRIALS && !space.parameters().isEmpty()) {
            Recommender recommender = new Recommender(
                    space,
                    finite.stream().map(Trial::configuration).toList(),
                    finite.stream()
                            .mapToDouble(trial -> sign * trial.value().orElseThrow())
                            .toArray(),
                    finite.indexOf(best.orElseThrow()));
            if (recommender.isNoisy()) {
                return best.map(observed -> new Recommendation(
                        observed,
                        finite.get(recommender.best()),
                        sign * recommender.expected(),
                        recommender.noiseDeviation()));
            }
        }
        return best.map(observed ->
                new Recommendation(observed, observed, observed.value().orElseThrow(), 0));
    }

    /** The recommended configuration. */
    public Configuration configuration() {
        return trial.configuration();
    }

    /** Whether another configuration is recommended than that of the best observation. */
    public boolean differs() {
        return !configuration().equals(observedBest.configuration());
    }

    /** Whether noise is estimated to matter, so that a value alone is not to be relied on. */
    public boolean isNoisy() {
        return noiseDeviation > 0;
    }

    @Override
    public String toString() {
        String observed =
                "observed best: %s with %s".formatted(observedBest.value().orElseThrow(), observedBest.configuration());
        return isNoisy()
                ? "recommended: %s expected of %s, noise %.3g; %s"
                        .formatted(expectedValue, configuration(), noiseDeviation, observed)
                : observed;
    }
}
