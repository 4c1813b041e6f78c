package org.autotuner.examples.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.model.AutoModel;

/**
 * How long the way from a {@code Row} to a {@code Prediction} takes.
 *
 * @param medianMicros half of the calls were quicker
 * @param p99Micros 99 of 100 calls were quicker
 */
record RowTiming(double medianMicros, double p99Micros) {

    private static final int WARM_UP = 1000;
    private static final int MEASURED = 1000;

    /** Times single rows after a warm-up of 1000 calls, as the peers were timed. */
    static RowTiming of(AutoModel model, Table rows) {
        List<Row> ready = new ArrayList<>();
        for (int row = 0; row < Math.min(MEASURED, rows.rowCount()); row++) {
            ready.add(rows.row(row));
        }
        double[] micros = new double[MEASURED];
        Object last = "";
        for (int call = 0; call < WARM_UP + MEASURED; call++) {
            Row row = ready.get(call % ready.size());
            long start = System.nanoTime();
            last = model.predict(row);
            long end = System.nanoTime();
            if (call >= WARM_UP) {
                micros[call - WARM_UP] = (end - start) / 1e3;
            }
        }
        if (last.hashCode() == 0) {
            System.err.print(""); // the last answer is used, so that no call can be left out
        }
        Arrays.sort(micros);
        return new RowTiming(micros[MEASURED / 2], micros[MEASURED * 99 / 100]);
    }
}
