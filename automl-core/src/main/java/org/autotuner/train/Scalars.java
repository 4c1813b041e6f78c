package org.autotuner.train;

import ai.djl.ndarray.NDArray;

/**
 * Numbers as arrays, for computations that are recorded. DJL's own methods that take a number ({@code mul(2)}) give the engine a
 * direct buffer of the JVM and let go of it at once; where the engine needs the number for the gradient, a garbage collection in
 * between frees it, and the gradient is wrong without an error. These arrays live as long as the manager. Stateless.
 */
final class Scalars {

    private Scalars() {}

    /** A number beside an array. */
    static NDArray of(NDArray beside, double number) {
        return beside.getManager().create((float) number);
    }

    /** The product with a number. */
    static NDArray times(NDArray array, double number) {
        return array.mul(of(array, number));
    }
}
