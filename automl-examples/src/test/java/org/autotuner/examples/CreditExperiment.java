package org.autotuner.examples;

import org.autotuner.AutoTuner;
import org.autotuner.budget.Budget;
import org.autotuner.evaluate.QualityGate;
import org.autotuner.metric.Metrics;
import org.autotuner.model.AutoModel;
import org.autotuner.split.TrainTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An experiment is a test that trains: {@code mvn -Pexperiments -pl automl-examples -am test} runs those tagged so and
 * reports in {@code automl-examples/target/surefire-reports}.
 */
@Tag("experiment")
class CreditExperiment {

    @Test
    void beatsTheHandTunedBaseline() {
        TrainTest data = TrainTest.stratified(GermanCredit.read(), GermanCredit.TARGET, 0.25, 7);
        AutoModel model = AutoTuner.builder()
                .target(GermanCredit.TARGET)
                .positive("bad")
                .ignore("loan")
                .metric(Metrics.rocAuc())
                .budget(Budget.ofTrials(40))
                .seed(7)
                .build()
                .fit(data.train());
        QualityGate.that(model.evaluate(data.test()))
                .atLeast(Metrics.rocAuc(), 0.74)
                .verify();
    }
}
