package org.autotuner.examples.bench.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autotuner.ObjectiveSearch;
import org.autotuner.Study;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.Recommendation;
import org.autotuner.space.Configuration;
import org.autotuner.study.RunningTrial;

/** What a study recommends beside what it observed as best, on one objective with one seed, one trial at a time. */
public final class RecommendedRun {

    /** True regrets of the configuration of the lowest observed loss and of the recommended one. */
    public record Regrets(double observed, double recommended) {}

    private RecommendedRun() {}

    /** By number of trials. A space that is exhausted before stands with all that was tried in it. */
    public static Map<Integer, Regrets> of(
            BenchObjective objective, Optimizer optimizer, long seed, List<Integer> budgets) {
        Map<Integer, Regrets> regrets = new LinkedHashMap<>();
        int most = budgets.stream().mapToInt(Integer::intValue).max().orElse(0);
        try (Study study = ObjectiveSearch.minimize(objective.space())
                .withoutDefaults()
                .optimizer(optimizer)
                .seed(seed)
                .open()) {
            for (int trial = 0; trial < most; trial++) {
                Optional<RunningTrial> asked = study.ask();
                if (asked.isEmpty()) {
                    break;
                }
                double loss = objective.loss().of(asked.get().configuration());
                study.tell(asked.get(), objective.observe(loss, seed, trial));
                if (budgets.contains(trial + 1)) {
                    regrets.put(trial + 1, regrets(objective, study));
                }
            }
            for (int budget : budgets) {
                if (!regrets.containsKey(budget)) {
                    regrets.put(budget, regrets(objective, study));
                }
            }
        }
        return regrets;
    }

    private static Regrets regrets(BenchObjective objective, Study study) {
        Optional<Recommendation> answer = study.recommend();
        return new Regrets(
                answer.map(found -> regret(objective, found.observedBest().configuration()))
                        .orElse(Double.NaN),
                answer.map(found -> regret(objective, found.configuration())).orElse(Double.NaN));
    }

    private static double regret(BenchObjective objective, Configuration configuration) {
        return objective.regret(objective.loss().of(configuration));
    }
}
