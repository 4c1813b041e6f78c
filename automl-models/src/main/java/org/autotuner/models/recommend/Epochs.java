package org.autotuner.models.recommend;

import java.util.List;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FittedModel;
import org.autotuner.score.Scorer;

/** A scorer per measured step. */
record Epochs(ErrorCurve curve, List<Scorer> scorers) implements FittedModel {

    @Override
    public Scorer scorer() {
        int best = 0;
        for (int i = 1; i < scorers.size(); i++) {
            best = curve.errors().get(i) < curve.errors().get(best) ? i : best;
        }
        return scorers.get(best);
    }

    @Override
    public Scorer scorer(int step) {
        int at = 0;
        while (at + 1 < scorers.size() && curve.steps().get(at + 1) <= step) {
            at++;
        }
        return scorers.get(at);
    }
}
