package org.autotuner.study;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.autotuner.space.Configuration;

/**
 * Stops when what could still be gained is less than the noise of the values, so that further trials would choose by
 * luck: the criterion of Makarova and others (Automatic Termination for Hyperparameter Optimization, AutoML 2022).
 *
 * <p>The gain is bounded without a model, by order statistics (de Haan: Estimation of the Minimum of a Function Using
 * Order Statistics, JASA 76, 1981). Near a smooth minimum in d dimensions the share of configurations with a value below
 * the minimum + g grows as {@code g^(d/2)}. Of n values drawn there, sorted as y1, y2, ..., the gain y1 - minimum is with
 * probability p at most {@code (yk - y1) * q / (1 - q)}, where {@code q = (1 - (1 - p)^(1/(k - 1)))^(2/d)}. Here k is the
 * larger of 5 and a tenth of n, and p is 0.95. An optimizer draws more densely where values are low; the bound is then
 * one for the region that it has narrowed the search to.
 *
 * @param dimensions number of parameters that matter, at least 1; more of them make the bound wider
 * @param minimumTrials number of different completed configurations before which it never stops, at least 10
 * @param noise standard error of one value, from the history; empty while it is unknown, which never stops
 */
public record ImprovementBelowNoise(int dimensions, int minimumTrials, Function<StudyHistory, OptionalDouble> noise)
        implements StopRule {

    private static final double CONFIDENCE = 0.95;
    private static final int TRIALS = 30;

    public ImprovementBelowNoise {
        if (dimensions < 1 || minimumTrials < 10) {
            throw new IllegalArgumentException(
                    "dimensions must be at least 1 and minimumTrials at least 10, but were %d and %d."
                            .formatted(dimensions, minimumTrials));
        }
    }

    /** With a known standard error of a value, such as that of an accuracy on n rows: {@code sqrt(p (1 - p) / n)}. */
    public static ImprovementBelowNoise of(int dimensions, double noise) {
        if (!(noise > 0)) {
            throw new IllegalArgumentException("noise must be above 0, but was %s.".formatted(noise));
        }
        return new ImprovementBelowNoise(dimensions, TRIALS, history -> OptionalDouble.of(noise));
    }

    /**
     * For cross-validation with one report per fold. The standard error is that of the best trial's mean over its k folds,
     * with the correction for training sets that overlap (Nadeau and Bengio: Inference for the Generalization Error, 2003):
     * {@code sqrt((1/k + 1/(k - 1)) * variance)}.
     */
    public static ImprovementBelowNoise ofFolds(int dimensions) {
        return new ImprovementBelowNoise(dimensions, TRIALS, ImprovementBelowNoise::errorOfFolds);
    }

    /** For objectives with random results: the standard deviation of the values that one configuration had, pooled. */
    public static ImprovementBelowNoise ofRepeats(int dimensions) {
        return new ImprovementBelowNoise(dimensions, TRIALS, ImprovementBelowNoise::errorOfRepeats);
    }

    @Override
    public boolean shouldStop(StudyHistory history) {
        OptionalDouble gain = possibleGain(history);
        OptionalDouble error = gain.isEmpty() ? OptionalDouble.empty() : noise.apply(history);
        return error.isPresent() && gain.getAsDouble() < error.getAsDouble();
    }

    /** What the best value could still be improved by, with a probability of 0.95; empty before the minimum of trials. */
    public OptionalDouble possibleGain(StudyHistory history) {
        List<Double> values = byConfiguration(history).values().stream()
                .map(same ->
                        same.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
                .sorted()
                .toList();
        if (values.size() < minimumTrials) {
            return OptionalDouble.empty();
        }
        int k = Math.max(5, values.size() / 10);
        double share = 1 - Math.pow(1 - CONFIDENCE, 1.0 / (k - 1));
        double q = Math.pow(share, 2.0 / dimensions);
        return OptionalDouble.of((values.get(k - 1) - values.get(0)) * q / (1 - q));
    }

    private static Map<Configuration, List<Double>> byConfiguration(StudyHistory history) {
        return history.trials().stream()
                .filter(trial -> trial.value().filter(Double::isFinite).isPresent())
                .collect(Collectors.groupingBy(
                        Trial::configuration,
                        LinkedHashMap::new,
                        Collectors.mapping(trial -> trial.value().orElseThrow(), Collectors.toList())));
    }

    private static OptionalDouble errorOfFolds(StudyHistory history) {
        List<Double> folds = history.best().map(Trial::reports).orElse(List.of()).stream()
                .map(Trial.Report::value)
                .toList();
        if (folds.size() < 2 || !folds.stream().allMatch(Double::isFinite)) {
            return OptionalDouble.empty();
        }
        double k = folds.size();
        return OptionalDouble.of(Math.sqrt((1 / k + 1 / (k - 1)) * squares(folds) / (k - 1)));
    }

    private static OptionalDouble errorOfRepeats(StudyHistory history) {
        Collection<List<Double>> groups = byConfiguration(history).values();
        int freedom = groups.stream().mapToInt(same -> same.size() - 1).sum();
        double squares =
                groups.stream().mapToDouble(ImprovementBelowNoise::squares).sum();
        return freedom == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squares / freedom));
    }

    /** Sum of squared deviations from the mean. */
    private static double squares(List<Double> values) {
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
    }
}
