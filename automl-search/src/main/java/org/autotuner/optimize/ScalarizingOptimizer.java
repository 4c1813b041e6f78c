package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autotuner.optimize.ParetoPopulation.Member;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;

/**
 * Several objectives by an optimizer of one: each proposal is the one that it makes for another random weighting of the
 * objectives, by the augmented Chebyshev distance from the best values (Knowles: ParEGO, IEEE TEC 10, 2006). Trials that
 * break constraints count as worse than all that keep them, by how far they break them. Immutable and thread-safe.
 */
public final class ScalarizingOptimizer implements Optimizer {

    private static final double AUGMENTATION = 0.05;

    private final Optimizer inner;

    /** By Gaussian processes. */
    public ScalarizingOptimizer() {
        this(new GaussianProcessOptimizer());
    }

    public ScalarizingOptimizer(Optimizer inner) {
        this.inner = inner;
    }

    @Override
    public String name() {
        return "parego";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        Observations observations = new Observations(new Encoding(space));
        return (number, history) -> {
            observations.learn(history);
            Map<Integer, Double> scalars =
                    scalars(ParetoPopulation.of(history, observations), Random.of(~seed, number));
            List<Trial> seen = new ArrayList<>();
            for (Trial trial : history.trials()) {
                Double scalar = scalars.get(trial.number());
                TrialOutcome outcome = trial.outcome();
                if (scalar != null && outcome != null) {
                    seen.add(trial.withOutcome(new TrialOutcome.Completed(scalar, outcome.seconds())));
                } else if (outcome instanceof TrialOutcome.Completed) {
                    seen.add(trial.withOutcome(new TrialOutcome.Failed("infinite", outcome.seconds())));
                } else {
                    seen.add(trial);
                }
            }
            return inner.open(space, seed).propose(number, TrialHistory.of(seen));
        };
    }

    private static Map<Integer, Double> scalars(ParetoPopulation population, SplittableRandom random) {
        Map<Integer, Double> scalars = new HashMap<>();
        List<Member> feasible = population.members().stream()
                .filter(member -> member.violation() == 0)
                .toList();
        double worst = 0;
        if (!feasible.isEmpty()) {
            List<Member> front = population.fronts(1).get(0);
            double[] weights = weights(front.get(0).values().length, random);
            double[] low = new double[weights.length];
            double[] range = new double[weights.length];
            for (int i = 0; i < weights.length; i++) {
                int at = i;
                low[i] = front.stream()
                        .mapToDouble(one -> one.values()[at])
                        .min()
                        .orElse(0);
                double high = front.stream()
                        .mapToDouble(one -> one.values()[at])
                        .max()
                        .orElse(0);
                if (high == low[i]) {
                    high = feasible.stream()
                            .mapToDouble(one -> one.values()[at])
                            .max()
                            .orElse(0);
                }
                range[i] = high > low[i] ? high - low[i] : 1;
            }
            for (Member member : feasible) {
                double scalar = chebyshev(member.values(), low, range, weights);
                scalars.put(member.number(), scalar);
                worst = Math.max(worst, scalar);
            }
        }
        for (Member member : population.members()) {
            if (member.violation() > 0) {
                scalars.put(member.number(), worst + Math.min(1e6, member.violation()));
            }
        }
        return scalars;
    }

    private static double chebyshev(double[] values, double[] low, double[] range, double[] weights) {
        double most = 0;
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double term = weights[i] * (values[i] - low[i]) / range[i];
            most = Math.max(most, term);
            sum += term;
        }
        return most + AUGMENTATION * sum;
    }

    /** Even over the simplex. */
    private static double[] weights(int count, SplittableRandom random) {
        double[] weights = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            weights[i] = -Math.log(1 - random.nextDouble());
            sum += weights[i];
        }
        for (int i = 0; i < count; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
