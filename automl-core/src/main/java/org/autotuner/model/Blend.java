package org.autotuner.model;

import java.util.Arrays;
import java.util.List;
import org.autotuner.data.Table;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.prepare.SharedVectors;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Task;

/** Features once per preparation, then the weighted mean of all scorers, calibrated. Immutable and thread-safe. */
final class Blend {

    /** Smallest probability under log loss: a class that no member expects costs 14, not infinity. */
    static final double FLOOR = 1e-6;

    private final Task task;
    private final List<FittedPreparation> preparations;
    private final List<Member> members;
    private final double temperature;
    private final boolean floored;

    Blend(Task task, List<FittedPreparation> preparations, List<Member> members, double temperature, boolean floored) {
        this.task = task;
        this.preparations = preparations;
        this.members = members;
        this.temperature = temperature;
        this.floored = floored;
    }

    /** Writes the outputs of all rows of an aligned table to {@code out} from {@code start} on. */
    void predict(Table aligned, double[] out, int start) {
        mix(aligned, out, start, new SharedVectors());
        int width = task.outputs();
        double[] row = new double[width];
        for (int at = start; at < start + aligned.rowCount() * width; at += width) {
            System.arraycopy(out, at, row, 0, width);
            calibrate(row);
            System.arraycopy(row, 0, out, at, width);
        }
    }

    /** The same without calibration; vectors of the rows' texts are left in {@code shared}. */
    void mix(Table aligned, double[] out, int start, SharedVectors shared) {
        FeatureRow[] cursors = new FeatureRow[preparations.size()];
        for (int i = 0; i < cursors.length; i++) {
            cursors[i] = preparations.get(i).transform(aligned, shared).cursor();
        }
        int width = task.outputs();
        double[] part = new double[width];
        double[] sum = new double[width];
        for (int row = 0; row < aligned.rowCount(); row++) {
            for (FeatureRow cursor : cursors) {
                cursor.to(row);
            }
            Arrays.fill(sum, 0);
            for (Member member : members) {
                double share = member.weight() / member.parts().size();
                for (Member.Part one : member.parts()) {
                    one.scorer().score(cursors[one.preparation()], part);
                    for (int k = 0; k < width; k++) {
                        sum[k] += share * part[k];
                    }
                }
            }
            bound(sum);
            System.arraycopy(sum, 0, out, start + row * width, width);
        }
    }

    private void bound(double[] sum) {
        if (task instanceof QuantileTask) {
            // Independent models may cross; sorting never makes the pinball loss worse (Chernozhukov et al. 2010).
            Arrays.sort(sum);
        } else if (task.isClassification() && sum.length == 1) {
            sum[0] = Math.min(Math.max(sum[0], 0), 1);
        }
    }

    /** Calibrates the mixed outputs of one row in place. */
    void calibrate(double[] mixed) {
        if (task.isClassification() && mixed.length == 1) {
            mixed[0] = binary(mixed[0]);
        } else if (task.isClassification()) {
            multiclass(mixed);
        }
    }

    private double binary(double p) {
        double calibrated = p;
        if (temperature != 1) {
            double yes = Math.pow(p, 1 / temperature);
            double no = Math.pow(1 - p, 1 / temperature);
            calibrated = yes + no > 0 ? yes / (yes + no) : p;
        }
        return floored ? Math.min(Math.max(calibrated, FLOOR), 1 - FLOOR) : calibrated;
    }

    private void multiclass(double[] p) {
        if (temperature != 1) {
            double max = 0;
            for (double value : p) {
                max = Math.max(max, value);
            }
            for (int k = 0; k < p.length && max > 0; k++) {
                p[k] = Math.pow(Math.max(p[k], 0) / max, 1 / temperature);
            }
            normalise(p);
        }
        if (floored) {
            for (int k = 0; k < p.length; k++) {
                p[k] = Math.max(p[k], FLOOR);
            }
            normalise(p);
        }
    }

    private static void normalise(double[] p) {
        double sum = 0;
        for (double value : p) {
            sum += value;
        }
        for (int k = 0; k < p.length; k++) {
            p[k] = sum > 0 ? p[k] / sum : 1.0 / p.length;
        }
    }
}
