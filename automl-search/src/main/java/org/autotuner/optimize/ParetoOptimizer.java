package org.autotuner.optimize;

import org.autotuner.space.SearchSpace;
import org.autotuner.study.TrialOutcome;

/**
 * The default for several objectives and for limits: a mixture, since none is best everywhere. Up to
 * {@value #PROCESS_TRIALS} completed trials three of four proposals come from Gaussian processes over random weightings
 * ({@link ScalarizingOptimizer}) and one from {@link ParetoTpeOptimizer}; after that, where processes cost too much,
 * {@link Nsga2Optimizer} and {@link ParetoTpeOptimizer} take turns. A proposal costs some ten milliseconds up to then and
 * about one after. Immutable and thread-safe.
 */
public final class ParetoOptimizer implements Optimizer {

    private static final int PROCESS_TRIALS = 200;
    private static final int PERIOD = 4;
    private static final int POPULATION = 20;

    @Override
    public String name() {
        return "pareto";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        OptimizerSession process = new ScalarizingOptimizer().open(space, seed);
        OptimizerSession parzen = new ParetoTpeOptimizer().open(space, seed);
        OptimizerSession genetic =
                new Nsga2Optimizer().withPopulation(POPULATION).open(space, seed);
        return (number, history) -> {
            long completed = history.trials().stream()
                    .filter(trial -> trial.outcome() instanceof TrialOutcome.Completed)
                    .count();
            OptimizerSession few = number % PERIOD == PERIOD - 1 ? parzen : process;
            OptimizerSession many = number % 2 == 0 ? genetic : parzen;
            return (completed < PROCESS_TRIALS ? few : many).propose(number, history);
        };
    }
}
