package org.autotuner.optimize;

/** Start points that fill a space evenly; by number, so that no state is needed. */
final class SpaceFilling {

    private final Encoding encoding;
    private final Sobol sobol;

    SpaceFilling(Encoding encoding, long seed) {
        this.encoding = encoding;
        this.sobol = new Sobol(encoding.size(), seed);
    }

    /** The vector of an index from 0 on. */
    double[] point(int index) {
        return encoding.snap(sobol.point(index));
    }
}
