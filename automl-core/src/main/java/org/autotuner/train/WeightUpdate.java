package org.autotuner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@link UpdateRule} at work on one vector of all weights, with its memory, also one vector per moment. The formulas are
 * those of PyTorch 2.7's {@code SGD}, {@code Adam} and {@code AdamW}.
 */
final class WeightUpdate {

    private final UpdateRule rule;
    private final NDManager manager;
    private final @Nullable NDArray rateFactors;
    private final @Nullable NDArray decayFactors;
    private final List<NDArray> memory = new ArrayList<>();

    /** Factors are per weight; null for 1. The manager owns them and the memory. */
    WeightUpdate(
            UpdateRule rule,
            NDManager manager,
            long weights,
            @Nullable NDArray rateFactors,
            @Nullable NDArray decayFactors) {
        this.rule = rule;
        this.manager = manager;
        this.rateFactors = rateFactors;
        this.decayFactors = decayFactors;
        int moments = rule instanceof UpdateRule.Sgd sgd ? (sgd.momentum() > 0 ? 1 : 0) : 2;
        for (int moment = 0; moment < moments; moment++) {
            memory.add(manager.zeros(new Shape(weights)));
        }
    }

    /**
     * Changes the weights in place by one step; the gradient is used up.
     *
     * @param regularization factor of the decay
     */
    void apply(NDArray weights, NDArray gradient, double rate, double regularization, long step) {
        if (rule instanceof UpdateRule.Sgd sgd) {
            sgd(sgd, weights, gradient, rate, regularization);
        } else if (rule instanceof UpdateRule.Adam adam) {
            decayInto(gradient, weights, adam.decay() * regularization);
            adam(adam.beta1(), adam.beta2(), adam.epsilon(), weights, gradient, rate, step);
        } else {
            UpdateRule.AdamW adamW = (UpdateRule.AdamW) rule;
            shrink(weights, rate * adamW.decay() * regularization);
            adam(adamW.beta1(), adamW.beta2(), adamW.epsilon(), weights, gradient, rate, step);
        }
    }

    /** Copies of the memory. */
    List<float[]> memory() {
        return memory.stream().map(NDArray::toFloatArray).toList();
    }

    int moments() {
        return memory.size();
    }

    void restore(List<float[]> arrays) {
        for (int moment = 0; moment < memory.size(); moment++) {
            memory.get(moment).close();
            memory.set(moment, manager.create(arrays.get(moment)));
        }
    }

    private void sgd(UpdateRule.Sgd sgd, NDArray weights, NDArray gradient, double rate, double regularization) {
        decayInto(gradient, weights, sgd.decay() * regularization);
        NDArray change = gradient;
        if (sgd.momentum() > 0) {
            NDArray velocity = memory.get(0);
            velocity.muli(sgd.momentum()).addi(gradient);
            change = sgd.nesterov() ? gradient.addi(velocity.mul(sgd.momentum())) : velocity.duplicate();
        }
        subtract(weights, change.muli(rate));
    }

    private void adam(
            double beta1, double beta2, double epsilon, NDArray weights, NDArray gradient, double rate, long step) {
        NDArray mean = memory.get(0);
        NDArray square = memory.get(1);
        mean.muli(beta1).addi(gradient.mul(1 - beta1));
        square.muli(beta2).addi(gradient.square().muli(1 - beta2));
        double correction1 = 1 - Math.pow(beta1, (double) step);
        double correction2 = Math.sqrt(1 - Math.pow(beta2, (double) step));
        NDArray deviation = square.sqrt().divi(correction2).addi(epsilon);
        subtract(weights, mean.mul(rate / correction1).divi(deviation));
    }

    private void subtract(NDArray weights, NDArray change) {
        weights.subi(rateFactors == null ? change : change.muli(rateFactors));
    }

    private void decayInto(NDArray gradient, NDArray weights, double decay) {
        if (decay > 0) {
            NDArray penalty = weights.mul(decay);
            gradient.addi(decayFactors == null ? penalty : penalty.muli(decayFactors));
        }
    }

    private void shrink(NDArray weights, double share) {
        if (share > 0) {
            NDArray lost = weights.mul(share);
            if (decayFactors != null) {
                lost.muli(decayFactors);
            }
            subtract(weights, lost);
        }
    }
}
