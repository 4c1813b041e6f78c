package org.autotuner.score;

import java.util.Locale;

/** Activation functions of {@link DenseNetwork}, as PyTorch defines them with its default arguments. */
public enum Activation {
    /** z. */
    NONE,
    /** max(z, 0). */
    RELU,
    /** 1.0507 z above 0, 1.0507 * 1.67326 (exp(z) - 1) below (Klambauer et al. 2017). */
    SELU,
    /** z tanh(log(1 + exp(z))) (Misra 2019). */
    MISH,
    /** z Phi(z) with the distribution function of the normal distribution, not its approximation by tanh. */
    GELU,
    /** z above 0, exp(z) - 1 below. */
    ELU,
    /** z / (1 + exp(-z)), also called Swish. */
    SILU;

    private static final double SELU_SCALE = 1.0507009873554805;
    private static final double SELU_ALPHA = 1.6732632423543772;

    /** Applies it to all values in place. */
    void apply(float[] z) {
        if (this == NONE) {
            return;
        }
        if (this == RELU) {
            for (int i = 0; i < z.length; i++) {
                z[i] = Math.max(0, z[i]);
            }
            return;
        }
        for (int i = 0; i < z.length; i++) {
            z[i] = (float) of(z[i]);
        }
    }

    /** Its value. */
    public double of(double z) {
        switch (this) {
            case SELU:
                return z > 0 ? SELU_SCALE * z : SELU_SCALE * SELU_ALPHA * (Math.exp(z) - 1);
            case ELU:
                return z > 0 ? z : Math.exp(z) - 1;
            case SILU:
                return z / (1 + Math.exp(-z));
            case MISH:
                return mish(z);
            case GELU:
                return 0.5 * z * (1 + erf(z * Math.sqrt(0.5)));
            case RELU:
                return Math.max(0, z);
            default:
                return z;
        }
    }

    /** With e = exp(z), tanh(log(1 + e)) is n / (n + 2) for n = e (e + 2). */
    private static double mish(double z) {
        if (z > 20) {
            return z;
        }
        double e = Math.exp(z);
        double n = e * (e + 2);
        return z * n / (n + 2);
    }

    /** The error function within 1.5e-7 (Abramowitz and Stegun, formula 7.1.26). */
    private static double erf(double x) {
        double t = 1 / (1 + 0.3275911 * Math.abs(x));
        double sum = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
        return Math.copySign(1 - sum * Math.exp(-x * x), x);
    }

    /** The name in lower case, as PyTorch's functions have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
