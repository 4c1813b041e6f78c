package org.autotuner.train;

/** How a step changes the weights. Immutable; the learning rate comes from outside. */
public sealed interface UpdateRule {

    /**
     * Stochastic gradient descent (Sutskever and others, ICML 2013, for both kinds of momentum; PyTorch's form).
     *
     * @param momentum in [0, 1)
     * @param decay factor of the squared weights' penalty, added to the gradient
     */
    record Sgd(double momentum, boolean nesterov, double decay) implements UpdateRule {}

    /**
     * Adam (Kingma and Ba, arXiv 1412.6980).
     *
     * @param decay factor of the squared weights' penalty, added to the gradient
     */
    record Adam(double beta1, double beta2, double epsilon, double decay) implements UpdateRule {}

    /**
     * Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101).
     *
     * @param decay weights shrink by learning rate times this at each step
     */
    record AdamW(double beta1, double beta2, double epsilon, double decay) implements UpdateRule {}

    static Sgd sgd(double momentum) {
        return new Sgd(momentum, momentum > 0, 0);
    }

    /** The usual betas 0.9 and 0.999. */
    static Adam adam() {
        return new Adam(0.9, 0.999, 1e-8, 0);
    }

    /** The usual betas 0.9 and 0.999. */
    static AdamW adamW(double decay) {
        return new AdamW(0.9, 0.999, 1e-8, decay);
    }
}
