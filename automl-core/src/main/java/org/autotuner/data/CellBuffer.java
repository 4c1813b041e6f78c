package org.autotuner.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Growing cells of one column: numbers as floats until one is not exact, codes and times as integers. */
final class CellBuffer {

    private float @Nullable [] floats;
    private double @Nullable [] doubles;
    private int @Nullable [] codes;
    private long @Nullable [] times;
    private int size;

    static CellBuffer ofNumbers() {
        CellBuffer made = new CellBuffer();
        made.floats = new float[1024];
        return made;
    }

    static CellBuffer ofCodes() {
        CellBuffer made = new CellBuffer();
        made.codes = new int[1024];
        return made;
    }

    static CellBuffer ofTimes() {
        CellBuffer made = new CellBuffer();
        made.times = new long[1024];
        return made;
    }

    int size() {
        return size;
    }

    void number(double value) {
        if (floats != null) {
            float narrow = (float) value;
            if (narrow == value || Double.isNaN(value)) {
                if (size == floats.length) {
                    floats = Arrays.copyOf(floats, grown(size));
                }
                floats[size++] = narrow;
                return;
            }
            doubles = new double[Math.max(floats.length, grown(size))];
            for (int i = 0; i < size; i++) {
                doubles[i] = floats[i];
            }
            floats = null;
        }
        double[] wide = doubles == null ? new double[1024] : doubles;
        if (size == wide.length) {
            wide = Arrays.copyOf(wide, grown(size));
        }
        wide[size++] = value;
        doubles = wide;
    }

    void code(int code) {
        int[] all = codes == null ? new int[1024] : codes;
        if (size == all.length) {
            all = Arrays.copyOf(all, grown(size));
        }
        all[size++] = code;
        codes = all;
    }

    void time(long millis) {
        long[] all = times == null ? new long[1024] : times;
        if (size == all.length) {
            all = Arrays.copyOf(all, grown(size));
        }
        all[size++] = millis;
        times = all;
    }

    NumericColumn numbers() {
        return floats != null
                ? NumericColumn.adopt(Arrays.copyOf(floats, size), null)
                : NumericColumn.adopt(null, Arrays.copyOf(doubles == null ? new double[0] : doubles, size));
    }

    int[] codes() {
        return Arrays.copyOf(codes == null ? new int[0] : codes, size);
    }

    DateTimeColumn times() {
        return DateTimeColumn.adopt(Arrays.copyOf(times == null ? new long[0] : times, size));
    }

    private static int grown(int size) {
        return Math.max(1024, size + (size >> 1));
    }
}
