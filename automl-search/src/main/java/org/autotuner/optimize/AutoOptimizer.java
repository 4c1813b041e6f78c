package org.autotuner.optimize;

import java.util.Optional;
import java.util.SplittableRandom;
import org.autotuner.optimize.ProcessSearch.Aim;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.StudyHistory;

/**
 * The default.
 */
public final class AutoOptimizer implements Optimizer {

    private static final int PROCESS_TRIALS = 250;

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        return new Session(new Encoding(space), seed);
    }

    private static final class Session implements OptimizerSession {

        private final long seed;
        private final Observations observations;
        private final SpaceFilling filling;
        private final Untried untried;
        private final ProcessSearch process;
        private final TpeOptimizer.Session tpe;
        private final CmaEs cmaEs;

        Session(Encoding encoding, long seed) {
            this.seed = seed;
            this.observations = new Observations(encoding);
            this.filling = new SpaceFilling(encoding, seed);
            this.untried = new Untried(encoding, seed);
            this.process = new ProcessSearch(encoding, untried);
            this.tpe = new TpeOptimizer.Session(encoding, seed);
            this.cmaEs = new CmaEs(encoding, seed, PROCESS_TRIALS);
        }

        @Override
        public Optional<Configuration> propose(int number, StudyHistory history) {
            observations.learn(history);
            double[] found = null;
            if (observations.completedCount() >= PROCESS_TRIALS) {
                found = number % 2 == 0 ? cmaEs.propose(number, observations) : null;
                if (found == null) {
                    return tpe.propose(number, history);
                }
            } else if (process.isReady(observations)) {
                int turn = number % (int) Tune.d("period", 8);
                if (turn == (int) Tune.d("tpeturn", 7)) {
                    return tpe.propose(number, history);
                }
                process.learn(observations);
                boolean isNear = turn % (int) Tune.d("trevery", 2) == 1;
                Aim aim = !isNear ? Aim.ANYWHERE : process.isNoisy() ? Aim.LEADER : Aim.NEARBY;
                SplittableRandom random = Random.of(seed, number);
                found = process.propose(aim, observations, random);
            }
            return untried.orNearby(found == null ? filling.point(number) : found, number, observations);
        }
    }
}
