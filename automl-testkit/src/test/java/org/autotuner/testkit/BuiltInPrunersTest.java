package org.autotuner.testkit;

import org.autotuner.prune.ForgivingCrossValidationPruner;
import org.autotuner.prune.MedianPruner;
import org.autotuner.prune.NoPruner;
import org.autotuner.prune.Pruner;
import org.autotuner.prune.SuccessiveHalving;
import org.junit.jupiter.api.Nested;

class BuiltInPrunersTest {

    @Nested
    class None extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new NoPruner();
        }
    }

    @Nested
    class Median extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new MedianPruner();
        }
    }

    @Nested
    class Forgiving extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new ForgivingCrossValidationPruner();
        }
    }

    @Nested
    class Halving extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new SuccessiveHalving(2);
        }
    }
}
