package org.autotuner.optimize;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.autotuner.optimize.Observations.Observation;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.StudyHistory;

/** Gaussian process. */
public final class GaussianProcessOptimizer implements Optimizer {

    @Override
    public String name() {
        return "gp";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        return new Session(new Encoding(space), seed);
    }

    private static final class Session implements OptimizerSession {

        private final Encoding encoding;
        private final long seed;
        private final Observations observations;
        private final SpaceFilling filling;
        private final Untried untried;
        private final Surrogate surrogate;

        Session(Encoding encoding, long seed) {
            this.encoding = encoding;
            this.seed = seed;
            this.observations = new Observations(encoding);
            this.filling = new SpaceFilling(encoding, seed);
            this.untried = new Untried(encoding, seed);
            this.surrogate = new Surrogate(encoding);
        }

        @Override
        public Optional<Configuration> propose(int number, StudyHistory history) {
            observations.learn(history);
            return untried.orNearby(vector(number), number, observations);
        }

        private double[] vector(int number) {
            if (observations.completedCount() < Tune.d("gpstart", 8) || encoding.size() == 0) {
                return filling.point(number);
            }
            SplittableRandom random = Random.of(seed, number);
            surrogate.learn(observations);
            double[] low = new double[encoding.size()];
            double[] high = new double[encoding.size()];
            Arrays.fill(high, 1);
            List<double[]> leaders = observations.completed().stream()
                    .sorted(Comparator.comparingDouble(Observation::value))
                    .limit(5)
                    .map(Observation::vector)
                    .toList();
            double mode = Tune.d("tr", 0);
            if (mode > 0 && number % 2 == 1) {
                double side = Tune.d("side", 0.2);
                double[] centre = leaders.get(0);
                for (int d = 0; d < low.length; d++) {
                    double at = Double.isNaN(centre[d]) ? 0.5 : centre[d];
                    low[d] = Math.max(0, at - side);
                    high[d] = Math.min(1, at + side);
                }
            }
            Acquisition acquisition = new Acquisition(
                    encoding,
                    surrogate.process(),
                    surrogate.incumbent(),
                    vector -> !untried.isFinite() || !observations.isTried(encoding.decode(vector)),
                    low,
                    high);
            double[] found = acquisition.best(leaders, (int) Tune.d("even", 200), (int) Tune.d("near", 100), random);
            return found == null ? filling.point(number) : found;
        }
    }
}
