package org.autotuner.testkit;

import org.autotuner.optimize.AutoOptimizer;
import org.autotuner.optimize.CmaEsOptimizer;
import org.autotuner.optimize.GaussianProcessOptimizer;
import org.autotuner.optimize.GridOptimizer;
import org.autotuner.optimize.LocalSearchOptimizer;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.QuasiRandomOptimizer;
import org.autotuner.optimize.RandomOptimizer;
import org.autotuner.optimize.StartingPoints;
import org.autotuner.optimize.TpeOptimizer;
import org.junit.jupiter.api.Nested;

class BuiltInOptimizersTest {

    @Nested
    class Random extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new RandomOptimizer();
        }
    }

    @Nested
    class Grid extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new GridOptimizer();
        }

        /** At its first point: the seed plays no part. */
        @Override
        protected boolean startsAtRandom() {
            return false;
        }
    }

    @Nested
    class Sobol extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new QuasiRandomOptimizer();
        }
    }

    @Nested
    class Tpe extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new TpeOptimizer();
        }
    }

    @Nested
    class GaussianProcess extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new GaussianProcessOptimizer();
        }
    }

    @Nested
    class CmaEs extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new CmaEsOptimizer();
        }
    }

    @Nested
    class Local extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new LocalSearchOptimizer();
        }

        /** At the defaults, which should be cheap. */
        @Override
        protected boolean startsAtRandom() {
            return false;
        }
    }

    @Nested
    class Auto extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new AutoOptimizer();
        }
    }

    @Nested
    class AutoAfterStartingPoints extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new AutoOptimizer().afterStartingPoints(0);
        }
    }

    @Nested
    class WithoutStartingPoints extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new StartingPoints(new RandomOptimizer(), java.util.List.of());
        }

        @Override
        protected boolean isRegistered() {
            return false;
        }
    }
}
