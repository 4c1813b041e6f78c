package org.autotuner.execute;

import org.autotuner.budget.Deadline;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.score.Scorer;
import org.autotuner.task.Task;

/** Runs a scorer over all rows of a matrix. */
public final class Scoring {

    private static final int ROWS_BETWEEN_CHECKS = 256;

    private Scoring() {}

    /**
     * Scores every row.
     *
     * @throws org.autotuner.budget.DeadlineExceededException if the time is up
     */
    public static Scored predict(Task task, Scorer scorer, FeatureMatrix features, Deadline deadline) {
        long start = System.nanoTime();
        int outputs = task.outputs();
        double[] all = new double[features.rows() * outputs];
        double[] one = new double[outputs];
        FeatureRow cursor = features.cursor();
        for (int row = 0; row < features.rows(); row++) {
            if (row % ROWS_BETWEEN_CHECKS == 0) {
                deadline.check();
            }
            scorer.score(cursor.to(row), one);
            System.arraycopy(one, 0, all, row * outputs, outputs);
        }
        double micros = (System.nanoTime() - start) * 1e-3 / Math.max(1, features.rows());
        return new Scored(Predictions.of(task, all), micros);
    }
}
