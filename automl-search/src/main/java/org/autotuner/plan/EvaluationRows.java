package org.autotuner.plan;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.split.Fold;

/**
 * The rows that are validated in some fold, in increasing order: out-of-fold predictions have one line per position
 * here. Above {@value #REPORT_ABOVE} rows a part is kept for the honest score and never seen by any selection; the
 * models of the other folds trained on those rows, so no training data is lost.
 */
final class EvaluationRows {

    static final int REPORT_ABOVE = 10_000;
    private static final int REPORT_AT_MOST = 20_000;
    private static final double REPORT_SHARE = 0.2;

    private final int[] rows;
    private final int[] positionOfRow;
    private final int[] timesValidated;
    private final int[] selection;
    private final int[] report;

    private EvaluationRows(int[] rows, int[] positionOfRow, int[] timesValidated, int[] selection, int[] report) {
        this.rows = rows;
        this.positionOfRow = positionOfRow;
        this.timesValidated = timesValidated;
        this.selection = selection;
        this.report = report;
    }

    static EvaluationRows of(List<Fold> folds, int rowCount, long seed) {
        int[] times = new int[rowCount];
        BitSet validated = new BitSet(rowCount);
        for (Fold fold : folds) {
            for (int row : fold.validation()) {
                times[row]++;
                validated.set(row);
            }
        }
        int[] rows = validated.stream().toArray();
        int[] positions = new int[rowCount];
        Arrays.fill(positions, -1);
        int[] timesOfPosition = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            positions[rows[i]] = i;
            timesOfPosition[i] = times[rows[i]];
        }
        int reported = rows.length <= REPORT_ABOVE ? 0 : (int) Math.min(REPORT_AT_MOST, rows.length * REPORT_SHARE);
        BitSet chosen = new BitSet(rows.length);
        SplittableRandom random = new SplittableRandom(seed);
        while (chosen.cardinality() < reported) {
            for (int missing = reported - chosen.cardinality(); missing > 0; missing--) {
                chosen.set(random.nextInt(rows.length));
            }
        }
        int[] report = chosen.stream().toArray();
        chosen.flip(0, rows.length);
        return new EvaluationRows(
                rows, positions, timesOfPosition, chosen.stream().toArray(), report);
    }

    int size() {
        return rows.length;
    }

    /** Row numbers by position. */
    int[] rows() {
        return rows.clone();
    }

    /** Row numbers at these positions. */
    int[] rowsAt(int[] positions) {
        int[] chosen = new int[positions.length];
        for (int i = 0; i < positions.length; i++) {
            chosen[i] = rows[positions[i]];
        }
        return chosen;
    }

    int positionOf(int row) {
        return positionOfRow[row];
    }

    /** In how many folds the row at this position is validated. */
    int timesValidated(int position) {
        return timesValidated[position];
    }

    /** Positions by which trials are compared and the ensemble is chosen. */
    int[] selection() {
        return selection.clone();
    }

    /** Positions for the honest score alone; empty on few rows, where the bootstrap corrects the bias instead. */
    int[] report() {
        return report.clone();
    }
}
