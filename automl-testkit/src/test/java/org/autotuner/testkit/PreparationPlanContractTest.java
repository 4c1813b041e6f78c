package org.autotuner.testkit;

import org.autotuner.bundle.Node;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.prepare.FittedPreparations;
import org.autotuner.prepare.NumericEncoding;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PreparationPlan;
import org.junit.jupiter.api.Nested;

class PreparationPlanContractTest {

    abstract static class BuiltIn extends PreparationContract {
        @Override
        protected FittedPreparation read(Node node) {
            return FittedPreparations.read(node);
        }
    }

    @Nested
    class Trees extends BuiltIn {
        @Override
        protected Preparation preparation() {
            return PreparationPlan.forTrees().withTargetStatistics(true);
        }
    }

    @Nested
    class TreesWithoutCodes extends BuiltIn {
        @Override
        protected Preparation preparation() {
            return PreparationPlan.forTrees().withoutCodes();
        }
    }

    @Nested
    class TreesWithArithmetic extends BuiltIn {
        @Override
        protected Preparation preparation() {
            return PreparationPlan.forTrees().withArithmetic();
        }
    }

    @Nested
    class Linear extends BuiltIn {
        @Override
        protected Preparation preparation() {
            return PreparationPlan.forLinear().withTargetStatistics(false);
        }
    }

    @Nested
    class Kernels extends BuiltIn {
        @Override
        protected Preparation preparation() {
            return PreparationPlan.forKernels().withNumeric(NumericEncoding.QUANTILE);
        }
    }
}
