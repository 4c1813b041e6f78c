package org.autotuner.examples;

import org.autotuner.AutoTuner;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.model.AutoModel;
import org.autotuner.split.TrainTest;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;

/** Selects, stops and combines models by a metric of the caller's, and measures it on rows kept apart. */
public final class CustomMetricExample {

    private CustomMetricExample() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        CostMetric cost = new CostMetric();
        TrainTest data = TrainTest.stratified(GermanCredit.read(), GermanCredit.TARGET, 0.25, 7);
        AutoModel model = AutoTuner.builder()
                .target(GermanCredit.TARGET)
                .positive("bad")
                .ignore("loan")
                .metric(cost)
                .budget(Budget.ofSeconds(10))
                .build()
                .fit(data.train());
        Table test = data.test();
        double perLoan = cost.score(Tasks.encode(model.task(), test), model.predict(test), Weights.none());
        System.out.printf("cost per loan %.3f (lending to everybody costs 1.5, to nobody 0.7)%n", perLoan);
    }
}
