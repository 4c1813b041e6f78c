package org.autotuner.testkit;

import org.autotuner.prune.AshaPruner;
import org.autotuner.prune.DelayedAshaPruner;
import org.autotuner.prune.ForgivingCrossValidationPruner;
import org.autotuner.prune.HyperbandPruner;
import org.autotuner.prune.MedianPruner;
import org.autotuner.prune.NoPruner;
import org.autotuner.prune.PatiencePruner;
import org.autotuner.prune.PercentilePruner;
import org.autotuner.prune.Pruner;
import org.autotuner.prune.RacingPruner;
import org.autotuner.prune.SuccessiveHalving;
import org.autotuner.prune.ThresholdPruner;
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
    class Racing extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new RacingPruner();
        }
    }

    @Nested
    class Halving extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new SuccessiveHalving(2);
        }
    }

    @Nested
    class Percentile extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new PercentilePruner();
        }
    }

    @Nested
    class PercentileOfRunningMeans extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new PercentilePruner().forRunningMeans();
        }
    }

    @Nested
    class AshaOfRunningMeans extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new AshaPruner().forRunningMeans();
        }
    }

    @Nested
    class Asha extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new AshaPruner();
        }
    }

    @Nested
    class DelayedAsha extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new DelayedAshaPruner();
        }

        @Override
        protected boolean delays() {
            return true;
        }
    }

    @Nested
    class AshaOfTwo extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new AshaPruner(2, 2);
        }
    }

    @Nested
    class Hyperband extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new HyperbandPruner();
        }
    }

    @Nested
    class HyperbandOfTwo extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new HyperbandPruner(2, 1, 9);
        }
    }

    @Nested
    class Patience extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new PatiencePruner(3);
        }
    }

    @Nested
    class Threshold extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new ThresholdPruner();
        }
    }

    @Nested
    class ForgivingMeans extends PrunerContract {
        @Override
        protected Pruner pruner() {
            return new ForgivingCrossValidationPruner(true);
        }
    }
}
