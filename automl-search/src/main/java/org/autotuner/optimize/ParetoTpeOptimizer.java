package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autotuner.optimize.ParetoPopulation.Member;
import org.autotuner.space.SearchSpace;

/**
 * The tree-structured Parzen estimator for several objectives (Ozaki and others: Multiobjective Tree-Structured Parzen
 * Estimator for Computationally Expensive Optimization Problems, GECCO 2020, and JAIR 73, 2022): the good trials are the
 * first ones by rank, of the last rank those that add most hypervolume, and they weigh by what they contribute to it.
 * Constraints as in NSGA-II: trials that keep them all come first, the others by how far they break them. The rest as in
 * {@link TpeOptimizer}. With one objective it is that one with constraints. Immutable and thread-safe.
 */
public final class ParetoTpeOptimizer implements Optimizer {

    private static final int START = 10;
    private static final double GOOD_SHARE = 0.15;
    private static final int FEWEST_GOOD = 6;
    private static final int MOST_GOOD = 25;
    /** A member of the front that adds no hypervolume still weighs so much of the one that adds most. */
    private static final double LEAST_WEIGHT = 0.05;

    @Override
    public String name() {
        return "motpe";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        return VectorSession.open(space, seed, parts -> {
            ParzenSearch parzen = new ParzenSearch(parts.encoding(), parts.untried());
            return (number, history) -> {
                ParetoPopulation population = ParetoPopulation.of(history, parts.observations());
                if (population.members().size() < START || parts.encoding().size() == 0) {
                    return null;
                }
                List<Member> good = good(population);
                List<double[]> bad = new ArrayList<>(population.members().stream()
                        .filter(member -> !good.contains(member))
                        .map(Member::vector)
                        .toList());
                bad.addAll(population.others());
                return parzen.propose(
                        good.stream().map(Member::vector).toList(),
                        weights(good),
                        bad,
                        parts.observations(),
                        Random.of(seed, number));
            };
        });
    }

    private static List<Member> good(ParetoPopulation population) {
        int size = population.members().size();
        int count = (int) Math.min(MOST_GOOD, Math.max(FEWEST_GOOD, Math.ceil(GOOD_SHARE * size)));
        List<Member> good = new ArrayList<>();
        for (List<Member> front : population.fronts(count)) {
            int left = count - good.size();
            good.addAll(front.size() <= left ? front : HypervolumeSubset.of(front, left));
            if (good.size() >= count) {
                break;
            }
        }
        return good;
    }

    /** By what each adds to the hypervolume of the good ones that keep the constraints; sums to 1. */
    private static double[] weights(List<Member> good) {
        double[] weights = new double[good.size()];
        double[] added = HypervolumeSubset.contributions(good);
        double most = Math.max(Double.MIN_NORMAL, Arrays.stream(added).max().orElse(0));
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.max(LEAST_WEIGHT, Math.min(1, added[i] / most));
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
