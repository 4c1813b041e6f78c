package org.autotuner.testkit;

import org.autotuner.optimize.GridOptimizer;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.RandomOptimizer;
import org.autotuner.optimize.StartingPoints;
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
