package org.autotuner.models.torch;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Initial values of a parameter. */
@FunctionalInterface
public interface Start {

    /**
     * The values.
     *
     * @param member number of the network, from 0
     * @param size how many
     * @param random the network's own generator
     */
    float[] values(int member, int size, SplittableRandom random);

    static Start constant(double value) {
        return (member, size, random) -> {
            float[] values = new float[size];
            Arrays.fill(values, (float) value);
            return values;
        };
    }

    /** Uniform in [-bound, bound). */
    static Start uniform(double bound) {
        return (member, size, random) -> {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = (float) (bound * (2 * random.nextDouble() - 1));
            }
            return values;
        };
    }

    /** Normal with mean 0. */
    static Start normal(double deviation) {
        return (member, size, random) -> {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = (float) (deviation * random.nextGaussian());
            }
            return values;
        };
    }

    /** 1 or -1. */
    static Start signs() {
        return (member, size, random) -> {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = random.nextBoolean() ? 1 : -1;
            }
            return values;
        };
    }

    /** The same given values for every network. */
    static Start of(float[] given) {
        return (member, size, random) -> given.clone();
    }
}
