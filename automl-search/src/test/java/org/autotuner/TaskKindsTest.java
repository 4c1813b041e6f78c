package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.fakes.Samples;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.model.AutoModel;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

/** Each kind of task, by the real families, on rows that training never saw. */
class TaskKindsTest {

    @Test
    void binaryBeatsThePrior() {
        AutoModel model = tuner().build().fit(Samples.binary(300, 1));
        assertThat(model.task().kind()).isEqualTo("binary");
        assertThat(score(model, Samples.binary(300, 2), Metrics.rocAuc())).isGreaterThan(0.9);
    }

    @Test
    void multiclassBeatsThePrior() {
        AutoModel model = tuner().build().fit(Samples.multiclass(300, 1));
        Table test = Samples.multiclass(300, 2);
        assertThat(model.task().kind()).isEqualTo("multiclass");
        assertThat(score(model, test, Metrics.logLoss()))
                .as("the prior has ln 3")
                .isLessThan(0.7 * Math.log(3));
        Predictions predictions = model.predict(test);
        for (int row = 0; row < test.rowCount(); row++) {
            double sum = predictions.output(row, 0) + predictions.output(row, 1) + predictions.output(row, 2);
            assertThat(sum).as("row %d", row).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void regressionBeatsThePrior() {
        AutoModel model = tuner().build().fit(Samples.regression(300, 1));
        assertThat(model.task().kind()).isEqualTo("regression");
        assertThat(score(model, Samples.regression(300, 2), Metrics.r2())).isGreaterThan(0.8);
    }

    @Test
    void quantilesBeatThePriorAndAreSorted() {
        AutoModel model = tuner().quantiles(0.1, 0.5, 0.9).build().fit(Samples.regression(300, 1));
        Table test = Samples.regression(300, 2);
        AutoModel prior =
                tuner().quantiles(0.1, 0.5, 0.9).families("prior").build().fit(Samples.regression(300, 1));
        assertThat(model.task().kind()).isEqualTo("quantile");
        assertThat(score(model, test, Metrics.pinball())).isLessThan(0.7 * score(prior, test, Metrics.pinball()));
        Predictions predictions = model.predict(test);
        for (int row = 0; row < test.rowCount(); row++) {
            assertThat(predictions.output(row, 0)).isLessThanOrEqualTo(predictions.output(row, 1));
            assertThat(predictions.output(row, 1)).isLessThanOrEqualTo(predictions.output(row, 2));
        }
    }

    @Test
    void aClassOfMoreWeightIsPredictedMoreOften() {
        Table train = Samples.binary(300, 1);
        Table test = Samples.binary(300, 2);
        AutoModel plain = tuner().metric(Metrics.logLoss()).build().fit(train);
        AutoModel heavy = tuner().metric(Metrics.logLoss())
                .classWeights(Map.of("no", 1.0, "yes", 20.0))
                .build()
                .fit(train);
        assertThat(mean(heavy.predict(test))).isGreaterThan(mean(plain.predict(test)) + 0.02);
    }

    @Test
    void theReportedScoreIsNearTheScoreOnNewRows() {
        for (Table[] tables : List.<Table[]>of(new Table[] {Samples.binary(400, 1), Samples.binary(2_000, 2)})) {
            AutoModel model = tuner().build().fit(tables[0]);
            assertThat(model.validationScore()).isCloseTo(score(model, tables[1], Metrics.rocAuc()), within(0.04));
        }
    }

    private static AutoTuner.Builder tuner() {
        return AutoTuner.builder().target("y").budget(Budget.ofSeconds(3).withThreads(2));
    }

    private static double score(AutoModel model, Table test, Metric metric) {
        Target truth = Tasks.encode(model.task(), test);
        return metric.score(truth, model.predict(test), Weights.none());
    }

    private static double mean(Predictions predictions) {
        double sum = 0;
        for (int row = 0; row < predictions.size(); row++) {
            sum += predictions.output(row, 0);
        }
        return sum / predictions.size();
    }
}
