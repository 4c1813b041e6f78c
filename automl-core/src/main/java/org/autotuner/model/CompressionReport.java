package org.autotuner.model;

import java.util.List;
import java.util.Locale;
import org.autotuner.bundle.Bundle;
import org.autotuner.data.Table;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.score.Scorer;
import org.autotuner.task.Target;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;

/**
 * What a compression cost and gained.
 *
 * @param metric by which the model was chosen
 * @param parts scorers of the model that became smaller: those with dense networks; 0 where there is no network, and
 *     then the model was saved as it is
 * @param scoreBefore on the rows that were given, in the metric's own direction
 * @param scoreAfter the same after the compression
 * @param loss how much worse the score became; negative where it improved, NaN where the metric is not defined on the rows
 * @param bytesBefore size of the file without the compression
 * @param bytesAfter size of the file that was written
 */
public record CompressionReport(
        String metric,
        int parts,
        double scoreBefore,
        double scoreAfter,
        double loss,
        long bytesBefore,
        long bytesAfter) {

    static CompressionReport of(AutoModel model, AutoModel small, Table measured) {
        Metric metric = Metrics.byName(model.metric());
        Target truth = Tasks.encode(model.task(), measured);
        Weights weights = Tasks.weights(measured);
        double before = metric.score(truth, model.predict(measured), weights);
        double after = model == small ? before : metric.score(truth, small.predict(measured), weights);
        return new CompressionReport(
                model.metric(),
                changed(model.members(), small.members()),
                before,
                after,
                metric.errorOf(after) - metric.errorOf(before),
                Bundle.toBytes(model.toNode()).length,
                Bundle.toBytes(small.toNode()).length);
    }

    private static int changed(List<Member> before, List<Member> after) {
        int changed = 0;
        for (int i = 0; i < before.size(); i++) {
            for (int k = 0; k < before.get(i).parts().size(); k++) {
                Scorer one = before.get(i).parts().get(k).scorer();
                changed += one != after.get(i).parts().get(k).scorer() ? 1 : 0;
            }
        }
        return changed;
    }

    /** Size after the compression as a share of the size before. */
    public double sizeShare() {
        return (double) bytesAfter / bytesBefore;
    }

    @Override
    public String toString() {
        if (parts == 0) {
            return String.format(
                    Locale.ROOT,
                    "The model holds no dense network, so nothing was compressed: %d bytes, %s %.6g.",
                    bytesAfter,
                    metric,
                    scoreAfter);
        }
        return String.format(
                Locale.ROOT,
                "%d of the model's scorers compressed: %d instead of %d bytes, %s %.6g instead of %.6g.",
                parts,
                bytesAfter,
                bytesBefore,
                metric,
                scoreAfter,
                scoreBefore);
    }
}
