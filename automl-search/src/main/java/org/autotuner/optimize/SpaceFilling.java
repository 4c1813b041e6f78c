package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.List;

/** Start points that fill a space evenly; by number alone. Points that break a condition of the space are passed over. */
final class SpaceFilling {

    private static final int MOST_PASSED = 500;

    private final Encoding encoding;
    private final Sobol sobol;
    /** Indices in the sequence of the points that fulfil the conditions, as far as they were asked for. */
    private final List<Integer> fulfilling = new ArrayList<>();

    SpaceFilling(Encoding encoding, long seed) {
        this.encoding = encoding;
        this.sobol = new Sobol(encoding.size(), seed);
    }

    /** The vector of an index from 0 on. */
    double[] point(int index) {
        if (!encoding.space().isConditioned()) {
            return encoding.snap(sobol.point(index));
        }
        while (fulfilling.size() <= index) {
            fulfilling.add(next(fulfilling.isEmpty() ? 0 : fulfilling.get(fulfilling.size() - 1) + 1));
        }
        return encoding.snap(sobol.point(fulfilling.get(index)));
    }

    /** The first index from one on whose point fulfils the conditions; that one itself if none does for long. */
    private int next(int from) {
        for (int i = from; i < from + MOST_PASSED; i++) {
            if (encoding.space().fulfils(encoding.decode(sobol.point(i)))) {
                return i;
            }
        }
        return from;
    }
}
