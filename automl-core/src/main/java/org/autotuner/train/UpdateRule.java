package org.autotuner.train;

/** How a step changes the weights. Immutable; the learning rate comes from outside. */
public sealed interface UpdateRule {

    /**
     * Stochastic gradient descent (Sutskever and others, ICML 2013, for both kinds of momentum; PyTorch's form).
     *
     * @param momentum in [0, 1)
     * @param decay factor of the squared weights' penalty, added to the gradient
     */
    record Sgd(double momentum, boolean nesterov, double decay) implements UpdateRule {
        public Sgd {
            Arguments.require(momentum >= 0 && momentum < 1, "momentum", momentum, "in [0, 1)");
            Arguments.require(!nesterov || momentum > 0, "momentum", momentum, "above 0 for Nesterov's form");
            Arguments.require(Arguments.isAtLeastZero(decay), "decay", decay, "at least 0");
        }
    }

    /**
     * Adam (Kingma and Ba, arXiv 1412.6980).
     *
     * @param decay factor of the squared weights' penalty, added to the gradient
     */
    record Adam(double beta1, double beta2, double epsilon, double decay) implements UpdateRule {
        public Adam {
            requireMoments(beta1, beta2, epsilon, decay);
        }
    }

    /**
     * Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101).
     *
     * @param decay weights shrink by learning rate times this at each step
     */
    record AdamW(double beta1, double beta2, double epsilon, double decay) implements UpdateRule {
        public AdamW {
            requireMoments(beta1, beta2, epsilon, decay);
        }
    }

    private static void requireMoments(double beta1, double beta2, double epsilon, double decay) {
        Arguments.require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "in [0, 1)");
        Arguments.require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "in [0, 1)");
        Arguments.require(Arguments.isPositive(epsilon), "epsilon", epsilon, "above 0");
        Arguments.require(Arguments.isAtLeastZero(decay), "decay", decay, "at least 0");
    }

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
