package org.autotuner.testkit;

import org.autotuner.optimize.Nsga2Optimizer;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.ParetoOptimizer;
import org.autotuner.optimize.ParetoTpeOptimizer;
import org.autotuner.optimize.ScalarizingOptimizer;
import org.junit.jupiter.api.Nested;

class ParetoOptimizersTest {

    @Nested
    class Nsga2 extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Nsga2Optimizer();
        }
    }

    @Nested
    class ParetoTpe extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new ParetoTpeOptimizer();
        }
    }

    @Nested
    class Scalarizing extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new ScalarizingOptimizer();
        }
    }

    @Nested
    class Mixture extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new ParetoOptimizer();
        }
    }
}
