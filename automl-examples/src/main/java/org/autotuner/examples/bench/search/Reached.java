package org.autotuner.examples.bench.search;

import java.util.List;
import java.util.Optional;

/**
 * What an optimizer reached on one objective with all seeds, next to what others did.
 *
 * @param random regrets of random search
 * @param rival regrets of the sampler to beat, or empty where they are not known
 */
public record Reached(String objective, int budget, List<Double> regrets, List<Double> random, List<Double> rival) {

    public Reached {
        regrets = List.copyOf(regrets);
        random = List.copyOf(random);
        rival = List.copyOf(rival);
    }

    /** Median regret over that of random search: 0 is the optimum, 1 is no better than random; at most 2. */
    public double normalised() {
        return Comparison.normalised(regrets, random);
    }

    /** Probability to beat the rival with seeds drawn at random. */
    public Optional<Double> win() {
        return rival.isEmpty() ? Optional.empty() : Optional.of(Comparison.win(regrets, rival));
    }

    @Override
    public String toString() {
        return "%s after %d: median %.4g, random %.4g, ratio %.3f, win %s"
                .formatted(
                        objective,
                        budget,
                        Median.of(regrets),
                        Median.of(random),
                        normalised(),
                        win().map("%.3f"::formatted).orElse("-"));
    }
}
